"""The report's figures are what counting by hand gives, and its verdict what the bounds say."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from tests.cli.fake_phantom import CHANGE, FOUND, SWITCH, TRUE, FakeSession, truth
from tests.oracle.spectral import adjusted_rand_index
from tpviewer.cli import validate_measures
from tpviewer.cli.validate import about_run, measure, report
from tpviewer.cli.validate_criteria import Criterion, f1_by_au, judge
from tpviewer.cli.validate_measures import (
    Measured,
    compare_aus,
    compare_grounding,
    compare_looks,
    compare_planted,
    compare_stages,
)
from tpviewer.cli.validate_page import page
from tpviewer.cli.validate_text import verdict


@pytest.fixture(autouse=True, scope="module")
def _few_shares() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate_measures, "SHARES", (0.5,))
        yield


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure([(FakeSession(), truth(), "fake")])


def criterion(criteria: list[Criterion], words: str) -> Criterion:
    (found,) = [one for one in criteria if words in one.name]
    return found


def test_f1_and_events_are_counted_frame_by_frame() -> None:
    rows = {row.au: row for row in compare_aus(FakeSession(), truth(), "fake", "steady")}
    for column, au in enumerate(("AU04", "AU12", "AU45")):
        both = sum(bool(a and b) for a, b in zip(FOUND[:, column], TRUE[:, column], strict=True))
        assert rows[au].shared_frames == both
        assert rows[au].f1 == pytest.approx(
            2 * both / (FOUND[:, column].sum() + TRUE[:, column].sum()), abs=1e-4
        )
    four, twelve, blink = (rows[au] for au in ("AU04", "AU12", "AU45"))
    assert (four.events, four.onsets_in_time, four.offsets_in_time) == (2, 2, 1)
    assert (twelve.events, twelve.onsets_in_time, twelve.offsets_in_time) == (1, 1, 1)
    assert (blink.events, blink.spurious, blink.onset_error) == (0, 1, None)


def test_two_frames_at_25_are_one_at_15_and_three_at_40() -> None:
    in_time = {
        rate: [
            (r.onsets_in_time, r.offsets_in_time)
            for r in compare_aus(FakeSession(rate), truth(), "", "steady")
        ]
        for rate in (15, 40)
    }
    assert in_time[15] == [(1, 0), (1, 1), (0, 0)]
    assert in_time[40] == [(2, 2), (1, 1), (0, 0)]


def test_boundaries_are_those_of_the_shown_stages() -> None:
    row = compare_stages(FakeSession(), truth(), "fake", "steady")
    true = np.array([5, 10, 15, CHANGE, 30, 34, 40])
    found = np.array([7, 9, 18, SWITCH, 30, 33, 38])
    distance = np.abs(true[:, None] - found)
    assert (row.true_stages, row.found_stages) == (8, 8)
    assert row.true_near == (distance.min(axis=1) <= 3).sum()
    assert row.median_from_truth == np.median(distance.min(axis=1))


def test_looks_are_held_against_clusters_where_both_speak() -> None:
    (row,) = compare_looks(FakeSession(), truth(), "fake")
    frames = range(10, 33)
    expected = adjusted_rand_index([f >= SWITCH for f in frames], [f >= CHANGE for f in frames])
    assert (row.au, row.frames, row.looks, row.clusters) == ("AU12", 23, 2, 2)
    assert row.agreement == pytest.approx(expected, abs=1e-4)


def test_grounding_is_that_of_the_mean_map() -> None:
    rows = {row.au: row for row in compare_grounding(FakeSession(), truth(), "fake")}
    assert set(rows) == {"AU04", "AU12"}
    assert rows["AU04"].covered == pytest.approx(0.25)
    # Top-25 of sixteen equal pixels are the first four, all of them in the mask
    assert rows["AU04"].grounding == pytest.approx(1.0)
    assert rows["AU04"].mirrored == pytest.approx(-0.25 / 0.75, abs=1e-4)
    assert rows["AU12"].grounding == pytest.approx(1.0)
    assert rows["AU04"].frames == (FOUND[:, 0] & TRUE[:, 0]).sum()


def test_a_truth_without_masks_has_no_grounding() -> None:
    assert not list(compare_grounding(FakeSession(), replace(truth(), masks=None), "fake"))


def test_changes_are_planted_into_the_maps_of_what_was_found() -> None:
    rows = {row.au: row for row in compare_planted(FakeSession(), truth(), "fake")}
    assert {au: row.frames for au, row in rows.items()} == {"AU04": 19, "AU12": 24}
    assert rows["AU04"].agreement["0.5"] > 0.9


def test_the_verdict_follows_from_the_figures(measured: Measured) -> None:
    criteria = judge(measured)
    f1 = f1_by_au([row for row in measured.aus if row.profile == "steady"])
    assert set(f1) == {"AU04", "AU12"}
    assert criterion(criteria, "mean F1").value == pytest.approx(np.mean(list(f1.values())), abs=1e-4)
    assert criterion(criteria, "events are made up").value == pytest.approx(3 / 4)
    assert criterion(criteria, "Onsets").value == 1.0
    assert criterion(criteria, "Offsets").value == pytest.approx(2 / 3, abs=1e-4)
    assert not criterion(criteria, "Offsets").passed
    assert criterion(criteria, "grounding above").passed
    assert verdict(criteria).startswith("NOT PASSED")


def test_experimental_action_units_are_not_judged() -> None:
    measured = measure([(FakeSession(experimental=("AU04",)), truth(), "fake")])
    criteria = judge(measured)
    assert criterion(criteria, "Offsets").measured.startswith("1 of 1")
    assert criterion(criteria, "grounding above").value == pytest.approx(
        next(row.grounding - row.mirrored for row in measured.grounding if row.au == "AU12"), abs=1e-4
    )


def test_what_could_not_be_measured_does_not_pass() -> None:
    criteria = judge(Measured((), (), (), (), ()))
    assert not any(one.passed for one in criteria)
    assert all(one.value is None for one in criteria)


def test_an_action_unit_that_was_never_found_fails_its_look(measured: Measured) -> None:
    lost = replace(measured.looks[0], agreement=None, frames=0)
    changed = criterion(judge(replace(measured, looks=(*measured.looks, lost))), "Scripted")
    assert (changed.value, changed.passed) == (0.0, False)


def test_the_report_is_complete_and_names_no_machine(measured: Measured) -> None:
    pairs = [(FakeSession(), truth(), "fake")]
    told = json.loads(json.dumps(report(about_run(pairs), judge(measured), measured)))
    assert told["run"]["model_sha256"] == "ab" * 32
    assert told["run"]["phantoms"] == [{"name": "fake", "frames": 50, "sha256": "cd" * 32}]
    assert told["passed"] is False
    assert [row["au"] for row in told["looks"]] == ["AU12"]
    assert told["aus"] == [json.loads(json.dumps(asdict(row))) for row in measured.aus]
    assert "/" not in json.dumps(told["run"])


def test_the_page_holds_all_it_shows(measured: Measured) -> None:
    pairs = [(FakeSession(), truth(), "fake")]
    criteria = judge(measured)
    text = page(about_run(pairs), criteria, measured, pairs)
    assert verdict(criteria) in text
    assert "fake &lt;model&gt;" in text
    assert text.count("data:image/png;base64,") == 2
    assert "http" not in text
    assert 'src="data' in text
    for one in criteria:
        assert one.measured in text
