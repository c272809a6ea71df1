"""Arguments that several commands share."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tpviewer.pipeline.params import Params
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
        engine=options.engine,
        batch=options.batch,
    )
