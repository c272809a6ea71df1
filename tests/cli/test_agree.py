"""``tpviewer agree``: the machine, reviewers and files of other programs against each other."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn.metrics import cohen_kappa_score

from tests.cli.conftest import command
from tests.export.made_session import PROFILE, make_session, states_of
from tests.models.tiny import AUS
from tests.store.judged import at, place
from tpviewer.core.rater_tracks import MACHINE
from tpviewer.importing.rated_videos import rated_videos
from tpviewer.media.video_writer import write_video
from tpviewer.store.patient import put_patient
from tpviewer.store.session import BLIND, Session

FRAMES = 40
ANN, BEN = "Ann", "Ben"


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "a.mp4"
    picture = np.zeros((96, 96, 3), np.uint8)
    write_video(path, (picture for _ in range(FRAMES)), Fraction(25))
    return path


def reviewed_session(path: Path, video: Path, seed: int = 0) -> Path:
    """A session in which Ann has coded blind and committed, and Ben has looked through half of it."""
    states = states_of(FRAMES, 9 + seed, unseen=(0, 3))
    make_session(path, video, states)
    with Session(path, writable=True) as session:
        place(session, ANN, at(5 + seed, 14, AUS[0], intensity=3), blind=True)
        place(session, ANN, at(20, 26 + seed, AUS[1]), blind=True)
        session.reviews.commit(ANN)
        place(session, BEN, at(6, 14, AUS[0], intensity=2))
        session.reviews.mark_done(BEN, 0, 20)
    return path


def row(told: dict, reference: str, other: str, au: str) -> dict:
    pair = next(p for p in told["agreement"] if (p["reference"], p["other"]) == (reference, other))
    return next(one for one in pair["aus"] if one["au"] == au)


def test_a_reviewer_is_the_reference_of_the_machine(tmp_path: Path, video: Path) -> None:
    path = reviewed_session(tmp_path / "a.tpv", video)
    result = command("agree", path, "--json")
    assert result.code == 0, result.err
    told = json.loads(result.out)
    (video_told,) = told["videos"]
    assert (video_told["name"], video_told["raters"]) == ("a", [ANN, BEN, "machine"])
    assert video_told["machine"]["model_sha256"] == "ab" * 32
    assert [(p["reference"], p["other"]) for p in told["agreement"]] == [
        (ANN, BEN),
        (ANN, "machine"),
        (BEN, "machine"),
    ]
    found = row(told, ANN, "machine", AUS[0])
    with Session(path) as session:
        machine = session.arrays.require(f"{PROFILE}/activity/smoothed")[3:, 0]
    ann = np.arange(3, FRAMES) < 14
    ann[:2] = False
    assert found["frames"] == FRAMES - 3  # there is no face in the first three
    assert found["kappa"]["value"] == pytest.approx(cohen_kappa_score(ann, machine), abs=1e-4)
    assert found["kappa"]["low"] is None  # one video
    assert found["icc"]["value"] is None  # the machine gives no intensity
    assert row(told, ANN, BEN, AUS[0])["icc"]["value"] > 0.5


def test_a_sighted_reviewer_counts_where_the_machine_was_not_left_to_stand(
    tmp_path: Path, video: Path
) -> None:
    path = reviewed_session(tmp_path / "a.tpv", video)
    with Session(path) as session:
        machine = session.arrays.require(f"{PROFILE}/activity/smoothed")[:, 0]
    told = json.loads(command("agree", path, "--reference", BEN, "--json").out)
    frames = np.arange(FRAMES)
    counted = (frames >= 3) & (frames < 20) & (~machine | ((frames >= 6) & (frames < 14)))
    assert row(told, BEN, "machine", AUS[0])["frames"] == counted.sum()
    with Session(path, writable=True) as session:
        session.meta.put(BLIND, [BEN])  # nothing was shown to Ben
    rated = rated_videos([path])
    assert rated.agreement(BEN, MACHINE).aus[0].frames == 17


def test_a_coder_is_told_nothing_of_the_machine_before_the_end_of_blind_coding(
    tmp_path: Path, video: Path
) -> None:
    path, open_to_all = (reviewed_session(tmp_path / f"{name}.tpv", video) for name in "ab")
    with Session(path, writable=True) as session:
        session.meta.put(BLIND, [BEN])
    result = command("agree", path, "--json")
    told = json.loads(result.out)
    assert [(pair["reference"], pair["other"]) for pair in told["agreement"]] == [(ANN, BEN)]
    assert told["videos"] == [{"name": "a", "raters": [ANN, BEN], "machine": None}]
    assert f"{path}: the machine is left out, for it is still hidden from {BEN}" in result.err
    both = json.loads(command("agree", path, open_to_all, "--json").out)
    assert row(both, ANN, "machine", AUS[0])["videos"] == 1


def test_what_others_left_to_stand_tells_a_blind_coder_nothing_of_the_machine(
    tmp_path: Path, video: Path
) -> None:
    path = reviewed_session(tmp_path / "a.tpv", video)
    seen = row(json.loads(command("agree", path, "--json").out), ANN, BEN, AUS[0])["frames"]
    with Session(path, writable=True) as session:
        session.meta.put(BLIND, ["Cem"])
    hidden = row(json.loads(command("agree", path, "--json").out), ANN, BEN, AUS[0])["frames"]
    assert hidden == 14 - 6 < seen  # where Ben, who sees the machine, gave a judgement of his own


def test_action_units_that_took_no_part_are_not_compared(tmp_path: Path, video: Path) -> None:
    path = reviewed_session(tmp_path / "a.tpv", video)
    with Session(path, writable=True) as session:
        session.meta.put("provenance", session.provenance | {"aus": list(AUS[:1])})
    told = json.loads(command("agree", path, "--json").out)
    pair = next(p for p in told["agreement"] if p["other"] == "machine")
    assert [one["au"] for one in pair["aus"]] == [AUS[0]]


def test_several_sessions_are_pooled_with_intervals_and_one_that_fails_is_named(
    tmp_path: Path, video: Path
) -> None:
    paths = [reviewed_session(tmp_path / f"s{seed}.tpv", video, seed) for seed in range(3)]
    singles = [json.loads(command("agree", path, "--json").out) for path in paths]
    missing = tmp_path / "missing.tpv"
    result = command("agree", *paths, missing, "--json")
    assert result.code == 1
    assert str(missing) in result.err
    told = json.loads(result.out)
    assert len(told["problems"]) == 1
    found = row(told, ANN, "machine", AUS[0])
    assert found["videos"] == 3
    assert found["frames"] == sum(row(one, ANN, "machine", AUS[0])["frames"] for one in singles)
    assert found["f1"]["low"] < found["f1"]["value"] < found["f1"]["high"]


def test_table_and_plot_say_the_same_as_the_terminal(tmp_path: Path, video: Path) -> None:
    path = reviewed_session(tmp_path / "a.tpv", video)
    table, plot = tmp_path / "t.csv", tmp_path / "t.png"
    shown = command("agree", path, "--tolerance", "0", "-o", table)
    told = json.loads(command("agree", path, "--tolerance", "0", "--json").out)
    assert "no intervals" in shown.out
    assert f"machine against {ANN}" in shown.out
    read = pd.read_csv(table)
    one = read[(read["reference"] == ANN) & (read["other"] == BEN) & (read["au"] == AUS[0])].iloc[0]
    expected = row(told, ANN, BEN, AUS[0])
    assert one["kappa"] == expected["kappa"]["value"]
    assert one["event_f1"] == expected["event_f1"]["value"]
    assert one["tolerance"] == told["agreement"][0]["tolerance_frames"] == 0
    assert command("agree", path, "-o", plot).code == 0
    with Image.open(plot) as picture:
        inside = picture.info["Description"]
    for made in map(json.loads, ((tmp_path / "t.provenance.json").read_text(encoding="utf-8"), inside)):
        (of,) = made["videos"]
        assert (of["name"], of["machine"]["model_sha256"]) == ("a", "ab" * 32)
        assert of["machine"]["thresholds"] == dict.fromkeys(AUS, 0.5)
        assert (of["machine"]["profile"], of["machine"]["program"]) == (PROFILE, "TPViewer 0")
        assert (ANN, "machine") in {(p["reference"], p["other"]) for p in made["agreement"]}
    vector = tmp_path / "t.svg"
    assert command("agree", path, "-o", vector).code == 0
    assert "ab" * 32 in vector.read_text(encoding="utf-8")


def test_a_pseudonym_stands_for_the_session_in_what_is_written(tmp_path: Path, video: Path) -> None:
    path = reviewed_session(tmp_path / "Meier.tpv", video)
    with Session(path, writable=True) as session, session.transaction():
        put_patient(session, "me", "P17", "")
    command("agree", path, "-o", tmp_path / "t.csv")
    text = (tmp_path / "t.provenance.json").read_text(encoding="utf-8")
    assert "P17" in text
    assert "Meier" not in text


def test_what_cannot_be_compared_is_said(tmp_path: Path, video: Path) -> None:
    path = make_session(tmp_path / "a.tpv", video, states_of(FRAMES, 9))
    alone = command("agree", path)
    assert alone.code == 2
    assert "raters: machine" in alone.err
    path = reviewed_session(tmp_path / "b.tpv", video)
    assert "choose one of Ann, Ben, machine" in command("agree", path, "--reference", "Eve").err
    assert ".csv, .pdf" in command("agree", path, "-o", tmp_path / "t.txt").err
    assert "holds no results named steady" in command("agree", path, "--profile", "steady").err
    assert command("agree", path, "--tolerance", "-1").code == 2


def openface(path: Path, presence: np.ndarray, intensity: np.ndarray) -> Path:
    """As OpenFace writes it, blanks in the header and all."""
    lines = ["frame, face_id, timestamp, confidence, success, AU04_r, AU04_c"]
    for frame, (c, r) in enumerate(zip(presence, intensity, strict=True)):
        lines.append(f"{frame + 1}, 0, {frame / 25:.3f}, 0.98, 1, {r:.2f}, {float(c):.2f}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_two_files_are_compared_on_the_first_ones_frames(tmp_path: Path) -> None:
    frames = np.arange(50)
    first, second = (frames >= 10) & (frames < 30), (frames >= 12) & (frames < 31)
    a = openface(tmp_path / "A.csv", first, first * 3.0)
    b = openface(tmp_path / "B.csv", second, second * 2.0)
    result = command("agree", a, b, "--json")
    assert result.code == 0, result.err
    told = json.loads(result.out)
    (pair,) = told["agreement"]
    assert pair["reference"] != pair["other"]
    (one,) = pair["aus"]
    assert one["frames"] == 50
    assert one["kappa"]["value"] == pytest.approx(cohen_kappa_score(first, second), abs=1e-4)
    assert one["icc"]["value"] == pytest.approx(
        2 * np.cov(first * 3, second * 2)[0, 1] / (np.var(first * 3, ddof=1) + np.var(second * 2, ddof=1)),
        abs=1e-3,
    )
    assert one["events_matched"] == 1


def test_a_file_is_compared_with_its_session_and_a_stray_one_is_named(tmp_path: Path, video: Path) -> None:
    sessions = [reviewed_session(tmp_path / f"s{seed}.tpv", video, seed) for seed in range(2)]
    flags = np.arange(FRAMES) < 20
    files = [openface(tmp_path / f"s{k}.of.csv", flags, flags * 1.0) for k in range(2)]
    stray = openface(tmp_path / "other.csv", flags, flags * 1.0)
    result = command("agree", *sessions, *files, stray, "--json")
    assert result.code == 1
    assert "other.csv" in result.err
    told = json.loads(result.out)
    assert {len(one["raters"]) for one in told["videos"]} == {4}
    raters = told["videos"][0]["raters"]
    assert raters[-1] == "machine"
