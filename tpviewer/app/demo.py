"""``tpviewer demo``: the bundled phantom, analysed."""

import argparse
import os
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

_SHOWN_FRAME = 160  # a smile with eyes narrowed: three Action Units


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("demo", help="open the bundled sample video, analysed")
    parser.add_argument(
        "--headless",
        type=Path,
        metavar="DIR",
        help="open no window: write session, figure, tables and a screenshot",
    )
    add_model_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the window with the sample; headless: analyse it and write session, figure, tables, screenshot."""
    if options.headless is None:
        from tpviewer.app.main import run_app

        return run_app(sample=True)
    return _headless(options.headless, options.model)


def _headless(folder: Path, model: Path | None) -> int:
    make_folder(folder)
    video, path = resource("phantom", "phantom.mp4"), folder / "demo.tpv"
    with ProgressLine() as line, closing(analyze(video, path, model=model)) as events:
        line.follow(events)
    with Session(path) as session:
        written = [path, *(write_figure(session, folder / name) for name in ("figure.png", "figure.pdf"))]
        written += write_csv(session, folder / "table.csv")
        prototype = notation(session.stages())
    written.append(_screenshot(path, folder / "screenshot.png"))
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(prototype)
    console.print("\nWritten:")
    for file in written:
        console.print(f"  {file.resolve()}")
    return 0


def _screenshot(session: Path, target: Path) -> Path:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tpviewer.app.screenshot import take_screenshot

    return take_screenshot(session, target, lambda window: window.bench.state.set_playhead(_SHOWN_FRAME))
