"""``tpviewer bench rules``: how the rules for clusters and stages behave on finished sessions."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.core.relevance import sum_pool, top_x_mask
from tpviewer.core.spray import SprayParams, spray
from tpviewer.core.stability import stability
from tpviewer.store.kept import require_maps
from tpviewer.store.session import LAYERS, PROFILES, Session


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("rules", help="cluster rules and profiles on finished sessions")
    parser.add_argument("sessions", nargs="+", type=Path, metavar="SESSION")
    parser.set_defaults(run=run)


def rules() -> dict[str, SprayParams]:
    """The two profiles' rules and the variants that they are judged against."""
    paper, steady = SprayParams.paper(), SprayParams.steady()
    return {
        "paper: log2 N neighbours, gap": paper,
        "sqrt N neighbours, gap": replace(paper, neighbours="sqrt"),
        "steady: sqrt N, tau 0.2, merge 0.85": steady,
        "steady, not merged": replace(steady, merge_cosine=None),
        "steady, merge 0.80": replace(steady, merge_cosine=0.80),
        "steady, merge 0.90": replace(steady, merge_cosine=0.90),
        "steady, tau 0.1": replace(steady, tau=0.1),
        "steady, tau 0.3": replace(steady, tau=0.3),
    }


def run(options: argparse.Namespace) -> int:
    """Print clusters, closest pair and stability per rule, then stages per profile and layer."""
    sets = [pooled for path in options.sessions for pooled in pooled_sets(path)]
    table = Table(box=None, pad_edge=False, title=f"{len(sets)} sets of maps (AU x video)")
    table.add_column("rule")
    for title in ("clusters", "closest pair, IoU", "stability, ARI"):
        table.add_column(title, justify="right")
    for name, params in rules().items():
        table.add_row(name, *(f"{value:.2f}" for value in judge(sets, params)))
    console = Console(width=120)
    console.print(table)
    console.print(_stage_table(options.sessions))
    return 0


def pooled_sets(path: Path) -> Iterator[NDArray[np.float32]]:
    """Maps of each Action Unit that the steady profile clusters, pooled; fewer than 8 are left out.

    Parameters
    ----------
    path : Path
        A finished session.

    Yields
    ------
    ndarray of float32, shape (N, s, s)
        In temporal order; s is `SprayParams.pool`.

    Raises
    ------
    SessionError
        If the session cannot be read, or only prototypes of its maps were kept.
    """
    with Session(path) as session:
        require_maps(session)
        for au in session.clusterings("steady"):
            frames = session.results.clustering_array("steady", au, "frames").astype(np.int64)
            if len(frames) >= SprayParams.steady().min_maps:
                maps = session.relevance.maps(session.aus.index(au), frames)
                yield np.concatenate([sum_pool(m[None], SprayParams.steady().pool) for m in maps])


def judge(sets: list[NDArray[np.float32]], params: SprayParams) -> tuple[float, float, float]:
    """Mean number of clusters, Top-25 IoU of the closest pair, and stability of a rule.

    Parameters
    ----------
    sets : list of ndarray of float32, shape (N, s, s)
        Of `pooled_sets`; at least one.
    params : SprayParams

    Returns
    -------
    count, closest, stable : float
        Means: the number of clusters over all sets, IoU over those with two clusters or more, stability
        (ARI) over those with maps enough for it; NaN where there are none.
    """
    counts, closest, stable = [], [], []
    for pooled in sets:
        found = spray(pooled, params)
        counts.append(found.count)
        means = [pooled[found.labels == k].mean(axis=0) for k in range(found.count)]
        if len(means) > 1:
            closest.append(max(_overlap(a, b) for a, b in combinations(means, 2)))
        stable.append(stability(pooled, params))
    return float(np.mean(counts)), _mean(closest), _mean(stable)


def _overlap(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    one, other = top_x_mask(first, 25.0), top_x_mask(second, 25.0)
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 1.0


def _mean(values: list[float]) -> float:
    finite = [value for value in values if np.isfinite(value)]
    return float(np.mean(finite)) if finite else float("nan")


def _stage_table(paths: list[Path]) -> Table:
    table = Table(box=None, pad_edge=False, title="stages")
    table.add_column("session")
    table.add_column("frames", justify="right")
    for profile in PROFILES:
        for layer in LAYERS:
            table.add_column(f"{profile}: {layer}", justify="right")
    table.add_column("purity (steady)", justify="right")
    for path in paths:
        with Session(path) as session:
            counts = [len(session.stages(layer, profile)) for profile in PROFILES for layer in LAYERS]
            stages = session.stages("absorbed", "steady")
            purity = sum(s.purity * (s.stop - s.start) for s in stages) / session.video.frames
            table.add_row(
                path.stem, str(session.video.frames), *(str(count) for count in counts), f"{purity:.2f}"
            )
    return table
