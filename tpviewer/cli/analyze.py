"""``tpviewer analyze``: videos and image folders into sessions."""

import argparse
import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands, action_units, add_model_option, resolved_params, stretch, threshold
from tpviewer.cli.progress import ProgressLine
from tpviewer.core.errors import MediaError, TPViewerError
from tpviewer.export.summary import summary
from tpviewer.media.image_sequence import IMAGE_SUFFIXES
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.store.session import Session

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".flv", ".mts", ".3gp", ".ts"}
)


@dataclass(frozen=True)
class Outcome:
    """What became of one input."""

    video: str
    session: str
    error: str | None = None
    frames: int = 0
    faces_found: int = 0
    profile: str = ""
    stages_paper: int = 0
    reduction_paper: float | None = None
    stages_steady: int = 0
    reduction_steady: float | None = None


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser("analyze", help="analyse videos and image folders into sessions")
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="VIDEO|FOLDER",
        help="video, image, folder of images or of videos",
    )
    parser.add_argument("-o", "--out", type=Path, help="folder for the sessions (default: beside each video)")
    add_model_option(parser)
    parser.add_argument("--profile", choices=["paper", "steady"], help="profile to show (both are computed)")
    parser.add_argument("--face", type=int, metavar="N", help="face (track) to analyse; default: the largest")
    parser.add_argument(
        "--aus",
        type=action_units,
        metavar="AU,AU",
        help="Action Units that take part, e.g. AU01,AU12; default: all of the model",
    )
    parser.add_argument(
        "--neutral",
        type=stretch,
        metavar="START-STOP",
        help="frames, counted from 0 and without STOP, in which the face is neutral; default: calm ones are"
        " looked for",
    )
    parser.add_argument(
        *("--threshold", "-t"),
        action="append",
        type=threshold,
        default=[],
        metavar="AU=P",
        help="decision threshold that replaces the model's, e.g. AU04=0.4",
    )
    parser.add_argument("--max-frames", type=int, metavar="N", help="analyse only the first N frames")
    parser.add_argument("--keep-crops", action="store_true", help="store the face crops in the session")
    parser.add_argument("--batch", type=int, default=64, metavar="N", help="frames per commit")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="videos at a time")
    parser.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse every input; one that fails is named and does not stop the others."""
    params = resolved_params(options)
    videos = [video for given in options.inputs for video in expand(given)]
    if options.out is not None:
        make_folder(options.out)
    jobs = [(video, session_path(video, videos, options.out)) for video in videos]
    outcomes = list(_outcomes(jobs, params, options.model, options.jobs))
    if options.json:
        Console(soft_wrap=True).print_json(json.dumps([asdict(outcome) for outcome in outcomes]))
    elif any(outcome.error is None for outcome in outcomes):
        _print_table(outcomes)
    failed = [outcome for outcome in outcomes if outcome.error]
    if not failed:
        return 0
    return 2 if len(jobs) == 1 else 1


def expand(given: Path) -> list[Path]:
    """One path for a file or an image folder; every video and image of a folder that holds videos.

    Raises
    ------
    MediaError
        If the path does not exist or the folder holds neither videos nor images.
    """
    if not given.exists():
        raise MediaError(f"{given}: no such file or folder; check the name")
    if not given.is_dir():
        return [given]
    files = sorted(path for path in given.iterdir() if path.is_file())
    if not any(path.suffix.lower() in VIDEO_SUFFIXES for path in files):
        return [given]
    known = VIDEO_SUFFIXES | IMAGE_SUFFIXES
    return [path for path in files if path.suffix.lower() in known]


def session_path(video: Path, videos: list[Path], out: Path | None) -> Path:
    """Where the session of `video` goes; the suffix is kept in the name where two inputs share a stem."""
    stem = video.name if video.is_dir() else video.stem
    alike = sum((other.name if other.is_dir() else other.stem) == stem for other in videos)
    folder = video.resolve().parent if out is None else out
    return folder / f"{video.name if alike > 1 else stem}.tpv"


def make_folder(folder: Path) -> None:
    """Make the output folder.

    Raises
    ------
    TPViewerError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TPViewerError(
            f"{folder}: the output folder cannot be made ({error.strerror}); choose another with -o"
        ) from error


def _outcomes(
    jobs: list[tuple[Path, Path]], params: Params, model: Path | None, workers: int
) -> Iterator[Outcome]:
    with ProgressLine() as line:
        if workers > 1 and len(jobs) > 1:
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
                futures = [pool.submit(analyze_one, *job, params, model, None) for job in jobs]
                for future in futures:
                    yield _told(line, future.result())
        else:
            for video, path in jobs:
                if len(jobs) > 1:
                    line.say(str(video))
                yield _told(line, analyze_one(video, path, params, model, line))


def _told(line: ProgressLine, outcome: Outcome) -> Outcome:
    line.say(f"failed: {outcome.error}" if outcome.error else f"wrote {outcome.session}")
    return outcome


def analyze_one(
    video: Path, path: Path, params: Params, model: Path | None, line: ProgressLine | None
) -> Outcome:
    """Analyse one input and say what became of it."""
    try:
        with closing(analyze(video, path, params, model)) as events:
            if line is None:
                for _ in events:
                    pass
            else:
                line.follow(events)
        with Session(path) as session:
            return outcome_of(video, session)
    except TPViewerError as error:
        return Outcome(str(video), str(path), error=str(error))


def outcome_of(video: Path, session: Session) -> Outcome:
    """Counts of a finished session."""
    told = summary(session)
    profiles = told["profiles"]
    return Outcome(
        video=str(video),
        session=str(session.path),
        frames=told["frames"],
        faces_found=told["faces_found"],
        profile=told["profile"],
        stages_paper=profiles["paper"]["stages"]["absorbed"],
        reduction_paper=profiles["paper"]["description_length_reduction"],
        stages_steady=profiles["steady"]["stages"]["absorbed"],
        reduction_steady=profiles["steady"]["description_length_reduction"],
    )


def _print_table(outcomes: list[Outcome]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("video")
    for title in ("frames", "with face", "paper: stages", "reduction", "steady: stages", "reduction"):
        table.add_column(title, justify="right")
    for o in outcomes:
        if o.error is None:
            counts = (
                o.stages_paper,
                _percent(o.reduction_paper),
                o.stages_steady,
                _percent(o.reduction_steady),
            )
            table.add_row(Path(o.video).name, *(str(value) for value in (o.frames, o.faces_found, *counts)))
        else:
            table.add_row(Path(o.video).name, "failed")
    Console(width=None if Console().is_terminal else 120).print(table)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
