"""``tpviewer compare``: sessions, folders and a corpus beside each other."""

import csv
import json
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import command
from tests.export.made_session import make_session
from tests.models.tiny import AUS
from tpviewer.core.stages import stage_label, stages_from_states
from tpviewer.media.video_writer import write_video
from tpviewer.store.corpus import Corpus, CorpusSequence, JointSequence, write_corpus
from tpviewer.store.patient import put_patient
from tpviewer.store.session import BLIND, Session

FRAMES = 12
BROW, CHEEK, SMILE = range(len(AUS))
JOY = ((), (CHEEK,), (CHEEK, SMILE), (SMILE,))
SURPRISE = ((), (BROW,), ())
"""Action Units of each stage, three or four frames each."""


def states_of(sets, look: int = 0) -> np.ndarray:
    states = np.full((FRAMES, len(AUS)), -1, np.int16)
    for number, active in enumerate(sets):
        each = FRAMES // len(sets)
        stop = FRAMES if number == len(sets) - 1 else (number + 1) * each
        states[number * each : stop, list(active)] = look
    return states


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three who smile, of whom one shows less, and two who are surprised."""
    place = tmp_path_factory.mktemp("library")
    video = place / "a.mp4"
    write_video(video, (np.zeros((96, 96, 3), np.uint8) for _ in range(FRAMES)), Fraction(25))
    for name, sets in (
        ("joy/first", JOY),
        ("joy/second", JOY),
        ("joy/third", JOY[1:3]),
        ("surprise/fourth", SURPRISE),
        ("surprise/fifth", SURPRISE),
    ):
        path = place / "sessions" / f"{name}.tpv"
        path.parent.mkdir(parents=True, exist_ok=True)
        make_session(path, video, states_of(sets))
        with Session(path, writable=True) as session, session.transaction():
            put_patient(session, "Ann", path.stem, "")
    return place / "sessions"


def told_by(*words: str | Path) -> dict:
    done = command("compare", *words, "--json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_folder_is_compared_with_its_sub_folders_as_labels(folder: Path) -> None:
    told = told_by(folder)
    assert [one["name"] for one in told["sequences"]] == ["first", "second", "third", "fifth", "fourth"]
    assert [one["label"] for one in told["sequences"]] == ["joy"] * 3 + ["surprise"] * 2
    assert told["identical"] == [[0, 1], [3, 4]]
    assert told["inclusions"] == [{"part": 2, "whole": 0}, {"part": 2, "whole": 1}]
    assert [one["group"] for one in told["sequences"]] == [0, 0, 2, 1, 1]
    assert told["sequences"][2]["nearest"][0] == {"number": 0, "distance": 0.5}
    assert told["sequences"][2]["temporal_prototype"] == "(AU06_A) -> (AU06_A, AU12_A)"
    patterns = {one["pattern"]: one for one in told["patterns"]}
    assert set(patterns) == {
        "(AU06_A) -> (AU06_A, AU12_A)",
        "(AU06_A) -> (AU06_A, AU12_A) -> (AU12_A)",
        "(AU01_A)",
    }
    shared = patterns["(AU06_A) -> (AU06_A, AU12_A)"]
    assert (shared["support"], shared["maximal"]) == (3, False)
    assert [one["lift"] for one in shared["labels"]] == [pytest.approx(5 / 3, abs=1e-6), 0]


def test_every_hit_is_a_place_in_its_session(folder: Path) -> None:
    told = told_by(folder)
    shared = next(one for one in told["patterns"] if one["support"] == 3)
    assert [hit["stages"] for hit in shared["hits"]] == [[1, 2], [1, 2], [0, 1]]
    for hit in shared["hits"]:
        with Session(Path(hit["session"])) as session:
            found = [session.stages()[number] for number in hit["stages"]]
            assert [stage_label(stage) for stage in found] == ["AU06_A", "AU06_A, AU12_A"]
            assert (hit["start"], hit["stop"]) == (found[0].start, found[-1].stop)
            assert hit["start_s"] == pytest.approx(session.times[found[0].start])


def test_gaps_and_co_occurrence_only(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tpv"
    shutil.copy(folder / "joy" / "first.tpv", other)
    with Session(other, writable=True) as session, session.transaction():
        states = states_of(JOY[1:2] + SURPRISE[1:2] + JOY[2:], look=1)
        session.results.put_stages("paper", "absorbed", list(stages_from_states(states, AUS)))
    inputs = (folder / "joy" / "third.tpv", other)
    assert told_by(*inputs, "--letters", "none")["inclusions"] == []
    assert told_by(*inputs, "--gaps")["inclusions"] == []
    told = told_by(*inputs, "--letters", "none", "--gaps")
    assert told["inclusions"] == [{"part": 0, "whole": 1}]
    assert [hit["stages"] for hit in told["patterns"][0]["hits"]] == [[0, 1], [0, 2]]
    assert told["patterns"][0]["pattern"] == "(AU06) -> (AU06, AU12)"


def test_a_corpus_brings_labels_and_letters(folder: Path, tmp_path: Path) -> None:
    sequences = []
    for name, look in (("first", 0), ("second", 1)):
        shutil.copy(folder / "joy" / f"{name}.tpv", tmp_path)
        joint = JointSequence({}, stages_from_states(states_of(JOY, look), AUS))
        sequences.append(CorpusSequence(f"S1/{name}", "S1", "joy", f"{name}.tpv", joint=joint))
    sequences.append(CorpusSequence("S1/none", "S1", "joy", "none.tpv", error="no face"))
    write_corpus(tmp_path, Corpus("folders", "paper", {}, tuple(sequences)))
    told = told_by(tmp_path)
    assert told["letters"] == "joint"
    assert [one["person"] for one in told["sequences"]] == ["S1", "S1"]
    assert told["identical"] == []
    assert told["sequences"][1]["temporal_prototype"].startswith("(NONE) -> (AU06_B)")
    assert told_by(tmp_path, "--letters", "own")["identical"] == [[0, 1]]


def test_tables_and_what_is_printed_say_the_same(folder: Path, tmp_path: Path) -> None:
    done = command("compare", folder, "--csv", tmp_path / "tables")
    assert done.code == 0
    for words in ("identical: first, second", "third ⊂ first", "3 closed patterns", "first, stage 2"):
        assert words in done.out
    told = told_by(folder)
    tables = {}
    for path in (tmp_path / "tables").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    assert [row["temporal_prototype"] for row in tables["sequences"]] == [
        one["temporal_prototype"] for one in told["sequences"]
    ]
    assert [(int(row["part"]), int(row["whole"])) for row in tables["inclusions"]] == [(2, 0), (2, 1)]
    assert len(tables["patterns"]) == sum(len(one["labels"]) for one in told["patterns"])
    assert len(tables["hits"]) == sum(len(one["hits"]) for one in told["patterns"])
    assert {row["stages"] for row in tables["hits"] if row["pattern"] == "0"} == {
        " ".join(map(str, hit["stages"])) for hit in told["patterns"][0]["hits"]
    }


def test_the_command_warns_of_a_session_that_is_still_coded_blind(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_session(tmp_path / f"{name}.tpv", folder.parent / "a.mp4", states_of(JOY))
    with Session(tmp_path / "two.tpv", writable=True) as session:
        session.meta.put(BLIND, ["Ben"])
    done = command("compare", tmp_path)
    assert done.code == 0
    assert f"{tmp_path / 'two.tpv'}: coded blind by Ben" in done.err
    assert str(tmp_path / "one.tpv") not in done.err


def test_a_stage_that_follows_itself_is_printed_once_with_its_count(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        states = states_of(((BROW,), (), (BROW,), (), (BROW,), (CHEEK,)))
        make_session(tmp_path / f"{name}.tpv", folder.parent / "a.mp4", states)
    done = command("compare", tmp_path, "--gaps")
    assert done.code == 0, done.err
    assert "(AU01_A) ×3 -> (AU06_A)" in done.out
    assert "(AU01_A) -> (AU01_A)" not in done.out
    whole = "(AU01_A) -> (AU01_A) -> (AU01_A) -> (AU06_A)"
    assert whole in {one["pattern"] for one in told_by(tmp_path, "--gaps")["patterns"]}
    command("compare", tmp_path, "--gaps", "--csv", tmp_path / "tables")
    assert whole in (tmp_path / "tables" / "patterns.csv").read_text(encoding="utf-8")


def test_only_maximal_patterns_and_no_longer_than_asked_for(folder: Path) -> None:
    assert {one["maximal"] for one in told_by(folder, "--maximal")["patterns"]} == {True}
    assert max(one["stages"] for one in told_by(folder, "--longest", "1")["patterns"]) == 1
    assert [one["support"] for one in told_by(folder, "--support", "0.6")["patterns"]] == [3]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--support", "0"), "write a share above 0"),
        (("--longest", "0"), "at least 1 stage"),
        (("--letters", "joint"), "has no joint letters"),
    ],
)
def test_options_that_make_no_sense_are_refused(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = command("compare", folder, *words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_sessions_that_cannot_be_used_are_named_and_the_rest_is_compared(
    folder: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.tpv"
    damaged.write_bytes(b"no session at all")
    done = command("compare", folder / "joy", damaged)
    assert done.code == 1
    assert "damaged.tpv" in done.err
    assert "identical: first, second" in done.out
    assert command("compare", damaged).code == 2
    (tmp_path / "empty").mkdir()
    assert "holds no session" in command("compare", tmp_path / "empty").err
