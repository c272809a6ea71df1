"""One TensorFlow graph with its session, owned by the thread that made it."""

import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.processors import cores
from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_tensorflow

Item = TypeVar("Item")
Result = TypeVar("Result")


class Runtime:
    """A graph in which a network and its analyzer are built *and* called.

    iNNvestigate does not work in TensorFlow's eager mode. Inside one graph it does, and no switch for the
    whole process is touched.

    Parameters
    ----------
    threads : int, optional
        By default one for each core.
    side_by_side : bool
        Give each thread a tile of its own instead of a share of every operation. That takes less time, for
        no thread waits for others. How TensorFlow shares operations out, the first session of a process
        decides for all: tiles side by side are slower where that was one of the other kind.
    """

    def __init__(self, threads: int | None = None, side_by_side: bool = False) -> None:
        tensorflow = import_tensorflow()
        self._thread = threading.get_ident()
        self._graph = tensorflow.Graph()
        tiles, shares = (threads or cores(), 1) if side_by_side else (1, threads or cores())
        config = tensorflow.compat.v1.ConfigProto(
            intra_op_parallelism_threads=shares,
            inter_op_parallelism_threads=shares,
            use_per_session_threads=True,
        )
        self._session = tensorflow.compat.v1.Session(graph=self._graph, config=config)
        self._pool = ThreadPoolExecutor(tiles, thread_name_prefix="tile")
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

    def variable(self, values: NDArray[np.float32]) -> Any:
        """Keep an array in the session and return its tensor, without a copy in the graph's description.

        Parameters
        ----------
        values : float32, any shape

        Returns
        -------
        tensor
            Of the same shape. It belongs to this runtime's graph: call this within `building`.
        """
        tensorflow = import_tensorflow()
        given = tensorflow.compat.v1.placeholder(values.dtype, values.shape)
        kept = tensorflow.compat.v1.Variable(given, trainable=False, use_resource=True)
        self._session.run(kept.initializer, {given: values})
        return kept.value()

    def callable(self, result: Any, arguments: list[Any]) -> Callable[..., NDArray[np.float32]]:
        """Return a function that computes a tensor from those that are given, in the thread that calls it.

        Parameters
        ----------
        result : tensor
            float32, any shape.
        arguments : list of tensor
            Placeholders.

        Returns
        -------
        callable
            Takes an array for each of `arguments`, in order; returns one, float32, of the shape of `result`.
        """
        function = self._session.make_callable(result, arguments, accept_options=True)
        here = import_tensorflow().compat.v1.RunOptions(inter_op_thread_pool=-1)

        def call(*values: NDArray[Any]) -> NDArray[np.float32]:
            computed: NDArray[np.float32] = function(*values, options=here)
            return computed

        return call

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """Do some work, by functions of `callable`, with each item; side by side if the runtime is so made.

        Returns
        -------
        list
            Results in the order of the items.
        """
        return list(self._pool.map(work, items))

    def close(self) -> None:
        """Free the session; calling it again does nothing."""
        if self._open:
            self._open = False
            self._pool.shutdown()
            self._session.close()


def by_tiles(
    work: Callable[..., NDArray[np.float32]],
    *arrays: NDArray[Any],
    each: Callable[..., Iterable[NDArray[np.float32]]] = map,
) -> list[NDArray[np.float32]]:
    """Work through rows in tiles of `TILE`, the last one padded with zeros; padding is cut off again.

    Parameters
    ----------
    work : callable
        Takes `TILE` rows of each array and returns an array of `TILE` rows.
    *arrays : (n, …) arrays
    each : callable
        Does the work with each tile, as `map` or `Runtime.each`.

    Returns
    -------
    list of arrays
        In order, n rows in all.
    """

    def tile(start: int) -> NDArray[np.float32]:
        rows = [array[start : start + TILE] for array in arrays]
        return work(*(padded(values, TILE) for values in rows))[: len(rows[0])]

    return list(each(tile, range(0, len(arrays[0]), TILE)))


def padded(rows: NDArray[Any], total: int) -> NDArray[Any]:
    """Rows with rows of zeros behind them, `total` in all.

    Parameters
    ----------
    rows : (n, …) array
    total : int
        At least n.

    Returns
    -------
    (total, …) array
        Of the same dtype; `rows` itself where nothing is missing.
    """
    missing = total - len(rows)
    return np.concatenate([rows, np.zeros((missing, *rows.shape[1:]), rows.dtype)]) if missing else rows
