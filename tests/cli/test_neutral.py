"""``--neutral`` on the command line."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Pictures, Result, command
from tests.cli.test_bad_input import clip
from tests.models.tiny import build_tiny_package
from tpviewer.cli.options import stretch

Analyze = Callable[..., Result]


def test_the_marked_stretch_is_used_and_shown(tmp_path: Path, faces: Pictures) -> None:
    video = clip(tmp_path / "face.mp4", faces)
    model = build_tiny_package(tmp_path / "tiny", channels=2)
    result = command("analyze", video, "-o", tmp_path, "--model", model, "--neutral", "2-5")
    assert result.code == 0, result.err
    told = json.loads(command("show", tmp_path / "face.tpv", "--json").out)
    assert told["provenance"]["neutral"] == {"how": "marked", "frames": [2, 3, 4]}
    assert told["provenance"]["parameters"]["neutral"] == [2, 5]
    assert "neutral face: marked, 3 frames from 2 to 4" in command("show", tmp_path / "face.tpv").out


@pytest.mark.parametrize(("given", "words"), [("9-3", "9-3"), ("80-90", "no face is seen")])
def test_a_stretch_that_cannot_be_used_is_refused(
    tmp_path: Path, faces: Pictures, given: str, words: str
) -> None:
    video = clip(tmp_path / "face.mp4", faces[:3])
    model = build_tiny_package(tmp_path / "tiny", channels=2)
    result = command("analyze", video, "-o", tmp_path, "--model", model, "--neutral", given)
    assert result.code == 2
    assert words in result.err


@pytest.mark.parametrize("given", ["5", "a-b", "3-", "2:5"])
def test_what_is_no_stretch_is_refused(given: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="START-STOP"):
        stretch(given)


def test_a_model_of_the_frame_alone_shows_no_neutral_face(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    result = analyze(clip(tmp_path / "face.mp4", faces[:3]), "--neutral", "0-2")
    assert result.code == 0
    assert "does not compare with a neutral face" in result.err
    assert "neutral face" not in command("show", tmp_path / "out" / "face.tpv").out
