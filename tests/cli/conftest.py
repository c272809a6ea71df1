"""A quick model, real faces from the bundled phantom, and clips made of them."""

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models.tiny import build_tiny_package
from tpviewer.cli.main import run
from tpviewer.media.source import open_source
from tpviewer.resources import resource

Pictures = list[NDArray[np.uint8]]


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def faces() -> Pictures:
    """Twelve frames of the bundled phantom."""
    with open_source(resource("phantom", "phantom.mp4")) as source:
        return [picture for _, picture in source.frames(0, 12) if picture is not None]


def command(*words: str | Path) -> Result:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(word) for word in words])
    return Result(code, out.getvalue(), err.getvalue())


@pytest.fixture
def analyze(tmp_path: Path, tiny_model: Path) -> Callable[..., Result]:
    """Analyse inputs with the quick model into the test's folder."""

    def call(*words: str | Path) -> Result:
        return command("analyze", *words, "-o", tmp_path / "out", "--model", tiny_model)

    return call
