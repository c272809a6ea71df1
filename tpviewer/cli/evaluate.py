"""``tpviewer evaluate``: what a model is worth, on the user's own computer and material."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from tpviewer.cli.analyze import make_folder
from tpviewer.cli.options import Commands
from tpviewer.cli.progress import ProgressLine
from tpviewer.cli.training import require_renderer
from tpviewer.cli.width import printed_width

if TYPE_CHECKING:
    from tpviewer.training.evaluation import Evaluation

PAGE, FIGURES = "evaluation.html", "evaluation.json"

_DATA_HELP = (
    "manifest (CSV); folder with photographs in neutral/ and smiling/; videos, or a folder of them (compared"
    " with the known truth beside them, else with --teacher); renders:FACE_MODEL"
)


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("evaluate", help="measure an Action Unit model")
    parser.add_argument("model", type=Path, metavar="MODEL", help="model package (folder or zip)")
    parser.add_argument("data", nargs="+", metavar="DATA", help=_DATA_HELP)
    parser.add_argument("-o", "--out", type=Path, metavar="DIR", help=f"write {PAGE} and {FIGURES} here")
    parser.add_argument("--teacher", type=Path, metavar="FILE", help="MediaPipe's face_landmarker.task")
    parser.add_argument(
        "--renders", type=int, default=2000, metavar="N", help="faces to render (default 2000)"
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("evaluation"),
        metavar="DIR",
        help="renders, faces and teacher's curves; kept",
    )
    parser.add_argument("--write-card", action="store_true", help="put the figures into the model's card")
    parser.add_argument(
        "--keep-thresholds", action="store_true", help="with --write-card: leave the thresholds as they are"
    )
    parser.add_argument(
        "--explanations", action="store_true", help="measure the relevance maps too (takes minutes)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, print, write."""
    require_renderer()
    from tpviewer.training.evaluate import Settings, evaluate, sort_material
    from tpviewer.training.evaluation_card import write_card

    if options.out is not None:
        make_folder(options.out)
    settings = Settings(
        work=options.work,
        teacher=options.teacher,
        renders=options.renders,
        keep_thresholds=options.keep_thresholds or not options.write_card,
        explanations=options.explanations,
    )
    with ProgressLine() as line:
        found = evaluate(options.model, sort_material(options.data), settings, line.say)
        if options.write_card:
            found = write_card(options.model, found)
            line.say(f"wrote {options.model / 'card.json'}")
        _write(found, options.out, line)
    report = found.report()
    if options.json:
        sys.stdout.write(json.dumps(report, indent=2, allow_nan=False) + "\n")
    else:
        _print(report)
    return 0


def _write(found: "Evaluation", folder: Path | None, line: ProgressLine) -> None:
    from tpviewer.training.evaluation_page import page

    if folder is not None:
        report = found.report()
        text = json.dumps(report, indent=2, allow_nan=False) + "\n"
        (folder / FIGURES).write_text(text, encoding="utf-8")
        (folder / PAGE).write_text(page(report), encoding="utf-8")
        line.say(f"wrote {folder / PAGE} and {FIGURES}")


def _print(report: dict[str, Any]) -> None:
    console = Console(width=printed_width(130))
    for part in report["sets"]:
        console.print(f"\n{part['name']}: {part['crops']} faces of {part['persons']} people")
        console.print(_figures(part["aus"]))
        for where, figures in part["au6_apart"].items():
            console.print(f"AU06 where {where}: ROC-AUC {figures['roc_auc']}")
    if report["clips"]:
        console.print(_clips(report["clips"]))
        for against, means in report["clip_means"].items():
            console.print(f"mean correlation, {against}: {_text(means['r_probability_smooth'])}")
    if report["events"]:
        console.print(f"onsets and offsets within 0.08 s: {_text(report['events_in_time'])}")


def _figures(aus: dict[str, dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("AU", "ROC-AUC", "95 %", "PR-AUC", "F1", "present", "absent", "people", "ICC"):
        table.add_column(title, justify="left" if title == "AU" else "right")
    for au, figures in aus.items():
        interval = "–".join(f"{bound:.2f}" for bound in figures.get("roc_auc_95", ())) or "–"
        numbers = [_text(figures[name]) for name in ("pr_auc", "f1")]
        counts = [str(figures[name]) for name in ("present", "absent", "persons")]
        table.add_row(au, _text(figures["roc_auc"]), interval, *numbers, *counts, _text(figures.get("icc")))
    return table


def _clips(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("clip", "AU", "against", "SD", "r", "r smoothed", "r of logit", "of logit smoothed"):
        table.add_column(title, justify="left" if title in ("clip", "AU", "against") else "right")
    for row in rows:
        if row["counted"]:
            names = ("sd", "r_probability", "r_probability_smooth", "r_logit", "r_logit_smooth")
            table.add_row(row["clip"], row["au"], row["against"], *(_text(row[name]) for name in names))
    return table


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
