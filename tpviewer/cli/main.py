"""The command line: arguments, exit codes, errors in one line."""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console

from tpviewer import __version__
from tpviewer.cli import analyze, bench, demo, doctor, export, show, training, validate
from tpviewer.core.errors import TPViewerError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="tpviewer",
        description="Shows why a neural network saw a facial Action Unit, over a whole video.",
        epilog="Exit codes: 0 done, 1 failed on some inputs, 2 bad input or usage, 130 interrupted.",
    )
    top.add_argument("--version", action="version", version=f"TPViewer {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (demo, analyze, show, export, validate, training, bench, doctor):
        module.add_to(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str
        The words after the program's name.

    Returns
    -------
    int
        Exit code of product and shell: 0 done, 1 failed on some inputs, 2 bad input, 130 interrupted.
    """
    errors = Console(stderr=True)
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options))
    except TPViewerError as error:
        errors.print(f"tpviewer: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        return BAD_INPUT
    except KeyboardInterrupt:
        errors.print(
            "tpviewer: interrupted; what was done is kept, the same command goes on from there",
            soft_wrap=True,
        )
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
