"""``tpviewer bench cluster``: time, memory and agreement of the clustering, beside those of scikit-learn."""

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.core.errors import TPViewerError
from tpviewer.core.spray import SprayParams, neighbour_count, spray
from tpviewer.core.stability import adjusted_rand_index

LOOKS = 4
OURS = "TPViewer"
LARGE = 100_000
_CELLS, _RUN = 24, 25  # cells of a map's side; frames for which a look stays
_WARM_UP = 200
_BLOCK = 1000  # maps drawn at once, so that drawing sets no peak of memory


@dataclass(frozen=True, eq=False)
class Run:
    """One clustering in a process of its own.

    Attributes
    ----------
    wall_s, cpu_s : float
        Seconds on the clock, and of all cores together.
    peak_mb : float or None
        Memory at the peak above that before the clustering began, MB; None where the system does not say.
    labels : ndarray of int, shape (N,)
    """

    wall_s: float
    cpu_s: float
    peak_mb: float | None
    labels: NDArray[np.int32]


@dataclass(frozen=True)
class Row:
    """A method at one number of maps; ratios are to TPViewer's run of the same round.

    Attributes
    ----------
    maps : int
    method : str
    wall_s, cpu_s, peak_mb : float
        Medians over the rounds.
    wall_ratio, cpu_ratio : tuple of float
        Median, smallest and largest.
    looks_ari, agreement : float
        Adjusted Rand index with the looks that the maps were drawn from, and with TPViewer's clusters.
    """

    maps: int
    method: str
    wall_s: float
    cpu_s: float
    peak_mb: float | None
    wall_ratio: tuple[float, float, float]
    cpu_ratio: tuple[float, float, float]
    looks_ari: float
    agreement: float


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("cluster", help="clustering beside scikit-learn's, on drawn maps")
    parser.add_argument("--maps", type=int, nargs="+", default=[500, 2000, 20_000], metavar="N")
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} maps too (TPViewer alone, once)")
    parser.add_argument("--repeats", type=int, default=3, help="rounds, in each of which every method runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure every method in turn, round after round, and print one table."""
    sizes = [(maps, options.repeats) for maps in options.maps] + [(LARGE, 1)] * options.large
    rows = [row for maps, repeats in sizes for row in compare(maps, repeats)]
    if options.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    else:
        _print(rows)
    return 0


def compare(maps: int, repeats: int) -> list[Row]:
    """Measure all methods that can take so many maps, interleaved, each run in a process of its own."""
    names = [name for name, (_, most) in METHODS.items() if maps <= most]
    rounds = [{name: _in_a_process(name, maps) for name in names} for _ in range(repeats)]
    looks = drawn_looks(maps)
    return [_row(maps, name, rounds, looks) for name in names]


def drawn_maps(count: int) -> NDArray[np.float32]:
    """Maps like those of a video: each look stays a while, all drift slowly together, with a little noise.

    Returns
    -------
    ndarray of float32, shape (count, 24, 24)
    """
    random = np.random.default_rng(0)
    looks, drifts = _blobs(random, LOOKS, 4), _blobs(random, 20, 2)
    drift = np.zeros((count, len(drifts)))
    for frame, step in enumerate(random.normal(scale=0.024, size=drift.shape)):
        drift[frame] = 0.98 * drift[frame - 1] + step
    shown, maps = drawn_looks(count), np.empty((count, _CELLS**2), np.float32)
    for start in range(0, count, _BLOCK):
        some = slice(start, start + _BLOCK)
        clean = looks[shown[some]] + drift[some] @ drifts
        maps[some] = clean + random.normal(scale=0.05 / _CELLS, size=clean.shape)
    return maps.reshape(count, _CELLS, _CELLS)


def drawn_looks(count: int) -> NDArray[np.int64]:
    """Look that each of the drawn maps shows, shape (count,)."""
    return np.repeat(np.random.default_rng(1).integers(0, LOOKS, count // _RUN + 1), _RUN)[:count]


def _blobs(random: np.random.Generator, count: int, each: int) -> NDArray[np.float64]:
    """Sums of smooth spots, each sum of length 1, shape (count, cells)."""
    y, x = np.mgrid[:_CELLS, :_CELLS] / (_CELLS - 1)
    made = np.zeros((count, _CELLS, _CELLS))
    for picture in made:
        for _ in range(each):
            (top, left), width = random.uniform(0.1, 0.9, 2), random.uniform(0.05, 0.2)
            spot = np.exp(-((y - top) ** 2 + (x - left) ** 2) / (2 * width**2))
            picture += random.normal(1, 0.5) * spot
    vectors = made.reshape(count, -1)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _ours(maps: NDArray[np.float32]) -> NDArray[np.int32]:
    return spray(maps, SprayParams.steady(), LOOKS).labels


def _sklearn_neighbours(maps: NDArray[np.float32]) -> NDArray[np.int32]:
    # scikit-learn counts a map among its own neighbours.
    k = neighbour_count(len(maps), "sqrt") + 1
    return _sklearn(maps, affinity="nearest_neighbors", n_neighbors=k, n_jobs=-1)


def _sklearn_dense(maps: NDArray[np.float32]) -> NDArray[np.int32]:
    return _sklearn(maps, affinity="rbf")


def _sklearn(maps: NDArray[np.float32], **how: object) -> NDArray[np.int32]:
    from sklearn.cluster import SpectralClustering

    vectors = maps.reshape(len(maps), -1)
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a graph of several parts is ordinary input
        found = SpectralClustering(LOOKS, random_state=0, **how).fit_predict(vectors)
    return np.asarray(found, np.int32)


METHODS: dict[str, tuple[Callable[[NDArray[np.float32]], NDArray[np.int32]], int]] = {
    OURS: (_ours, LARGE),
    "scikit-learn, nearest_neighbors": (_sklearn_neighbours, 20_000),
    "scikit-learn, dense": (_sklearn_dense, 2000),
}
"""How each method clusters maps into as many clusters as there are looks, and the most maps it is given."""


def measure(name: str, count: int) -> Run:
    """Cluster drawn maps with one method, after a small set that loads what it needs."""
    method, _ = METHODS[name]
    method(drawn_maps(_WARM_UP))
    maps = drawn_maps(count)
    before, wall, cpu = _peak_mb(), time.perf_counter(), time.process_time()
    labels = method(maps)
    wall, cpu, after = time.perf_counter() - wall, time.process_time() - cpu, _peak_mb()
    return Run(wall, cpu, None if before is None or after is None else after - before, labels)


def _in_a_process(name: str, count: int) -> Run:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(measure, name, count).result()
        except BrokenProcessPool as error:
            raise TPViewerError(
                f"{name} with {count} maps stopped unexpectedly; memory may have run out: give fewer --maps"
            ) from error


def _peak_mb() -> float | None:
    """Largest memory that this process has held so far, MB (10^6 bytes)."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)


def _row(maps: int, name: str, rounds: list[dict[str, Run]], looks: NDArray[np.int64]) -> Row:
    runs, ours = [turn[name] for turn in rounds], [turn[OURS] for turn in rounds]
    peaks = [one.peak_mb for one in runs if one.peak_mb is not None]
    return Row(
        maps=maps,
        method=name,
        wall_s=float(np.median([one.wall_s for one in runs])),
        cpu_s=float(np.median([one.cpu_s for one in runs])),
        peak_mb=float(np.median(peaks)) if peaks else None,
        wall_ratio=_spread(one.wall_s / own.wall_s for one, own in zip(runs, ours, strict=True)),
        cpu_ratio=_spread(one.cpu_s / own.cpu_s for one, own in zip(runs, ours, strict=True)),
        looks_ari=adjusted_rand_index(runs[0].labels, looks),
        agreement=adjusted_rand_index(runs[0].labels, ours[0].labels),
    )


def _spread(ratios: Iterable[float]) -> tuple[float, float, float]:
    values = list(ratios)
    return float(np.median(values)), min(values), max(values)


def _print(rows: list[Row]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("maps", "method"):
        table.add_column(title)
    for title in (
        "s",
        "times TPViewer's",
        "CPU s",
        "times TPViewer's",
        "peak MB",
        "ARI, looks",
        "ARI, TPViewer",
    ):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(
            *(f"{row.maps:,}", row.method, f"{row.wall_s:.2f}", _ratio(row.wall_ratio), f"{row.cpu_s:.2f}"),
            *(_ratio(row.cpu_ratio), "–" if row.peak_mb is None else f"{row.peak_mb:.0f}"),
            *(f"{row.looks_ari:.2f}", f"{row.agreement:.2f}"),
        )
    Console(width=140).print(table)


def _ratio(spread: tuple[float, float, float]) -> str:
    return f"{spread[0]:.1f} ({spread[1]:.1f}–{spread[2]:.1f})"
