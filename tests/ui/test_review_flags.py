"""Which judgements the machine's result has changed under, found once for each."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from tests.ui.samples import make_snapshot
from tpviewer.core.annotations import Annotation
from tpviewer.core.judgements import Judgement
from tpviewer.store.snapshot import ResultSet
from tpviewer.ui import review_flags
from tpviewer.ui.review_flags import ReviewFlags, claim_of

FRAMES = 5000


@pytest.fixture
def results() -> ResultSet:
    snapshot = make_snapshot(FRAMES)
    return next(iter(snapshot.result_sets.values()))


def judgements(results: ResultSet, count: int) -> tuple[Judgement, ...]:
    """Judgements of AU04 that were made on these results."""
    step = FRAMES // count
    said = (Annotation(str(n), "AU04", n * step, (n + 1) * step, "present") for n in range(count))
    return tuple(Judgement(one, "Anna", "", 0.0, False, claim_of(one, results), "") for one in said)


def other(results: ResultSet, start: int, stop: int) -> ResultSet:
    """Results in which the machine says something else of AU04 in some frames."""
    activity = dict(results.activity)
    activity["smoothed"] = np.array(activity["smoothed"])
    activity["smoothed"][start:stop, results.columns.index("AU04")] ^= True
    return replace(results, activity=activity)


def test_only_what_the_result_changed_under_is_flagged(results: ResultSet) -> None:
    flags, made = ReviewFlags(), judgements(results, 5)
    unclaimed = replace(made[2], annotation=replace(made[2].annotation, key="unclaimed"), claim="")
    assert flags.keys(made, results) == frozenset()
    changed = other(results, 2000, 2001)
    assert flags.keys((*made, unclaimed), changed) == {"2"}
    assert flags.keys(made, None) == frozenset()
    assert flags.keys(made, results) == frozenset()
    moved = replace(made[2], annotation=replace(made[2].annotation, start=2100))
    kept = replace(made[2], claim=claim_of(made[2].annotation, changed))
    assert flags.keys((moved,), changed) == {"2"}
    assert flags.keys((kept,), changed) == frozenset()


def test_an_edit_of_one_compares_only_that_one(results: ResultSet, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def counted(judgement: Judgement, *known: object) -> bool:
        compared.append(judgement.annotation.key)
        return False

    monkeypatch.setattr(review_flags, "changed_since", counted)
    flags, made = ReviewFlags(), judgements(results, 50)
    flags.keys(made, results)
    assert len(compared) == 50
    edit = replace(made[7], annotation=replace(made[7].annotation, stop=made[7].annotation.stop - 1))
    flags.keys(
        tuple(replace(one) for one in (*made[:7], edit, *made[8:])), results
    )  # read from the file anew
    assert compared[50:] == ["7"]


@pytest.mark.alone
def test_five_thousand_judgements_hold_up_no_edit(results: ResultSet) -> None:
    flags, made = ReviewFlags(), judgements(results, FRAMES)
    flags.keys(made, results)
    took = []
    for _ in range(5):
        after = tuple(replace(one) for one in made)
        begun = perf_counter()
        flags.keys(after, results)
        took.append(perf_counter() - begun)
    assert min(took) < 0.015
