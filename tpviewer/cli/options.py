"""Arguments that several commands share."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tpviewer.models.lrp_engines import BATCHED, ENGINES
from tpviewer.pipeline.params import Params
from tpviewer.store.kept import KEEPS, MOST_WHOLE
from tpviewer.store.session import PROFILES, edited_name

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object


def add_model_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--model``."""
    parser.add_argument(
        "--model", type=Path, metavar="M", help="model package (folder or zip); default: bundled"
    )


def add_analysis_options(parser: argparse.ArgumentParser) -> None:
    """Add what an analysis can be told; `resolved_params` reads it."""
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
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=BATCHED,
        help="what computes relevance: 'batched' (default), or the reference, which is slower; maps differ by"
        " rounding only",
    )
    parser.add_argument("--max-frames", type=int, metavar="N", help="analyse only the first N frames")
    parser.add_argument(
        "--keep",
        choices=KEEPS,
        default="spread",
        help=f"relevance maps that the session keeps: of {MOST_WHOLE:,} frames spread over the video, which"
        " is every one up to 20 minutes (default); all; of the others the pixels with 99 %% of the relevance"
        " (top99); or prototypes only. Clusters and stages do not depend on it",
    )
    parser.add_argument("--keep-crops", action="store_true", help="store the face crops in the session")
    parser.add_argument("--batch", type=int, default=64, metavar="N", help="frames per commit")


def add_profile_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--profile`` of commands that read a session."""
    parser.add_argument(
        "--profile",
        choices=[*PROFILES, *map(edited_name, PROFILES)],
        help="results to take: 'paper' and 'steady' are the machine's, 'steady edited' has the expert's"
        " clusters; default: as shown in the window",
    )


def action_units(text: str) -> tuple[str, ...]:
    """Parse ``AU01,AU12``."""
    return tuple(name.strip().upper() for name in text.split(",") if name.strip())


def stretch(text: str) -> tuple[int, int]:
    """Parse ``10-40``: frames 10 to 39."""
    start, _, stop = text.partition("-")
    try:
        return int(start), int(stop)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: write START-STOP, for example 10-40") from None


def threshold(text: str) -> tuple[str, float]:
    """Parse ``AU04=0.4``."""
    name, _, value = text.partition("=")
    try:
        return name.strip().upper(), float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: write AU=PROBABILITY, for example AU04=0.4") from None


def resolved_params(options: argparse.Namespace) -> Params:
    """Parameters of an analysis from its arguments.

    Raises
    ------
    ParameterError
        If a value makes no sense.
    """
    return Params(
        profile=options.profile,
        face=options.face,
        aus=options.aus,
        neutral=options.neutral,
        thresholds=dict(options.threshold),
        max_frames=options.max_frames,
        keep_crops=options.keep_crops,
        keep=options.keep,
        engine=options.engine,
        batch=options.batch,
    )
