"""``tpviewer demo``: the bundled phantom, analysed."""

import argparse
from contextlib import closing
from pathlib import Path

from rich.console import Console

from tpviewer.cli.analyze import make_folder
from tpviewer.cli.options import Commands, add_model_option
from tpviewer.cli.progress import ProgressLine
from tpviewer.core.stages import notation
from tpviewer.export.figure import write_figure
from tpviewer.export.tables import write_csv
from tpviewer.pipeline.analyze import analyze
from tpviewer.resources import resource
from tpviewer.store.session import Session


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("demo", help="analyse the bundled sample video")
    parser.add_argument(
        "--headless", type=Path, default=Path("tpviewer-demo"), metavar="DIR", help="folder for the results"
    )
    add_model_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse the phantom and write session, figure and tables."""
    folder: Path = options.headless
    make_folder(folder)
    video, path = resource("phantom", "phantom.mp4"), folder / "demo.tpv"
    with ProgressLine() as line, closing(analyze(video, path, model=options.model)) as events:
        line.follow(events)
    with Session(path) as session:
        written = [path, *(write_figure(session, folder / name) for name in ("figure.png", "figure.pdf"))]
        written += write_csv(session, folder / "table.csv")
        prototype = notation(session.stages())
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(prototype)
    console.print("\nWritten:")
    for file in written:
        console.print(f"  {file.resolve()}")
    return 0
