"""``tpviewer evaluate`` on a manifest: figures on the screen, as JSON and as a page."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import command
from tests.models.tiny import build_tiny_package
from tpviewer.models.model_package import load_package
from tpviewer.resources import resource


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve frames of the bundled phantom with made-up labels."""
    path = tmp_path_factory.mktemp("manifest") / "own.csv"
    rows = [f"{resource('phantom', 'phantom.mp4')},p{k // 2},{k},{k % 2},old" for k in range(12)]
    path.write_text("\n".join(["path,person,frame,AU12,age", *rows]))
    return path


def test_a_manifest_is_measured_told_and_written(manifest: Path, tmp_path: Path) -> None:
    model = build_tiny_package(tmp_path / "tiny")
    words = ["evaluate", model, manifest, "--work", manifest.parent / "work", "-o", tmp_path / "out"]
    result = command(*words, "--write-card", "--json")
    assert result.code == 0, result.err
    report = json.loads(result.out)
    assert report == json.loads((tmp_path / "out" / "evaluation.json").read_text())
    (part,) = report["sets"]
    assert (part["crops"], part["persons"]) == (12, 6)
    assert set(part["aus"]) == {"AU12"}
    assert part["groups"]["age"]["old"]["AU12"]["present"] == 6
    assert report["experimental"] == list(load_package(model).card.experimental) == ["AU01", "AU06", "AU12"]
    assert "AU12" in (tmp_path / "out" / "evaluation.html").read_text()
    assert load_package(model).card.quality["own"]["AU12"] == part["aus"]["AU12"]
    again = command(*words)
    assert again.code == 0
    assert "12 faces of 6 people" in again.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("absent.mp4",), "no such file or folder"),
        (("phantom.csv",), "phantom.csv"),
        (("renders:absent.npz",), "absent.npz"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, tiny_model: Path, words: tuple[str], told: str) -> None:
    result = command("evaluate", tiny_model, *words, "--work", tmp_path)
    assert result.code == 2
    assert told in result.err
    assert len(result.err.strip().splitlines()) == 1
