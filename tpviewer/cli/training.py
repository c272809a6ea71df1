"""``tpviewer train``, ``dataset`` and ``phantom``: models and known-truth videos of the user's own."""

import argparse
from importlib.util import find_spec

from tpviewer.cli.options import Commands
from tpviewer.cli.progress import ProgressLine
from tpviewer.core.errors import TPViewerError


def add_to(commands: Commands) -> None:
    """Add the arguments of all three commands."""
    from tpviewer.training.commands import (
        add_dataset_arguments,
        add_phantom_arguments,
        add_train_arguments,
    )

    train = commands.add_parser("train", help="train an Action Unit model")
    add_train_arguments(train)
    train.set_defaults(run=run_train)
    dataset = commands.add_parser(
        "dataset", help="write the manifest of a data set, to train or evaluate with"
    )
    add_dataset_arguments(dataset)
    dataset.set_defaults(run=run_dataset)
    phantom = commands.add_parser("phantom", help="render a face with a known Action Unit timeline")
    add_phantom_arguments(phantom)
    phantom.set_defaults(run=run_phantom)


def require_renderer() -> None:
    """Refuse what the executables leave out.

    Raises
    ------
    TPViewerError
        If the compiler that renders faces is not there.
    """
    if find_spec("numba") is None:
        raise TPViewerError(
            "train, phantom and evaluate render faces, which the executables leave out (numba is missing);"
            " use TPViewer as installed with Python"
        )


def run_train(options: argparse.Namespace) -> int:
    """Train a model package."""
    require_renderer()
    from tpviewer.training import commands

    with ProgressLine() as line:
        return int(commands.run_train(options, line.say))


def run_dataset(options: argparse.Namespace) -> int:
    """Write a manifest."""
    from tpviewer.training import commands

    with ProgressLine() as line:
        return int(commands.run_dataset(options, line.say))


def run_phantom(options: argparse.Namespace) -> int:
    """Render phantoms."""
    require_renderer()
    from tpviewer.training import commands

    with ProgressLine() as line:
        return int(commands.run_phantom(options, line.say))
