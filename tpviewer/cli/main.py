"""The command line: arguments, exit codes, errors in one line."""

import argparse
import sys
from collections.abc import Sequence
from typing import Protocol

from rich.console import Console

from tpviewer import __version__
from tpviewer.cli import agree, analyze, bench, compare, corpus, evaluate, export, show, training, validate
from tpviewer.cli.options import Commands
from tpviewer.core.errors import TPViewerError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class Command(Protocol):
    """A module with a command, as those beside this one."""

    def add_to(self, commands: Commands) -> None:
        """Add its arguments."""
        ...


def parser(commands: Sequence[Command] = (), benches: Sequence[Command] = ()) -> argparse.ArgumentParser:
    """Build the parser of all commands.

    Parameters
    ----------
    commands, benches : sequence of Command
        Commands and benchmarks that need the window, which this layer does not know.
    """
    top = argparse.ArgumentParser(
        prog="tpviewer",
        description="Shows why a neural network saw a facial Action Unit, over a whole video.",
        usage="%(prog)s [VIDEO|SESSION]  (opens the window), or %(prog)s COMMAND …",
        epilog="tpviewer --self-test [DIR] tries the whole installation. Exit codes: 0 done, 1 failed on some"
        " inputs, 2 bad input or usage, 130 interrupted.",
    )
    top.add_argument("--version", action="version", version=f"TPViewer {__version__}")
    known = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog=top.prog)
    for module in (*commands, analyze, corpus, show, export, compare, agree, validate, evaluate, training):
        module.add_to(known)
    bench.add_to(known, benches)
    return top


def run(arguments: Sequence[str], commands: Sequence[Command] = (), benches: Sequence[Command] = ()) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str
        The words after the program's name.
    commands, benches : sequence of Command
        See `parser`.

    Returns
    -------
    int
        Exit code of product and shell: 0 done, 1 failed on some inputs, 2 bad input, 130 interrupted.
    """
    errors = Console(stderr=True)
    try:
        options = parser(commands, benches).parse_args(arguments)
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
