"""A corpus file gives back what was written, and says what is wrong with one that cannot be read."""

import json
from pathlib import Path

import pytest

from tpviewer.core.errors import SessionError
from tpviewer.core.stages import Stage
from tpviewer.store.corpus import (
    CORPUS_FILE,
    Corpus,
    CorpusSequence,
    JointSequence,
    read_corpus,
    write_corpus,
)

JOINT = JointSequence(
    letters={"AU02": ((1, 5, 0), (5, 12, 27))},
    stages=(Stage(0, 1, (), unseen=True), Stage(1, 12, (("AU02", 27), ("AU12", 0)), purity=0.75)),
)
CORPUS = Corpus(
    layout="ckplus",
    profile="paper",
    provenance={"program": "x", "thresholds": {"AU02": 0.5}},
    sequences=(
        CorpusSequence("S005/001", "S005", "surprise", "S005_001.tpv", joint=JOINT),
        CorpusSequence("Köln 7", None, None, "Köln 7.tpv", error="no image can be read"),
    ),
    looks={"AU02": 28},
)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert write_corpus(tmp_path, CORPUS) == tmp_path / CORPUS_FILE
    assert read_corpus(tmp_path) == CORPUS
    assert [path.name for path in tmp_path.iterdir()] == [CORPUS_FILE]


def test_letters_are_written_as_they_are_read(tmp_path: Path) -> None:
    told = json.loads(write_corpus(tmp_path, CORPUS).read_text(encoding="utf-8"))
    assert told["sequences"][0]["joint"]["letters"] == {"AU02": [[1, 5, "A"], [5, 12, "AB"]]}
    assert told["sequences"][0]["joint"]["stages"][1]["set"] == [["AU02", "AB"], ["AU12", "A"]]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": "tpviewer-corpus-9"}', '{"format": "tpviewer-corpus-1", "layout": "x"}']
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / CORPUS_FILE).write_text(text)
    with pytest.raises(SessionError, match=r"corpus\.json: no corpus file of this program"):
        read_corpus(tmp_path)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="make it with `tpviewer corpus"):
        read_corpus(tmp_path)
