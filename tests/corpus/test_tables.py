"""What stands beside Table 1: sequences, prototypes, and how much of a known truth was found."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.sequences import Frames, frames, result
from tpviewer.core.errors import SessionError
from tpviewer.corpus.recording import Recording
from tpviewer.corpus.results import Analysed
from tpviewer.corpus.tables import notes, write_tables
from tpviewer.store.corpus import Corpus, CorpusSequence

RISE = frames((3, "NONE"), (2, "AU01_A"), (2, "AU01_A AU02_A"))
LATE = frames((4, "NONE"), (1, "AU02_B"), (2, "AU01_A AU02_B"))
CALM = frames((6, "NONE"))


def one(number: int, label: str | None, found: Frames, true: Frames) -> Analysed:
    name = f"S001/{number:03d}"
    return Analysed(
        sequence=CorpusSequence(name, "S001", label, f"S001_{number:03d}.tpv"),
        recording=Recording(name, "S001", label, Path(name), codes=((1, 3.0), (2, 0.0))),
        found=result(label, found),
        true=result(label, true),
    )


FOUND = [
    one(1, "surprise", RISE, RISE),
    one(2, "surprise", LATE, RISE),
    one(3, None, CALM, RISE),
    one(4, "joy", RISE, RISE),
]
LOST = CorpusSequence("S001/005", "S001", "joy", "S001_005.tpv", error="it is damaged")
CORPUS = Corpus(
    layout="folders",
    profile="paper",
    provenance={"model": "stub", "model_version": "1"},
    sequences=(*(known.sequence for known in FOUND), LOST),
)
RECORDINGS = [*(known.recording for known in FOUND), Recording("S001/005", "S001", "joy", Path("gone"))]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_sequence_has_its_line(tmp_path: Path) -> None:
    write_tables(CORPUS, RECORDINGS, FOUND, tmp_path)
    written = rows(tmp_path / "sequences.csv")
    assert [row["sequence"] for row in written] == [sequence.name for sequence in CORPUS.sequences]
    first, late, _, _, lost = written
    assert (first["label"], first["frames"], first["stages"], first["facs"]) == (
        "surprise",
        "7",
        "3",
        "AU01:3 AU02:0",
    )
    assert float(first["reduction"]) == 1 - 3 / 7
    assert late["prototype"] == "(NONE) -> (AU02_B) -> (AU01_A, AU02_B)"
    assert late["prototype_cooccurrence"] == "(NONE) -> (AU02_A) -> (AU01_A, AU02_A)"
    assert late["true_prototype"] == first["prototype"]
    assert (lost["error"], lost["frames"], lost["prototype"]) == ("it is damaged", "", "")


def test_prototypes_are_counted_the_most_frequent_first(tmp_path: Path) -> None:
    write_tables(CORPUS, RECORDINGS, FOUND, tmp_path)
    written = [row for row in rows(tmp_path / "prototypes.csv") if row["variant"] == "stages"]
    assert [int(row["sequences"]) for row in written] == [2, 1, 1]
    assert (written[0]["labels"], written[0]["found_in"]) == ("joy surprise", "S001/001 S001/004")
    assert written[0]["prototype"] == "(NONE) -> (AU01_A) -> (AU01_A, AU02_A)"


def test_what_is_known_to_be_true_is_compared(tmp_path: Path) -> None:
    table = write_tables(CORPUS, RECORDINGS, FOUND, tmp_path)
    assert table.true["surprise"].prototypes == 1
    assert table.columns["surprise"].prototypes == 2
    told = " ".join(notes(CORPUS, FOUND))
    assert "4 sequences, 1 failed" in told
    assert "was found in 2 of 4 sequences, its last stage in 3" in told
    assert told.split(". ")[-1] in (tmp_path / "table1.md").read_text(encoding="utf-8")


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"table1\.md: cannot be written"):
        write_tables(CORPUS, RECORDINGS, FOUND, tmp_path / "gone")


def test_tables_are_written_though_every_sequence_failed(tmp_path: Path) -> None:
    failed = tuple(replace(one, error="no face", joint=None) for one in CORPUS.sequences)
    write_tables(replace(CORPUS, provenance={}, sequences=failed), RECORDINGS, [], tmp_path)
    rows = (tmp_path / "sequences.csv").read_text(encoding="utf-8").splitlines()
    assert [("no face" in row) for row in rows[1:]] == [True] * len(failed)
    assert (tmp_path / "table1.png").stat().st_size > 0
