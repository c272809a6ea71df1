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
        Of the same name; files beside it move too.

    Raises
    ------
    OSError
        If a file cannot be written or moved; then the folder is gone.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".tpviewer-") as folder:
        yield Path(folder) / path.name
        for file in sorted(Path(folder).iterdir()):
            file.replace(path.parent / file.name)
