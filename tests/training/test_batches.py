"""Batches follow from seed and number alone, and show neutral faces as often as they should."""

from itertools import islice

import numpy as np
import pytest

from tests.training.tiny_crops import K, crops
from tpviewer.core.errors import ParameterError
from tpviewer.training.augment import _recorded, augment
from tpviewer.training.batches import WITHOUT_NEUTRAL, WRONG_NEUTRAL, Batches
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.render_crops import MARGIN, SIDE


def levels(n: int, labels: int, crop: int, neutral: int, persons: int = 1) -> LabelledCrops:
    """Striped pictures, so that the input tells which one was taken."""
    shape = (n, SIDE, SIDE)
    stripes = (100 + 100 * np.sin(np.arange(SIDE) * np.pi / 8)).astype(np.uint8)  # 16 pixels
    pictures = np.full(shape, crop, np.uint8) + stripes
    neutrals = np.full(shape, neutral, np.uint8) + stripes[:, None]
    return LabelledCrops(
        pictures,
        neutrals,
        np.full((n, K), labels, np.int8),
        np.zeros((n, K), np.float32),
        np.arange(n) % persons,
    )


def kind(channel: np.ndarray) -> str:
    """Which picture of `levels` a channel shows: one has upright stripes, the other level ones."""
    if not channel.any():
        return "none"
    upright, level = (np.abs(np.fft.rfft(channel.mean(axis=axis)))[5:8].sum() for axis in (0, 1))
    return "crop" if upright > level else "neutral"


def drawn(data: LabelledCrops, n: int = 400) -> dict[str, float]:
    inputs, _ = Batches([data], (), n, 24, 2, seed=3).batch(0)
    kinds = [kind(inputs[i, ..., 1]) for i in range(n)]
    return {name: kinds.count(name) / n for name in ("none", "crop", "neutral")}


def test_neutral_faces_are_withheld_and_mistaken_as_often_as_said() -> None:
    shares = drawn(levels(20, labels=1, crop=10, neutral=20))
    assert shares["none"] == pytest.approx(WITHOUT_NEUTRAL, abs=0.07)
    assert shares["crop"] == pytest.approx(WRONG_NEUTRAL, abs=0.03)


def test_without_another_expression_no_neutral_face_is_mistaken() -> None:
    assert drawn(levels(20, labels=0, crop=10, neutral=20), 100)["crop"] == 0
    assert drawn(levels(20, labels=1, crop=10, neutral=20, persons=20), 100)["crop"] == 0


def test_a_person_without_neutral_face_stays_without() -> None:
    data = levels(20, labels=0, crop=10, neutral=20)
    data.neutrals[:] = 0
    assert drawn(data, 50) == {"none": 1.0, "crop": 0.0, "neutral": 0.0}


def test_one_channel_shows_the_crop_alone() -> None:
    inputs, labels = Batches([levels(5, 1, 10, 20)], (), 8, 24, 1, seed=0).batch(4)
    assert inputs.shape == (8, 24, 24, 1)
    assert {kind(picture[..., 0]) for picture in inputs} == {"crop"}
    assert labels.shape == (8, K)


def test_threads_keep_the_order() -> None:
    batches = Batches([crops(30)], (), 4, 24, 2, seed=1)
    for number, (inputs, labels) in enumerate(islice(batches.follow(5), 12), start=5):
        again = batches.batch(number)
        assert (inputs == again[0]).all()
        assert (labels == again[1]).all()


@pytest.mark.parametrize(
    ("shares", "expected"), [((), 0.75), ((1.0, 1.0), 0.5), ((0.0, 2.0), 0.0)], ids=["roots", "even", "one"]
)
def test_a_batch_holds_each_data_set_by_its_share(shares: tuple[float, ...], expected: float) -> None:
    sets = [levels(90, 1, 10, 20), levels(10, 0, 10, 20)]
    _, labels = Batches(sets, shares, 400, 24, 1, seed=0).batch(0)
    assert labels.mean() == pytest.approx(expected, abs=0.08)


def test_an_empty_set_and_odd_shares_are_refused() -> None:
    data = crops(6)
    with pytest.raises(ParameterError, match="without any crop"):
        Batches([data, data.part(np.zeros(6, bool))], (), 4, 24, 2, seed=0)
    with pytest.raises(ParameterError, match="1 data sets need as many shares"):
        Batches([data], (1.0, 2.0), 4, 24, 2, seed=0)


def test_augmentation_keeps_the_size_and_changes_the_pictures() -> None:
    data = crops(1)
    pairs = [augment(data.crops[0], data.neutrals[0], np.random.default_rng(seed)) for seed in (1, 2, 1)]
    assert all(face.shape == (SIDE - 2 * MARGIN,) * 2 for pair in pairs for face in pair)
    assert all((one != other).any() for one, other in zip(pairs[0], pairs[1], strict=True))
    assert all((one == other).all() for one, other in zip(pairs[0], pairs[2], strict=True))


def test_uneven_light_falls_on_two_crops_of_five_and_not_alike_on_the_neutral_face() -> None:
    """An even grey picture stays even, or an even slope, unless light falls on it unevenly."""
    even = np.full((SIDE, SIDE), 128, np.uint8)
    rows, columns = np.mgrid[-1:1:12j, -1:1:12j]
    plane = np.stack([np.ones(144), rows.ravel(), columns.ravel()], axis=1)
    rng = np.random.default_rng(0)
    uneven = []
    for _ in range(300):
        faces = [face.reshape(12, 8, 12, 8).mean(axis=(1, 3)).ravel() for face in augment(even, even, rng)]
        residuals = [face - plane @ np.linalg.lstsq(plane, face, rcond=None)[0] for face in faces]
        uneven.append([residual.std() > 6 for residual in residuals])
    crop, neutral = np.array(uneven).T
    assert crop.mean() == pytest.approx(0.4, abs=0.08)
    assert (crop & neutral).mean() == pytest.approx(0.16, abs=0.08)


def test_plain_crops_are_only_moved_mirrored_and_evenly_lit() -> None:
    """An even grey picture stays even, or becomes an even slope."""
    even = np.full((SIDE, SIDE), 128, np.uint8)
    rng = np.random.default_rng(0)
    for _ in range(200):
        face = augment(even, np.zeros_like(even), rng, spoil=False)[0].astype(float)
        columns = face.mean(axis=0)
        assert np.abs(np.diff(columns, 2)).max() < 6  # a slope at most
        assert (face - columns).std() < 7  # its own noise and no more


def test_noise_is_strong_in_a_tenth_of_the_crops() -> None:
    even = np.full((SIDE, SIDE), 128, np.uint8)
    rng = np.random.default_rng(0)
    faces = [augment(even, np.zeros_like(even), rng)[0].astype(float) for _ in range(600)]
    rough = np.array([np.diff(face, axis=0).std() for face in faces]) / 2**0.5
    assert (rough > 12).mean() == pytest.approx(0.1, abs=0.04)


def test_half_of_the_crops_are_shrunk_noisy_or_compressed() -> None:
    grey = np.random.default_rng(0).uniform(60, 200, (96, 96)).astype(np.float32)
    rng = np.random.default_rng(1)
    spoilt = [_recorded(grey.copy(), rng) for _ in range(1500)]
    assert all(picture.shape == grey.shape and picture.dtype == np.float32 for picture in spoilt)
    same = np.mean([(picture == grey).all() for picture in spoilt])
    assert same == pytest.approx(0.75 * 0.8 * 0.8, abs=0.04)
    assert min(picture.std() for picture in spoilt) < 0.6 * grey.std()  # details are lost
