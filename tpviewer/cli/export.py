"""``tpviewer export``: figures and tables out of a session."""

import argparse
from pathlib import Path

from rich.console import Console

from tpviewer.cli.blind_note import note_blind
from tpviewer.cli.export_line import ExportLine
from tpviewer.cli.options import Commands, add_profile_option, stretch
from tpviewer.export.formats import FORMATS, write_export
from tpviewer.store.raters import is_blind
from tpviewer.store.session import Session


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("export", help="figures and tables out of a session")
    parser.add_argument("session", type=Path, metavar="SESSION")
    parser.add_argument("--to", required=True, choices=FORMATS)
    parser.add_argument(
        *("-o", "--out"),
        type=Path,
        required=True,
        metavar="FILE",
        help="figure: .pdf, .svg or .png; eaf: .eaf; virelay: .yaml; nova: NAME.annotation, files go"
        " into a folder NAME",
    )
    parser.add_argument(
        "--frames",
        type=stretch,
        metavar="START-STOP",
        help="video: only these, such as 10-40 for 10 to 39",
    )
    parser.add_argument(
        "--deidentified",
        action="store_true",
        help="figure, video, report, virelay: relevance on a drawing of a face, no name and no sound",
    )
    add_profile_option(parser)
    parser.add_argument("--video", type=Path, help="where the video lies now, if it was moved")
    parser.add_argument("--top-x", type=float, default=25.0, metavar="X", help="percent of relevance drawn")
    parser.add_argument("--reviewer", metavar="NAME", help="csv, json: with what this reviewer says")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write one export and say where."""
    with Session(options.session) as session, ExportLine() as line:
        if options.reviewer is None or not is_blind(session, options.reviewer):
            note_blind(session)
        written = write_export(
            *(session, options.to, options.out, options.profile, options.video, options.top_x),
            frames=options.frames,
            deidentified=options.deidentified,
            follow=line.follow,
            reviewer=options.reviewer,
        )
    for path in written:
        Console(soft_wrap=True, highlight=False).print(str(path), markup=False)
    return 0
