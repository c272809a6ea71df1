"""What exports tell of a review: the coder's word over the machine's, and of a blind coder nothing else."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.conftest import command
from tests.export.exchanged import FRAMES, exchanged_session
from tests.export.made_session import PROFILE
from tests.models.tiny import AUS
from tpviewer.core.annotations import Annotation, Change, placed
from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.core.judgements import claim
from tpviewer.core.stages import notation
from tpviewer.export.formats import write_export
from tpviewer.export.review import reviewer_result
from tpviewer.export.summary import summary
from tpviewer.store.session import BLIND, Session
from tpviewer.store.snapshot_reader import SnapshotReader

SEEING, BLIND_CODER = "Ayşe", "Björn"
SAID = (
    Annotation("a", "AU04", 5, 9, "present", 3),
    Annotation("b", "AU12", 0, 60, "absent"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = exchanged_session(tmp_path_factory.mktemp("reviewed"))
    with Session(path, writable=True) as session:
        changes = [Change(None, one) for one in SAID]
        session.reviews.change(BLIND_CODER, changes, "Place", blind=True, seconds=12.5)
        session.reviews.mark_done(BLIND_CODER, 0, 50, 1.5)
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path) as opened:
        yield opened


def told_of(session: Session, name: str) -> dict:
    return next(one for one in summary(session)["review"]["reviewers"] if one["name"] == name)


def test_the_reviewed_prototype_stands_beside_the_machine_s(session: Session) -> None:
    told = told_of(session, SEEING)
    after = reviewer_result(session, SEEING, PROFILE).after
    assert told["temporal_prototype"] == notation(after.stages) != summary(session)["temporal_prototype"]
    assert "(UNSEEN)" in told["temporal_prototype"]
    assert [stage["start"] for stage in told["stages"]] == [stage.start for stage in after.stages]
    assert told["differences"]
    assert {au for one in told["differences"] for au in one["added"]} >= {"AU04"}
    assert (told["blind"], told["committed"], told["done"]) == (False, False, [])


def test_a_judgement_is_told_as_it_was_made(session: Session) -> None:
    judgements = told_of(session, SEEING)["judgements"]
    first = next(one for one in judgements if one["au"] == "AU04")
    assert (first["start"], first["stop"], first["verdict"], first["intensity"]) == (3, 17, "present", "b")
    assert (first["side"], first["note"]) == ("left", "a frown; short")
    assert first["start_s"] == round(float(session.times[3]), 6)
    assert {one["au"] for one in judgements if one["reason"] in ("speech", "turned")} == {None}


def test_nothing_of_the_machine_is_told_of_a_blind_coder(session: Session) -> None:
    told = told_of(session, BLIND_CODER)
    assert told["temporal_prototype"] == "(NONE) -> (AU04) -> (NONE)"
    assert told["differences"] is None
    assert {one["changed_since"] for one in told["judgements"]} == {None}
    assert (told["blind"], told["seconds"], told["done"]) == (True, 14.0, [[0, 50]])
    values = {(one["start"], one["stop"]): one["value"] for one in told["pspi"]}
    assert values == {(0, 5): 0, (5, 9): 3, (9, 50): 0}


def test_a_blind_coder_s_files_hold_nothing_of_the_machine(session: Session, tmp_path: Path) -> None:
    written = write_export(session, "csv", tmp_path / "b.csv", reviewer=BLIND_CODER)
    assert {file.name for file in written} == {"b.csv", "b.reviewed.csv", "b.judgements.csv"}
    table = pd.read_csv(tmp_path / "b.csv", keep_default_na=False, na_values=[""])
    assert list(table.columns) == [
        *("frame", "timestamp", "AU04_reviewed", "AU04_intensity", "AU12_reviewed", "AU12_intensity"),
        *("pspi", "stage_reviewed"),
    ]
    assert table["AU04_reviewed"].isna().sum() == FRAMES - 4
    write_export(session, "json", tmp_path / "b.json", reviewer=BLIND_CODER)
    told = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert set(told) == {"video", "frames", "duration_s", "review"}
    assert [one["name"] for one in told["review"]["reviewers"]] == [BLIND_CODER]


def test_after_committing_the_machine_s_word_stands_where_the_coder_said_nothing(path: Path) -> None:
    with Session(path, writable=True) as session:
        session.meta.put(BLIND, [SEEING])
        assert told_of(session, SEEING)["differences"] is None
        session.meta.put(BLIND, [])

        def committed() -> dict:
            with session.transaction():
                session.reviews.commit(BLIND_CODER)
                found.append(told_of(session, BLIND_CODER))
                raise KeyboardInterrupt

        found: list[dict] = []
        with pytest.raises(KeyboardInterrupt):
            committed()
    assert not found[0]["blind"]
    assert "(UNSEEN)" in found[0]["temporal_prototype"]
    assert found[0]["pspi"]


def test_the_frame_table_has_the_reviewer_s_columns_last(session: Session, tmp_path: Path) -> None:
    written = write_export(session, "csv", tmp_path / "a.csv", reviewer=SEEING)
    assert {file.name for file in written} >= {"a.csv", "a.stages.csv", "a.reviewed.csv", "a.judgements.csv"}
    table = pd.read_csv(tmp_path / "a.csv", keep_default_na=False, na_values=[""])
    write_export(session, "csv", tmp_path / "plain.csv")
    plain = pd.read_csv(tmp_path / "plain.csv", keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(table[plain.columns], plain)
    result = reviewer_result(session, SEEING, PROFILE)
    for index, au in enumerate(result.after.columns):
        known = result.after.known[:, index]
        np.testing.assert_array_equal(table[f"{au}_reviewed"].notna(), known)
        np.testing.assert_array_equal(
            table[f"{au}_reviewed"][known], result.after.present[known, index].astype(int)
        )
    assert table["AU04_intensity"][3:17].tolist() == [2] * 14
    assert table["AU04_intensity"].notna().sum() == 14
    stages = pd.read_csv(tmp_path / "a.reviewed.csv", keep_default_na=False)
    assert stages["label"][stages["start"] <= 3].iloc[-1] == table["stage_reviewed"][3]
    judgements = pd.read_csv(tmp_path / "a.judgements.csv", keep_default_na=False)
    assert sorted(set(judgements["au"])) == ["AU04", "AU06", "AU12", "face", "speech"]


def test_an_action_unit_that_took_no_part_is_not_read_as_absent(path: Path) -> None:
    with Session(path, writable=True) as session:
        known = session.provenance
        session.meta.put("provenance", known | {"aus": [au for au in AUS if au != "AU06"]})
        after = reviewer_result(session, SEEING, PROFILE).after
        session.meta.put("provenance", known)
    column = after.columns.index("AU06")
    assert column >= after.modelled
    assert not after.known[:, column].any()


def test_another_result_is_flagged(path: Path) -> None:
    with Session(path, writable=True) as session:
        activity = session.arrays.require(f"{PROFILE}/activity/smoothed")
        one = Annotation("claimed", AUS[0], 0, 30, "present")
        made_on = claim(activity[:30, 0])
        session.reviews.change("Claire", placed([], one), "Place", claims={one.key: made_on})
        assert [j["changed_since"] for j in told_of(session, "Claire")["judgements"]] == [False]
        session.arrays.put(f"{PROFILE}/activity/smoothed", ~activity)
        assert [j["changed_since"] for j in told_of(session, "Claire")["judgements"]] == [True]
        session.arrays.put(f"{PROFILE}/activity/smoothed", activity)
        session.edits.undo("Claire")


def test_who_has_not_reviewed_is_named_with_those_who_have(session: Session, tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="Dora has not reviewed it; those who have are Ayşe, Björn"):
        write_export(session, "csv", tmp_path / "d.csv", reviewer="Dora")
    with pytest.raises(ParameterError, match="goes with csv, json only"):
        write_export(session, "figure", tmp_path / "d.png", reviewer=SEEING)


def test_the_command_line_shows_and_exports_a_review(path: Path, tmp_path: Path) -> None:
    shown = command("show", path)
    assert shown.code == 0, shown.err
    assert f"review by {BLIND_CODER}: 2 judgements" in shown.out
    assert "blind, not committed: without the machine" in shown.out
    result = command("export", path, "--to", "json", "-o", tmp_path / "c.json", "--reviewer", SEEING)
    assert result.code == 0, result.err
    told = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in told["review"]["reviewers"]] == [SEEING]
    assert "layers" in told


def test_the_command_line_warns_before_it_tells_the_machine_s_word_beside_blind_coding(
    path: Path, tmp_path: Path
) -> None:
    note = f"{path}: coded blind by {BLIND_CODER}, and this tells what the machine says"
    assert note in command("show", path).err
    out = tmp_path / "c.json"
    assert note in command("export", path, "--to", "json", "-o", out).err
    alone = command("export", path, "--to", "json", "-o", out, "--reviewer", BLIND_CODER)
    assert (alone.code, alone.err) == (0, "")
    open_to_all = tmp_path / "open.tpv"
    shutil.copy(path, open_to_all)
    with Session(open_to_all, writable=True) as session:
        session.reviews.commit(BLIND_CODER)
    assert command("show", open_to_all).err == ""


def test_a_hidden_snapshot_shows_the_video_and_nothing_of_the_machine(path: Path) -> None:
    with SnapshotReader(path) as reader:
        snapshot = reader.read()
    hidden = snapshot.hidden()
    assert snapshot.result_sets
    assert not hidden.result_sets
    assert hidden.shown(PROFILE) is None
    assert np.isnan(hidden.probabilities).all()
    assert hidden.probabilities.shape == snapshot.probabilities.shape
    np.testing.assert_array_equal(hidden.times, snapshot.times)
    assert hidden.progress == snapshot.progress
