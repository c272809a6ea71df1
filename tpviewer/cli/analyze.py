"""``tpviewer analyze``: videos and image folders into sessions."""

import argparse
import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands, add_analysis_options, resolved_params
from tpviewer.cli.progress import ProgressLine
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import MediaError, TPViewerError
from tpviewer.corpus.processes import Told, affordable, in_processes
from tpviewer.export.summary import summary
from tpviewer.media.inputs import expand
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import Event
from tpviewer.store.session import Session


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


@dataclass(frozen=True)
class Job:
    """One input, where its session goes, and what it is analysed with."""

    video: Path
    session: Path
    params: Params
    model: Path | None


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
    parser.add_argument(
        *("-o", "--out"),
        type=Path,
        help="folder for the sessions, or for one video the session itself (NAME.tpv); default: beside each"
        " video",
    )
    add_analysis_options(parser)
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="videos at a time, as far as 1.5 GB are free for each; results do not depend on it",
    )
    parser.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse every input; one that fails is named and does not stop the others."""
    params = resolved_params(options)
    videos, missing = _inputs(options.inputs)
    jobs = [Job(video, session_path(video, videos, options.out), params, options.model) for video in videos]
    if options.out is not None:
        make_folder(options.out.parent if _is_session(options.out) else options.out)
    outcomes = [*missing, *_outcomes(jobs, options.jobs, missing)]
    if options.json:
        Console(soft_wrap=True).print_json(json.dumps([asdict(outcome) for outcome in outcomes]))
    elif any(outcome.error is None for outcome in outcomes):
        _print_table(outcomes)
    if all(outcome.error is None for outcome in outcomes):
        return 0
    return 2 if len(outcomes) == 1 else 1


def _inputs(given: list[Path]) -> tuple[list[Path], list[Outcome]]:
    """Videos that are there, and an outcome for each input that is not; a lone one raises its error."""
    videos: list[Path] = []
    missing: list[Outcome] = []
    for path in given:
        try:
            videos += expand(path)
        except MediaError as error:
            if len(given) == 1:
                raise
            missing.append(Outcome(str(path), "", error=str(error)))
    return list(dict.fromkeys(videos)), missing


def session_path(video: Path, videos: list[Path], out: Path | None) -> Path:
    """Where the session of `video` goes; the suffix is kept in the name where two inputs share a stem.

    Raises
    ------
    TPViewerError
        If `out` is one session, but there are several videos.
    """
    if out is not None and _is_session(out):
        if len(videos) > 1:
            raise TPViewerError(f"{out}: one session cannot hold {len(videos)} videos; name a folder with -o")
        return out
    stem = video.name if video.is_dir() else video.stem
    alike = sum((other.name if other.is_dir() else other.stem) == stem for other in videos)
    folder = video.resolve().parent if out is None else out
    return folder / f"{video.name if alike > 1 else stem}.tpv"


def _is_session(out: Path) -> bool:
    return out.suffix == ".tpv" and not out.is_dir()


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


def _outcomes(jobs: list[Job], workers: int, missing: list[Outcome]) -> list[Outcome]:
    """Outcomes in the order of the jobs, whatever the order in which they come to their end."""
    with ProgressLine() as line:
        for outcome in missing:
            _tell(line, outcome)
        possible = affordable(min(workers, len(jobs)))
        if possible < min(workers, len(jobs)):
            line.say(f"--jobs {workers}: the free memory is enough for {possible} at a time")
        return _side_by_side(line, jobs, possible) if possible > 1 else _in_turn(line, jobs)


def _in_turn(line: ProgressLine, jobs: list[Job]) -> list[Outcome]:
    outcomes = []
    for number, job in enumerate(jobs):
        if len(jobs) > 1:
            line.say(f"{number + 1} of {len(jobs)}: {job.video}")
        outcomes.append(_tell(line, _analyze_one(job, line, several=len(jobs) > 1)))
    return outcomes


def _analyze_one(job: Job, line: ProgressLine, several: bool) -> Outcome:
    """Analyse one input and say what became of it; of several, not even a defect of the program ends all."""
    try:
        with closing(steps(job)) as events:
            outcome = _followed(events, line)
    except TPViewerError as error:
        return _failed(job, str(error))
    except Exception as error:
        if not several:
            raise
        return _failed(job, f"an error in the program ({type(error).__name__}: {error})")
    finally:
        line.end()
    return outcome


def _followed(events: Generator[Event, None, Outcome], line: ProgressLine) -> Outcome:
    while True:
        try:
            line.show(next(events))
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome


def _side_by_side(line: ProgressLine, jobs: list[Job], workers: int) -> list[Outcome]:
    found: dict[int, Outcome] = {}
    unique = len({job.video.name for job in jobs}) == len(jobs)
    for told in in_processes(steps, [(job,) for job in jobs], workers):
        job = jobs[told.job]
        name = job.video.name if unique else str(job.video)
        if isinstance(told, Told):
            line.show(told.event, name)
            continue
        line.end(name)
        found[told.job] = _tell(line, _failed(job, told.error) if told.error else told.result)
    return [found[number] for number in range(len(jobs))]


def steps(job: Job) -> Generator[Event, None, Outcome]:
    """Analyse one input, telling how far it is, and say at the end what became of it."""
    with closing(analyze(job.video, job.session, job.params, job.model)) as events:
        yield from events
    with Session(job.session) as session:
        return outcome_of(job.video, session)


def _failed(job: Job, error: str) -> Outcome:
    named = any(str(path) in error for path in (job.video, job.session))
    return Outcome(str(job.video), str(job.session), error=error if named else f"{job.video}: {error}")


def _tell(line: ProgressLine, outcome: Outcome) -> Outcome:
    line.say(f"failed: {outcome.error}" if outcome.error else f"wrote {outcome.session}")
    return outcome


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
    Console(width=printed_width()).print(table)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
