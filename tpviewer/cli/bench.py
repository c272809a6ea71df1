"""``tpviewer bench``: figures that decide defaults, side by side in one table."""

from tpviewer.cli import bench_memory, bench_rules
from tpviewer.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Add the benchmarks."""
    parser = commands.add_parser(
        "bench", help="measure memory, and the rules that decide clusters and stages"
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    bench_memory.add_to(kinds)
    bench_rules.add_to(kinds)
