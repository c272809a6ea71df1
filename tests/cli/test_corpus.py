"""``tpviewer corpus``: one command from the folder of a corpus to Table 1."""

from pathlib import Path

import cv2
import pytest

from tests.cli.conftest import Pictures, command
from tpviewer.corpus.layouts import LAYOUTS
from tpviewer.store.corpus import read_corpus
from tpviewer.store.session import Session


@pytest.fixture
def corpus(tmp_path: Path, faces: Pictures) -> Path:
    """A sequence with a label, and one that is damaged."""
    folder = tmp_path / "ckplus"
    place = folder / "cohn-kanade-images" / "S005" / "001"
    place.mkdir(parents=True)
    for number, face in enumerate(faces[:6], start=1):
        cv2.imwrite(str(place / f"S005_001_{number:08d}.png"), face[:, :, ::-1])
    emotion = folder / "Emotion" / "S005" / "001" / "S005_001_00000006_emotion.txt"
    emotion.parent.mkdir(parents=True)
    emotion.write_text("7")
    (folder / "cohn-kanade-images" / "S010" / "002").mkdir(parents=True)
    return folder


def test_a_corpus_becomes_sessions_and_tables(corpus: Path, tmp_path: Path, tiny_model: Path) -> None:
    out = tmp_path / "out"
    words = ("corpus", corpus, "--layout", "ckplus", "-o", out, "--model", tiny_model, "--jobs", "1")
    first = command(*words)
    assert first.code == 1
    assert f"failed: {corpus / 'cohn-kanade-images' / 'S010' / '002'}: there is no image" in first.err
    assert "surprise" in first.out
    assert "6.00" in first.out
    names = {"S005_001.tpv", "corpus.json", "prototypes.csv", "sequences.csv"}
    assert {path.name for path in out.iterdir()} == names | {f"table1.{s}" for s in ("md", "csv", "png")}
    known = read_corpus(out)
    assert [(one.label, one.error is None) for one in known.sequences] == [("surprise", True), (None, False)]
    with Session(out / "S005_001.tpv") as session:
        assert (session.profile, session.video.frames) == ("paper", 6)
    table = (out / "table1.md").read_bytes()
    assert command(*words).out == first.out
    assert (out / "table1.md").read_bytes() == table


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--layout", "ckplus"), "cohn-kanade-images: there is no such folder"),
        (("--layout", "folders"), "no sequence was found in it"),
        (("--layout", "folders", "--jobs", "0"), "--jobs is 0"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    (tmp_path / "empty").mkdir()
    result = command("corpus", tmp_path / "empty", "-o", tmp_path / "out", *words)
    assert result.code == 2
    assert told in result.err
    assert not (tmp_path / "out").exists()


def test_layouts_are_those_of_the_product() -> None:
    assert tuple(LAYOUTS) == ("ckplus", "folders")
