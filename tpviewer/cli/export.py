"""``tpviewer export``: figures and tables out of a session."""

import argparse
from pathlib import Path

from rich.console import Console

from tpviewer.cli.options import Commands, add_profile_option
from tpviewer.core.errors import TPViewerError
from tpviewer.export.figure import FIGURE_SUFFIXES, write_figure
from tpviewer.export.json_file import write_json
from tpviewer.export.tables import write_csv
from tpviewer.store.session import Session


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("export", help="figures and tables out of a session")
    parser.add_argument("session", type=Path, metavar="SESSION")
    parser.add_argument("--to", required=True, choices=["csv", "json", "figure"])
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="FILE", help="figure: .pdf, .svg or .png"
    )
    add_profile_option(parser)
    parser.add_argument("--video", type=Path, help="where the video lies now, if it was moved")
    parser.add_argument("--top-x", type=float, default=25.0, metavar="X", help="percent of relevance drawn")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write one export and say where."""
    if options.to == "figure" and options.out.suffix.lower() not in FIGURE_SUFFIXES:
        raise TPViewerError(
            f"{options.out}: a figure is {', '.join(sorted(FIGURE_SUFFIXES))}; change the name"
        )
    with Session(options.session) as session:
        try:
            written = _write(session, options)
        except OSError as error:
            raise TPViewerError(
                f"{options.out}: cannot be written ({error.strerror}); choose another place with -o"
            ) from error
    for path in written:
        Console(soft_wrap=True, highlight=False).print(str(path), markup=False)
    return 0


def _write(session: Session, options: argparse.Namespace) -> list[Path]:
    if options.to == "csv":
        return write_csv(session, options.out, options.profile)
    if options.to == "json":
        return [write_json(session, options.out, options.profile)]
    return [write_figure(session, options.out, options.profile, options.video, options.top_x)]
