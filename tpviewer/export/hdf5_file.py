"""HDF5 files whose disk may fill up: HDF5 itself crashes the process where a write fails while it closes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py


@contextmanager
def hdf5_file(path: Path) -> Iterator[h5py.File]:
    """Open a new HDF5 file for writing.

    Parameters
    ----------
    path : Path

    Yields
    ------
    h5py.File

    Raises
    ------
    OSError
        At the end, if something could not be written.
    """
    with _SteadyFile(path) as raw:
        try:
            with h5py.File(raw, "w") as file:
                yield file
        except Exception as error:
            raise raw.problem or error from error
        if raw.problem is not None:
            raise raw.problem


class _SteadyFile(io.FileIO):
    """A file that keeps to itself that a write failed, until HDF5 has closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w+")
        self.problem: OSError | None = None

    def write(self, data: Any) -> int:
        done = 0
        try:
            while self.problem is None and done < len(data):
                done += super().write(memoryview(data)[done:])
        except OSError as error:
            self.problem = error
        return len(data)
