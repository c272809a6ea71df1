"""Missing labels teach nothing, people stay apart, and a stopped fit goes on as if it had not stopped."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.training.tiny_crops import K, crops
from tpviewer.core.errors import ParameterError
from tpviewer.models.architectures import ARCHITECTURES, Architecture
from tpviewer.models.quiet import import_tensorflow
from tpviewer.training.augment import augment
from tpviewer.training.dataset import split_by_person
from tpviewer.training.fit import FitParams, FitProgress, best_network, fit
from tpviewer.training.inputs import predict
from tpviewer.training.loss import answer_entropy, label_weights, masked_entropy, masked_loss
from tpviewer.training.measure import areas_under_roc


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that learns in a moment."""
    networks = {"tiny": Architecture(((4,), (8,)), 16, side=24)}
    monkeypatch.setattr("tpviewer.models.architectures.ARCHITECTURES", networks)
    monkeypatch.setattr("tpviewer.training.fit.ARCHITECTURES", networks)


PARAMS = FitParams(steps=20, architecture="tiny", batch=16, rate=0.01, patience=99)


def slow_loss(labels: np.ndarray, logits: np.ndarray, weights: np.ndarray) -> float:
    """Cross entropy label by label, averaged over those that are there."""
    total, count = 0.0, 0
    for i in range(labels.shape[0]):
        for k in range(labels.shape[1]):
            if labels[i, k] < 0:
                continue
            target = 0.02 + 0.96 * labels[i, k]
            p = 1 / (1 + np.exp(-float(logits[i, k])))
            total -= weights[k] * target * np.log(p) + (1 - target) * np.log(1 - p)
            count += 1
    return total / count if count else 0.0


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_is_the_mean_over_present_labels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(-1, 2, (7, K)).astype(np.int8)
    logits = rng.normal(0, 2, (7, K)).astype(np.float32)
    weights = rng.uniform(1, 3, K).astype(np.float32)
    assert masked_loss(labels, logits, weights) == pytest.approx(slow_loss(labels, logits, weights), rel=1e-5)


def test_without_any_label_there_is_no_loss() -> None:
    nothing = np.full((3, K), -1, np.int8)
    assert masked_loss(nothing, np.ones((3, K)), np.ones(K, np.float32)) == 0.0


def test_a_missing_label_has_no_gradient() -> None:
    tensorflow = import_tensorflow()
    labels = np.array([[1, -1, 0], [-1, -1, 1]], np.float32)
    logits = tensorflow.Variable(np.ones((2, 3), np.float32))
    with tensorflow.GradientTape() as tape:
        loss = masked_entropy(labels, logits, np.ones(3, np.float32))
    gradient = tape.gradient(loss, logits).numpy()
    assert (gradient[labels < 0] == 0).all()
    assert (gradient[labels >= 0] != 0).all()


def test_weights_balance_within_bounds() -> None:
    labels = np.array([[1, 1, 0]] + [[0, 1, 0]] * 99, np.int8)
    assert label_weights(labels).tolist() == [3.0, 1.0, 3.0]


def test_no_person_is_on_both_sides_of_a_split() -> None:
    data = crops(200, persons=20)
    training, held_out = split_by_person(data, 0.25, seed=1)
    assert not set(training.persons) & set(held_out.persons)
    assert len(set(held_out.persons)) == 5
    assert len(training) + len(held_out) == 200


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("channels", [1, 2])
def test_a_fit_learns_what_it_is_shown(tmp_path: Path, channels: int) -> None:
    training, held_out = crops(120, 0), crops(60, 1)
    for data in (training, held_out):
        data.labels[:, 1:] = -1
    params = replace(PARAMS, channels=channels, steps=60)
    progress = list(fit([training], [held_out], tmp_path, params))
    assert [p.step for p in progress] == list(range(3, 61, 3))
    assert progress[-1].minutes_left == 0 < progress[0].minutes_left
    model = best_network(tmp_path, params)
    areas = [
        areas_under_roc(held_out.labels, predict(model, held_out, use_neutrals=u))[0] for u in (True, False)
    ]
    assert min(areas) > 0.8
    assert max(p.held_out_auc[0] for p in progress) == pytest.approx(areas[0], abs=1e-3)


@pytest.mark.usefixtures("tiny")
def test_a_fit_in_bfloat16_leaves_a_network_in_float32_that_learnt_the_same(tmp_path: Path) -> None:
    training, held_out = crops(120, 0), crops(60, 1)
    for data in (training, held_out):
        data.labels[:, 1:] = -1
    params = replace(PARAMS, steps=60, bfloat16=True)
    progress = list(fit([training], [held_out], tmp_path, params))
    model = best_network(tmp_path, params)
    assert {weights.dtype.name for weights in model.weights} == {"float32"}
    assert {layer.compute_dtype for layer in model.layers} == {"float32"}
    area = areas_under_roc(held_out.labels, predict(model, held_out))[0]
    assert area > 0.8
    assert max(p.held_out_auc[0] for p in progress) == pytest.approx(area, abs=0.02)
    with pytest.raises(ParameterError, match="bfloat16"):
        list(fit([training], [held_out], tmp_path, replace(params, bfloat16=False)))


@pytest.mark.usefixtures("tiny")
def test_a_stopped_fit_ends_with_the_same_weights(tmp_path: Path) -> None:
    sets, held_out = [crops(60, 0)], [crops(40, 1)]
    whole = list(fit(sets, held_out, tmp_path / "whole", PARAMS))
    for _, progress in zip(range(3), fit(sets, held_out, tmp_path / "parts", PARAMS), strict=False):
        stopped = progress
    again = list(fit(sets, held_out, tmp_path / "parts", PARAMS))
    assert again[0].step == stopped.step + 1
    np.testing.assert_allclose([seen(p) for p in again], [seen(p) for p in whole[3:]], rtol=1e-3)
    assert list(fit(sets, held_out, tmp_path / "parts", PARAMS)) == []


def seen(progress: FitProgress) -> tuple[float, float, float]:
    """What does not depend on the clock."""
    return progress.step, progress.loss, progress.held_out_auc[0]


@pytest.mark.usefixtures("tiny")
def test_a_fit_in_minutes_ends_in_time(tmp_path: Path) -> None:
    params = replace(PARAMS, steps=None, minutes=0.02)
    (progress,) = fit([crops(40)], [crops(20, 1)], tmp_path, params)
    assert progress.step >= 1
    assert progress.minutes >= 0.02
    longer = list(
        fit([crops(40)], [crops(20, 1)], tmp_path, replace(params, minutes=progress.minutes + 0.01))
    )
    assert longer[-1].step > progress.step


@pytest.mark.usefixtures("tiny")
def test_a_fit_that_gets_no_better_stops(tmp_path: Path) -> None:
    unmeasurable = crops(20, 1)
    unmeasurable.labels[:] = -1
    progress = list(fit([crops(40)], [unmeasurable], tmp_path, replace(PARAMS, patience=3)))
    assert [p.best for p in progress] == [True, False, False, False]
    assert progress[0].held_out_auc == (0.5,)


@pytest.mark.usefixtures("tiny")
def test_a_fit_can_start_from_weights(tmp_path: Path) -> None:
    held_out = crops(60, 1)
    list(fit([crops(60)], [held_out], tmp_path / "first", PARAMS))
    first = predict(best_network(tmp_path / "first", PARAMS), held_out)
    gentle = replace(PARAMS, steps=1, rate=1e-9)
    list(
        fit([crops(60)], [held_out], tmp_path / "next", gentle, start=tmp_path / "first" / "best.weights.h5")
    )
    np.testing.assert_allclose(predict(best_network(tmp_path / "next", PARAMS), held_out), first, atol=0.5)


@pytest.mark.parametrize("seed", range(3))
def test_answers_are_learnt_by_their_softened_entropy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers, logits = rng.normal(0, 3, (2, 5, K)).astype(np.float32)
    p, q = (1 / (1 + np.exp(-values.astype(np.float64) / 2)) for values in (answers, logits))
    slow = -4 * np.mean(p * np.log(q) + (1 - p) * np.log(1 - q))
    assert float(answer_entropy(answers, logits)) == pytest.approx(slow, rel=1e-5)
    assert float(answer_entropy(answers, answers)) <= float(answer_entropy(answers, logits))


@pytest.mark.usefixtures("tiny")
def test_a_fit_learns_the_mean_answer_of_a_committee_and_no_labels(tmp_path: Path) -> None:
    data = crops(60)
    members = []
    for name, labels in (("1", data.labels), ("2", 1 - data.labels)):  # they contradict each other
        list(fit([replace(data, labels=labels)], [], tmp_path / name, replace(PARAMS, steps=60)))
        members.append(predict(best_network(tmp_path / name, PARAMS), data))
    wanted = np.mean(members, axis=0)
    unlabelled = replace(data, labels=np.full_like(data.labels, -1))
    committee = tuple(str(tmp_path / name / "best.weights.h5") for name in "12")
    params = replace(PARAMS, steps=150, committee=committee)
    progress = list(fit([unlabelled], [data], tmp_path / "pupil", params))
    assert all(step.best for step in progress)  # whatever the labels say
    learnt = predict(best_network(tmp_path / "pupil", params), data)
    assert np.abs(learnt - wanted).mean() < 0.5 * np.abs(members[0] - wanted).mean()
    with pytest.raises(ParameterError, match="holds a fit with committee"):
        list(fit([data], [], tmp_path / "pupil", PARAMS))


@pytest.mark.usefixtures("tiny")
def test_a_committee_of_other_networks_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"none\.h5: no such weights"):
        list(fit([crops(30)], [], tmp_path / "a", replace(PARAMS, committee=(str(tmp_path / "none.h5"),))))
    list(fit([crops(30)], [], tmp_path / "one", replace(PARAMS, steps=1, channels=1)))
    other = str(tmp_path / "one" / "best.weights.h5")
    with pytest.raises(ParameterError, match="not the weights of a network 'tiny' with 2 channels"):
        list(fit([crops(30)], [], tmp_path / "b", replace(PARAMS, committee=(other,))))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("spoil", [True, False])
def test_crops_are_spoilt_unless_plain_ones_are_asked_for(
    spoil: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[bool] = []

    def noting(crop: Any, neutral: Any, rng: Any, *, spoil: bool) -> Any:
        noted.append(spoil)
        return augment(crop, neutral, rng, spoil=spoil)

    monkeypatch.setattr("tpviewer.training.batches.augment", noting)
    list(fit([crops(30)], [], tmp_path, replace(PARAMS, steps=1, spoil=spoil)))
    assert set(noted) == {spoil}


@pytest.mark.usefixtures("tiny")
def test_a_fit_begun_before_there_were_committees_goes_on(tmp_path: Path) -> None:
    list(fit([crops(30)], [], tmp_path, replace(PARAMS, steps=2)))
    state = json.loads((tmp_path / "state.json").read_text(encoding="utf-8"))
    del state["committee"]
    (tmp_path / "state.json").write_text(json.dumps(state), encoding="utf-8")
    assert [progress.step for progress in fit([crops(30)], [], tmp_path, replace(PARAMS, steps=4))][-1] == 4


@pytest.mark.usefixtures("tiny")
def test_missing_labels_taken_for_absent_are_learnt_as_absent(tmp_path: Path) -> None:
    data = crops(80)
    data.labels[:] = np.where(data.labels == 0, -1, data.labels)  # nothing but presence is labelled
    means = []
    for mask in (True, False):
        params = replace(PARAMS, loss_mask=mask)
        list(fit([data], [], tmp_path / str(mask), params))
        means.append(predict(best_network(tmp_path / str(mask), params), data)[:, 1:].mean())
    assert means[0] > 0 > means[1]


@pytest.mark.usefixtures("tiny")
def test_another_fit_does_not_go_on_from_these_checkpoints(tmp_path: Path) -> None:
    list(fit([crops(30)], [], tmp_path, replace(PARAMS, steps=1)))
    with pytest.raises(ParameterError, match="holds a fit with channels = 2, not 1; choose another --work"):
        list(fit([crops(30)], [], tmp_path, replace(PARAMS, channels=1)))


def test_without_a_checkpoint_there_is_no_network(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no checkpoint yet"):
        best_network(tmp_path, FitParams())


def test_vgg16_has_its_thirteen_convolutions() -> None:
    assert sum(map(len, ARCHITECTURES["vgg16"].groups)) == 13
    assert ARCHITECTURES["vgg16"].side == 224
