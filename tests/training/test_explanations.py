"""Explanation quality of tiny networks: what knows where to look passes, what does not fails."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.models.networks import SIDE, crops, dense_network, max_pool_network, package
from tests.models.tiny import AUS as KNOWN
from tpviewer.models.lrp_presets import PRESETS
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.au_shapes import AUS
from tpviewer.training.explanation_checks import (
    areas_under,
    correlations,
    flipping,
    jitter_stability,
    same_frame_similarity,
)
from tpviewer.training.explanation_grounding import NULLS, bootstrap, grounding_table
from tpviewer.training.explanation_maps import Pairs, explainer, few_of_each, randomised, weighted_layers
from tpviewer.training.explanation_plots import explanation_figures
from tpviewer.training.explanation_sets import ExplainedFaces
from tpviewer.training.explanations import ExplanationParams, explanation_quality, ungrounded

AU12 = AUS.index("AU12")
CORNER = np.zeros((SIDE, SIDE), bool)
CORNER[:4, :4] = True


def corner_network() -> ModelPackage:
    """Its logit of AU12 is the brightness of the upper left corner; it ignores the rest."""
    whole = package(dense_network(bias=0.0))
    flatten, hidden, output = whole.network.layers
    first = np.zeros_like(hidden.weights[0])
    first[:, 0] = CORNER.ravel()
    last = np.zeros_like(output.weights[0])
    last[0, KNOWN.index("AU12")] = 1.0
    layers = (
        flatten,
        replace(hidden, weights=(first, 0 * hidden.weights[1])),
        replace(output, weights=(last, 0 * output.weights[1])),
    )
    return replace(whole, network=replace(whole.network, layers=layers))


def bright_corners(n: int = 24) -> ExplainedFaces:
    """Noise with a bright corner; AU12 is there, present in all, and nothing else is known."""
    pictures = crops(n, SIDE, seed=3) // 2
    pictures[:, CORNER] += 120
    labels = np.zeros((n, len(AUS)), np.int8)
    labels[:, AU12] = 1
    masks = np.zeros((n, len(AUS), SIDE, SIDE), bool)
    masks[:, AU12] = CORNER
    return ExplainedFaces(pictures, np.zeros_like(pictures), labels, masks, np.arange(n) // 3)


def noise(n: int, channels: int) -> ExplainedFaces:
    rng = np.random.default_rng(5)
    labels = np.full((n, len(AUS)), -1, np.int8)
    labels[:, [AUS.index(au) for au in KNOWN]] = rng.integers(0, 2, (n, len(KNOWN)))
    masks = rng.random((n, len(AUS), SIDE, SIDE)) < 0.3
    neutrals = crops(n, SIDE, seed=8) if channels == 2 else np.zeros((n, SIDE, SIDE), np.uint8)
    return ExplainedFaces(crops(n, SIDE, seed=7), neutrals, labels, masks, np.arange(n) // 2)


@pytest.fixture(scope="module")
def quality() -> dict:
    network = package(max_pool_network(channels=2))
    said: list[str] = []
    found = explanation_quality(network, {"noise": noise(14, 2)}, ExplanationParams(12, 2), said.append)
    assert all(line.startswith("noise: ") for line in said)
    return found


def test_all_that_is_measured_is_plain_json_and_complete(quality):
    found = json.loads(json.dumps(quality, allow_nan=False))["noise"]
    assert found["faces"] == 12
    assert set(found["grounding"]) == set(KNOWN)
    assert [row["layer"] for row in found["layers"]] == ["dense_4", "dense_3", "conv_2", "conv_1"]
    assert set(found["presets"]) == set(PRESETS)
    assert set(found["jitter"]["aus"]) == set(KNOWN)
    for row in found["grounding"].values():
        assert row["low"] <= row["grounding"] <= row["high"] <= 1
        assert set(row["nulls"]) == set(NULLS)


def test_a_network_of_noise_on_noise_is_not_grounded(quality):
    assert ungrounded(quality)
    assert set(ungrounded(quality)) <= set(KNOWN)
    assert all(abs(row["grounding"]) < 0.3 for row in quality["noise"]["grounding"].values())


def test_every_measurement_has_its_figure(quality):
    figures = explanation_figures(quality)
    assert len(figures) == 5
    for figure in figures.values():
        assert figure.axes
        figure.canvas.draw()
    heights = [bar.get_height() for bar in figures["Grounding, noise"].axes[0].patches]
    assert heights == pytest.approx([row["grounding"] for row in quality["noise"]["grounding"].values()])


def test_a_network_that_looks_at_the_right_place_passes_and_is_hurt_where_it_looks():
    network, faces = corner_network(), bright_corners()
    with explainer(network, faces, "lrp.epsilon") as model:
        pairs = model.pairs()
        maps = model.maps(pairs)
        areas = areas_under(flipping(model, faces, pairs, maps, seed=0))
        steady = jitter_stability(model, faces, pairs, maps)
    assert pairs.au.tolist() == [AU12] * len(faces)
    row = grounding_table(network, faces, pairs, maps, seed=0)["AU12"]
    assert (row["maps"], row["persons"], row["covered"]) == (24, 8, round(16 / 144, 3))
    assert row["grounding"] > 0.95
    assert row["nulls"]["mirrored region"] < 0
    assert row["passes"] is True
    assert areas["relevance"] < areas["random"]
    assert 0.5 < steady["mean"] < 1
    assert steady["aus"] == {"AU12": steady["mean"]}


def test_too_few_persons_decide_nothing():
    faces = replace(bright_corners(6), persons=np.arange(6) // 3)
    pairs = Pairs(np.arange(6), np.full(6, AU12))
    maps = np.tile(CORNER.astype(np.float32), (6, 1, 1))
    row = grounding_table(corner_network(), faces, pairs, maps, seed=0)["AU12"]
    assert (row["grounding"], row["passes"]) == (1.0, None)
    assert ungrounded({"set": {"grounding": {"AU12": row}}}) == ()


def test_where_labels_are_missing_the_model_decides_what_is_explained():
    faces = noise(10, 1)
    unknown = replace(faces, labels=np.full_like(faces.labels, -1))
    network = package(max_pool_network())
    with explainer(network, unknown) as model:
        pairs = model.pairs()
        logits = model._engine.logits(faces.crops)
    expected = {(f, AUS.index(KNOWN[k])) for f, k in np.argwhere(logits >= 0)}
    assert set(zip(pairs.face.tolist(), pairs.au.tolist(), strict=True)) == expected
    absent = replace(faces, labels=np.zeros_like(faces.labels))
    with explainer(network, absent) as model:
        assert len(model.pairs()) == 0


def test_randomised_layers_are_the_named_ones_and_come_back_from_the_seed():
    network = package(max_pool_network())
    names = weighted_layers(network)
    assert names == ("dense_4", "dense_3", "conv_2", "conv_1")
    changed, all_of_it = randomised(network, names[:2], seed=1), randomised(network, names, seed=1)
    layers = [package.network.layers for package in (network, changed, all_of_it)]
    for old, new, again in zip(*layers, strict=True):
        if old.weights:
            same = np.array_equal(old.weights[0], new.weights[0])
            assert same is (old.name not in names[:2])
            assert same or np.array_equal(new.weights[0], again.weights[0])
            assert np.isfinite(new.weights[0]).all()


def test_a_randomised_layer_of_a_network_that_mostly_inhibits_is_not_silent():
    network = package(max_pool_network())
    kernel = "dense_3"
    layers = tuple(
        replace(layer, weights=(layer.weights[0] - 1.0, *layer.weights[1:]))
        if layer.name == kernel
        else layer
        for layer in network.network.layers
    )
    inhibiting = replace(network, network=replace(network.network, layers=layers))
    noise = next(
        layer.weights[0]
        for layer in randomised(inhibiting, [kernel], 0).network.layers
        if layer.name == kernel
    )
    assert abs(noise.mean()) < 4 * noise.std() / np.sqrt(noise.size)


def test_few_of_each_action_unit_are_drawn():
    pairs = Pairs(np.arange(30), np.r_[np.zeros(20, int), np.full(3, 5), np.full(7, 18)])
    rows = few_of_each(pairs, 4, seed=0)
    assert np.bincount(pairs.au[rows])[[0, 5, 18]].tolist() == [4, 3, 4]
    assert (np.diff(rows) > 0).all()


def test_the_interval_draws_persons_not_pictures():
    rng = np.random.default_rng(0)
    persons = np.repeat(np.arange(10), 100)
    values = rng.normal(size=10)[persons]
    low, high = bootstrap(values, persons, 0)
    alone = bootstrap(values, np.arange(1000), 0)
    assert low < values.mean() < high
    assert high - low > 5 * (alone[1] - alone[0])


def test_correlation_is_numpys_and_nothing_for_a_flat_map():
    one, other = np.random.default_rng(0).normal(size=(2, 4, 5, 6))
    other[3] = 1.0
    slow = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(one[:3], other[:3], strict=True)]
    assert correlations(one, other) == pytest.approx([*slow, 0.0])


def test_likeness_is_the_cosine_of_maps_of_one_face():
    maps = np.zeros((8, 2, 2), np.float32)
    maps[:, 0, 0] = 1.0
    maps[1::2, 0, 1] = 1.0
    pairs = Pairs(np.arange(8) // 2, np.tile([2, 9], 4))
    assert same_frame_similarity(pairs, maps) == [
        {"aus": [AUS[2], AUS[9]], "cosine": pytest.approx(0.5**0.5, abs=1e-3), "faces": 4}
    ]
    assert same_frame_similarity(pairs.part(np.arange(4)), maps[:4]) == []
