"""``tpviewer bench lrp``: what relevance costs in forward passes, engine beside engine."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError
from tpviewer.models.architectures import ARCHITECTURES
from tpviewer.models.default import default_package_path
from tpviewer.models.lrp_contenders import FORWARD, Contender, contenders, seeded_network
from tpviewer.models.lrp_engines import INNVESTIGATE
from tpviewer.models.model_package import load_package
from tpviewer.models.network import Network
from tpviewer.models.protocols import TILE

_FRAMES = {"bundled": 4 * TILE, "vgg16": 4}


@dataclass(frozen=True)
class Row:
    """An engine at one number of Action Units a frame; ratios of times taken directly after one another.

    Attributes
    ----------
    net : str
    aus : int
        Action Units of every frame, K. Nothing with gradients can do with less than 1 + K forward passes.
    engine : str
    forward_passes : float
        Time of a frame's maps over that of its forward pass, median over the repeats.
    forward_passes_spread : (float, float)
        Lowest and highest.
    cpu_forward_passes : float
        The same of processor time, which other programs disturb less.
    speedup_vs_innvestigate : float
        Median over the repeats.
    relative_l2 : float or None
        Of the map that is least like iNNvestigate's; None for gradients, which are no relevance.
    """

    net: str
    aus: int
    engine: str
    forward_passes: float
    forward_passes_spread: tuple[float, float]
    cpu_forward_passes: float
    speedup_vs_innvestigate: float
    relative_l2: float | None


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("lrp", help="relevance engines side by side, in forward passes of a frame")
    parser.add_argument("--net", choices=list(_FRAMES), nargs="+", default=list(_FRAMES))
    parser.add_argument("--aus", type=int, nargs="+", default=[1, 4, 8, 17], metavar="K", help="AUs a frame")
    parser.add_argument("--frames", type=int, metavar="N", help="frames at a time (default: 64, of VGG16 4)")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="rounds over all engines")
    parser.add_argument("--threads", type=int, metavar="N", help="threads of each engine")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    given = [*options.aus, options.repeats, options.frames or 1, options.threads or 1]
    if min(given) < 1:
        raise ParameterError("bench lrp: --aus, --frames, --repeats and --threads take 1 or more")
    rows: list[Row] = []
    for name in options.net:
        frames = options.frames or _FRAMES[name]
        rows += measure(name, network(name), options.aus, frames, options.repeats, options.threads)
    if options.json:
        sys.stdout.write(json.dumps({"rows": [asdict(row) for row in rows]}, indent=2) + "\n")
    else:
        Console(width=printed_width()).print(_table(rows))
    return 0


def network(name: str) -> Network:
    """The bundled network, or VGG16 with seeded weights."""
    if name == "bundled":
        return load_package(default_package_path()).network
    return seeded_network(ARCHITECTURES["vgg16"], channels=1, outputs=19)


def measure(
    name: str, net: Network, aus: Sequence[int], frames: int, repeats: int, threads: int | None = None
) -> list[Row]:
    """Compare all engines on one network.

    Parameters
    ----------
    name : str
    net : Network
    aus : sequence of int
        Numbers of Action Units, each at most those of the network.
    frames, repeats : int
    threads : int, optional

    Raises
    ------
    ParameterError
        If the network has fewer Action Units.
    """
    if max(aus) > net.outputs:
        raise ParameterError(f"--aus {max(aus)}: the network has {net.outputs} outputs; give at most that")
    pictures = np.random.default_rng(0).normal(size=(frames, *net.input_shape)).astype(np.float32)
    with contenders(net, pictures, max(aus), threads) as engines:
        return [row for k in aus for row in _rows(name, k, engines, repeats)]


def _rows(name: str, k: int, engines: Mapping[str, Contender], repeats: int) -> Iterator[Row]:
    others = [engine for engine in engines if engine != FORWARD]
    maps = {engine: engines[engine].maps(k) for engine in others}  # which also warms up
    engines[FORWARD].maps(k)
    times = np.array([[_paired(engines, engine, k) for engine in others] for _ in range(repeats)])
    passes, seconds = times[..., 0, :] / times[..., 1, :], times[..., 0, 0]
    speedups = seconds[:, [others.index(INNVESTIGATE)]] / seconds
    for column, engine in enumerate(others):
        wall, cpu = passes[:, column].T
        yield Row(
            net=name,
            aus=k,
            engine=engine,
            forward_passes=float(np.median(wall)),
            forward_passes_spread=(float(wall.min()), float(wall.max())),
            cpu_forward_passes=float(np.median(cpu)),
            speedup_vs_innvestigate=float(np.median(speedups[:, column])),
            relative_l2=_difference(maps[engine], maps[INNVESTIGATE]) if engine != "gradients" else None,
        )


def _paired(engines: Mapping[str, Contender], engine: str, k: int) -> tuple[tuple[float, float], ...]:
    """Seconds, and of processor time, of an engine and of a forward pass directly before it."""
    forward = engines[FORWARD].timed(k)
    return engines[engine].timed(k), forward


def _difference(found: NDArray[np.float32], true: NDArray[np.float32]) -> float:
    apart, size = (np.linalg.norm(maps, axis=(-2, -1)) for maps in (found - true, true))
    return float(np.max(apart / np.maximum(size, np.finfo(np.float32).tiny)))


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, title="relevance of a frame, in forward passes of it")
    table.add_column("net")
    table.add_column("AUs", justify="right")
    table.add_column("engine")
    for title in ("forward passes", "spread", "of CPU time", "above 1 + K", "× iNNvestigate", "relative L2"):
        table.add_column(title, justify="right")
    for row in rows:
        low, high = row.forward_passes_spread
        table.add_row(
            *(row.net, str(row.aus), row.engine, f"{row.forward_passes:.1f}", f"{low:.1f}–{high:.1f}"),
            f"{row.cpu_forward_passes:.1f}",
            f"{row.forward_passes - 1 - row.aus:+.1f}",
            f"{row.speedup_vs_innvestigate:.1f}",
            "–" if row.relative_l2 is None else f"{row.relative_l2:.0e}",
        )
    return table
