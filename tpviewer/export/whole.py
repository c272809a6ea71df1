"""Files that are there as a whole or not at all: a full disk spoils no export that was there before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def set_aside(path: Path) -> Iterator[Path]:
    """Give a place in a folder of its own, whose files move to where `path` is once all are written.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Path
        Of the same name; files beside it move too, and those in folders beside it, to folders of these names.

    Raises
    ------
    OSError
        If a file cannot be written or moved; then the folder is gone.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".tpviewer-") as folder:
        yield Path(folder) / path.name
        _move(Path(folder), path.parent)


def _move(folder: Path, target: Path) -> None:
    """Move what is in a folder to another, which keeps what it holds besides."""
    for one in sorted(folder.iterdir()):
        if one.is_dir():
            (target / one.name).mkdir(exist_ok=True)
            _move(one, target / one.name)
        else:
            one.replace(target / one.name)
