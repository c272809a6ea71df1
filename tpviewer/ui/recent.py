"""Videos and sessions that were open lately, newest first."""

import errno
import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

from tpviewer.ui.settings import Settings

MOST = 30
"""So many files are remembered."""

FileState = Literal["analysed", "unfinished", "video"]
"""What a file held when it was open last; ``video`` is one without results."""


@dataclass(frozen=True)
class RecentFile:
    """One file that was open.

    Attributes
    ----------
    path : Path
        A session, a video or a folder of images.
    state : FileState
    opened : str
        When, ISO 8601 in local time.
    pseudonym : str
        Shown instead of its name; empty where none was given.
    """

    path: Path
    state: FileState
    opened: str
    pseudonym: str = ""

    @property
    def name(self) -> str:
        """The pseudonym, else the name of the file."""
        return self.pseudonym or self.path.name


class RecentFiles(QObject):
    """The list in the settings; a file that is missing stays, for its drive may come back.

    Signals
    -------
    changed()
        The list, or which of its files are missing.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._files = self._read()
        self._missing: frozenset[Path] = frozenset()
        self._lookup = _Lookup()
        self._lookup.found.connect(self._take_missing)

    @property
    def files(self) -> tuple[RecentFile, ...]:
        """The files, newest first, at most `MOST`."""
        return tuple(self._files)

    @property
    def missing(self) -> frozenset[Path]:
        """Listed paths at which nothing was found by the last `check`."""
        return self._missing

    def check(self) -> None:
        """Look for the files; a drive that does not answer is waited for in another thread."""
        self._lookup.start([file.path for file in self._files])

    def _take_missing(self, missing: frozenset[Path]) -> None:
        if missing != self._missing:
            self._missing = missing
            self.changed.emit()

    def add(self, path: Path, state: FileState, opened: datetime | None = None) -> None:
        """Put a file first; it is listed once however often it was open."""
        path = path.absolute()
        stamp = (opened or datetime.now()).isoformat(timespec="seconds")
        others = [file for file in self._files if file.path != path]
        known = next((file.pseudonym for file in self._files if file.path == path), "")
        self._keep([RecentFile(path, state, stamp, known), *others][:MOST])

    def set_state(self, path: Path, state: FileState) -> None:
        """Say that a listed file holds something else now; its place in the list stays."""
        path = path.absolute()
        self._keep([replace(f, state=state) if f.path == path else f for f in self._files])

    def set_pseudonyms(self, pseudonyms: Mapping[Path, str]) -> None:
        """Show listed files under pseudonyms from now on; an empty one shows the file's name again."""
        self._keep([replace(f, pseudonym=pseudonyms.get(f.path, f.pseudonym)) for f in self._files])

    def remove(self, path: Path) -> None:
        """Forget a file; the file itself is not touched."""
        self._keep([file for file in self._files if file.path != path.absolute()])

    def clear(self) -> None:
        """Forget all files."""
        self._keep([])

    def _keep(self, files: list[RecentFile]) -> None:
        if files == self._files:
            return
        self._files = files
        self._settings.recent = json.dumps([asdict(file) | {"path": str(file.path)} for file in files])
        self.changed.emit()

    def _read(self) -> list[RecentFile]:
        text = self._settings.recent
        try:
            return [_file(entry) for entry in json.loads(text or "[]")][:MOST]
        except (ValueError, TypeError, KeyError):
            problem = self.tr("{0}: the list of recent files is damaged; it begins anew")
            self._settings.report("recent", problem.format(self._settings.path))
            return []


class _Lookup(QObject):
    """Asks the file system without making the window wait."""

    found = Signal(object)

    def start(self, paths: list[Path]) -> None:
        """Look for files."""
        threading.Thread(target=self._run, args=(paths,), name="recent files", daemon=True).start()

    def _run(self, paths: list[Path]) -> None:
        self.found.emit(frozenset(path for path in paths if not is_there(path)))


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; one that may not be asked for counts, opening it says why."""
    try:
        return path.exists()
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG


def _file(entry: dict[str, str]) -> RecentFile:
    states: dict[str, FileState] = {state: state for state in get_args(FileState)}
    datetime.fromisoformat(entry["opened"])
    pseudonym = str(entry.get("pseudonym", ""))
    return RecentFile(Path(entry["path"]), states[entry["state"]], entry["opened"], pseudonym)
