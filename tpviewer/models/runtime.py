"""One TensorFlow graph with its session, owned by the thread that made it."""

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_tensorflow


class Runtime:
    """A graph in which a network and its analyzer are built *and* called.

    iNNvestigate does not work in TensorFlow's eager mode. Inside one graph it does, and no switch for the
    whole process is touched.
    """

    def __init__(self) -> None:
        tensorflow = import_tensorflow()
        self._thread = threading.get_ident()
        self._graph = tensorflow.Graph()
        self._session = tensorflow.compat.v1.Session(graph=self._graph)
        self._open = True

    @contextmanager
    def active(self) -> Iterator[None]:
        """Enter graph and session.

        Raises
        ------
        RuntimeError
            If called from another thread than the one that made the runtime, or after `close`.
        """
        if threading.get_ident() != self._thread:
            raise RuntimeError("the model was built in another thread: use it only where it was built")
        if not self._open:
            raise RuntimeError("the model has been closed")
        with self._graph.as_default(), self._session.as_default():
            yield

    @contextmanager
    def building(self) -> Iterator[None]:
        """Enter graph and session to build a model and to run it once.

        The first run compiles it, and Keras then warns about a property that it uses itself.
        """
        with self.active(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "`Model.state_updates`", UserWarning)
            warnings.filterwarnings("ignore", "non-integer arguments to randrange", DeprecationWarning)
            yield

    def close(self) -> None:
        """Free the session; calling it again does nothing."""
        if self._open:
            self._open = False
            self._session.close()


def by_tiles(work: Callable[..., NDArray[np.float32]], *arrays: NDArray[Any]) -> list[NDArray[np.float32]]:
    """Work through rows in tiles of `TILE`, the last one padded with zeros; padding is cut off again.

    Parameters
    ----------
    work : callable
        Takes `TILE` rows of each array and returns an array of `TILE` rows.
    *arrays : (n, …) arrays

    Returns
    -------
    list of arrays
        In order, n rows in all.
    """
    results = []
    for start in range(0, len(arrays[0]), TILE):
        rows = [array[start : start + TILE] for array in arrays]
        results.append(work(*map(_padded, rows))[: len(rows[0])])
    return results


def _padded(rows: NDArray[Any]) -> NDArray[Any]:
    missing = TILE - len(rows)
    return np.concatenate([rows, np.zeros((missing, *rows.shape[1:]), rows.dtype)]) if missing else rows
