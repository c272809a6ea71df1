"""The queue on the disk: which videos wait, were done, or failed and why."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from tpviewer.core.errors import TPViewerError
from tpviewer.ui.queue_item import QueueItem, QueueState


def read_queue(path: Path) -> tuple[QueueItem, ...]:
    """Read the queue as it was left; what was being analysed waits again.

    Parameters
    ----------
    path : Path
        Need not exist.

    Raises
    ------
    TPViewerError
        If it is there and makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise TPViewerError(f"{path}: the queue cannot be read ({error}); it begins anew") from error
    try:
        return tuple(_item(entry) for entry in json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise TPViewerError(f"{path}: the queue is damaged; it begins anew") from error


def write_queue(path: Path, items: Sequence[QueueItem]) -> None:
    """Write the queue; a reader sees the old one or the new one, never half of it.

    Raises
    ------
    TPViewerError
        If it cannot be written.
    """
    entries = [{"path": str(item.path), "state": item.state, "error": item.error} for item in items]
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(entries, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise TPViewerError(
            f"{path}: the queue cannot be kept for the next start ({error.strerror}); free some space, or"
            " check that the folder may be written to"
        ) from error


def _item(entry: dict[str, str]) -> QueueItem:
    states: dict[str, QueueState] = {state: state for state in get_args(QueueState)}
    state = states[entry["state"]]
    return QueueItem(Path(entry["path"]), "waiting" if state == "running" else state, str(entry["error"]))
