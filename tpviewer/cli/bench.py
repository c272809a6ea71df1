"""``tpviewer bench``: figures that decide defaults, side by side in one table."""

from collections.abc import Sequence
from typing import Any

from tpviewer.cli import bench_cluster, bench_lrp, bench_memory, bench_mining, bench_pipeline, bench_rules
from tpviewer.cli.options import Commands


def add_to(commands: Commands, more: Sequence[Any] = ()) -> None:
    """Add the benchmarks, and `more` of other layers."""
    parser = commands.add_parser(
        "bench",
        help="measure relevance, pipeline, window, memory, clustering, mining, and rules of looks and stages",
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for module in (bench_cluster, bench_lrp, bench_memory, bench_mining, bench_pipeline, bench_rules, *more):
        module.add_to(kinds)
