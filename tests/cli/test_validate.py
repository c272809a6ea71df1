"""The bundled model on the bundled phantoms: what the README promises of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import command
from tpviewer.core.alignment import CANONICAL
from tpviewer.core.relevance import top_x_mask
from tpviewer.resources import resource
from tpviewer.store.session import Session
from tpviewer.store.truth import read_truth

PHANTOMS = ["phantom", "appearance", "events", "photo", "two_people"]
CLEAR = ("AU01", "AU02", "AU04", "AU12", "AU26", "AU45")
PROMPT = ("AU01", "AU02", "AU12", "AU26", "AU45")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("validate")


@pytest.fixture(scope="module")
def told(folder: Path) -> dict:
    result = command("validate", "-o", folder, "--json")
    assert result.code in (0, 1), result.err
    report = json.loads(result.out)
    assert result.code == (0 if report["passed"] else 1)
    return report


def found(told: dict, video: str, profile: str) -> dict:
    return {row["au"]: row for row in told["aus"] if (row["video"], row["profile"]) == (video, profile)}


@pytest.mark.parametrize("au", CLEAR)
def test_the_clear_action_units_are_found_frame_by_frame(told: dict, au: str) -> None:
    row = found(told, "phantom", "steady")[au]
    assert row["f1"] >= 0.85
    assert row["missed"] == row["spurious"] == 0


@pytest.mark.parametrize("au", PROMPT)
def test_onsets_and_offsets_are_off_by_a_tenth_of_a_second_at_most(told: dict, au: str) -> None:
    row = found(told, "phantom", "steady")[au]
    assert row["onset_error"] <= 3
    assert row["offset_error"] <= 3


def test_no_blink_is_lost(told: dict) -> None:
    row = found(told, "phantom", "steady")["AU45"]
    assert (row["events"], row["missed"], row["spurious"]) == (2, 0, 0)


def test_au02_changes_its_look_where_one_brow_falls(told: dict, folder: Path) -> None:
    (truth,) = read_truth(resource("phantom", "phantom.json"))
    (change,) = truth.changes
    with Session(folder / "phantom.tpv") as session:
        looks = session.states("absorbed", "steady")[:, session.columns("steady").index("AU02")]
    before, after = looks[change.frame - 12], looks[change.frame + 12]
    assert before >= 0
    assert after >= 0
    assert before != after
    switch = change.frame - 12 + int(np.argmax(looks[change.frame - 12 : change.frame + 13] == after))
    assert abs(switch - change.frame) <= 5


def test_steady_keeps_the_stages_and_paper_shatters_them(told: dict) -> None:
    for row in told["stages"]:
        if row["profile"] == "steady" and row["video"] in ("phantom", "two_people"):
            most = {"phantom": 5, "two_people": 3}[row["video"]]
            assert abs(row["found_stages"] - row["true_stages"]) <= most
            assert row["share_within_3"] >= 0.7
            assert row["median_from_truth"] <= 3
            assert row["median_from_found"] <= 4


def test_the_report_says_what_was_run(told: dict, folder: Path) -> None:
    assert [video["name"] for video in told["run"]["phantoms"]] == PHANTOMS
    assert told["passed"] == all(criterion["passed"] for criterion in told["criteria"])
    assert len(told["run"]["model_sha256"]) == 64
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert told["run"]["model_sha256"] in page
    assert str(folder) not in page


def test_the_changes_of_look_that_were_scripted_become_clusters(told: dict) -> None:
    looks = {(row["video"], row["au"]): row["agreement"] for row in told["looks"]}
    assert set(looks) == {("phantom", "AU02"), *(("appearance", au) for au in ("AU12", "AU26", "AU02"))}
    assert looks["appearance", "AU12"] >= 0.8
    assert looks["appearance", "AU26"] >= 0.8


def test_brows_and_mouth_are_explained_where_they_move(told: dict) -> None:
    seen = {(row["video"], row["au"]): row for row in told["grounding"]}
    for au in ("AU01", "AU02", "AU12", "AU26"):
        row = seen["phantom", au]
        assert row["grounding"] >= 0.3
        assert row["mirrored"] <= row["grounding"] - 0.3
        assert au == "AU01" or row["mirrored"] < 0


def test_of_two_people_the_larger_is_analysed(told: dict, folder: Path) -> None:
    left = next(truth for truth in read_truth(resource("phantom", "two_people.json")) if truth.name == "left")
    with Session(folder / "two_people.tpv") as session:
        box = session.arrays.require("track/box")[0]
        assert set(session.arrays.require("track/of_face").tolist()) == {0, 1}
    assert left.boxes[0, 0] - 60 < box[0] < left.boxes[0, 0] + 60
    assert found(told, "two_people", "steady")["AU12"]["f1"] >= 0.85


def rows(low: float, high: float) -> slice:
    return slice(int(low), int(high))


@pytest.mark.parametrize(
    ("au", "region"),
    [
        ("AU02", rows(14, 37)),  # above the line of the eyes
        ("AU12", rows(50, 92)),  # below the nose's tip
        ("AU26", rows(56, 96)),
    ],
)
def test_the_top_25_relevance_lies_on_the_moving_part_of_the_face(
    told: dict, folder: Path, au: str, region: slice
) -> None:
    assert CANONICAL.targets[0] == (23, 37)
    with Session(folder / "phantom.tpv") as session:
        prototypes = session.prototypes(au, "steady")
        sizes = [cluster.frames for cluster in session.clusterings("steady")[au].clusters]
    mask = top_x_mask(prototypes[int(np.argmax(sizes))], 25.0)
    assert mask[region].sum() / mask.sum() > 0.6
