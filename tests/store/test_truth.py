import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tpviewer.core.errors import MediaError
from tpviewer.resources import resource
from tpviewer.store.truth import AppearanceChange, Truth, read_truth, truth_of_face, write_truth


def truth() -> Truth:
    intensity = np.array([[0, 0.3], [0.25, 0], [1, 0.2], [0.5, 0.9]], np.float32)
    boxes = np.arange(16, dtype=np.float32).reshape(4, 4)
    return Truth("left", ("AU02", "AU12"), intensity, (0.25, 0.25), (AppearanceChange("AU02", 2),), boxes)


def test_truth_comes_back(tmp_path: Path) -> None:
    write_truth(tmp_path / "t.json", [truth()])
    (back,) = read_truth(tmp_path / "t.json")
    assert (back.name, back.aus, back.changes) == ("left", ("AU02", "AU12"), truth().changes)
    np.testing.assert_allclose(back.intensity, truth().intensity, atol=1e-4)
    np.testing.assert_array_equal(back.boxes, truth().boxes)


def test_states_change_their_letter_where_the_appearance_changes() -> None:
    assert truth().states().tolist() == [[-1, 0], [0, -1], [1, -1], [1, 0]]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "other", "faces": []}'])
def test_another_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(MediaError, match=r"t\.json: no known truth"):
        read_truth(tmp_path / "t.json")


def drawn_masks() -> np.ndarray:
    return np.random.default_rng(0).random((2, 5, 7)) < 0.4


def masked(masks: np.ndarray) -> Truth:
    return replace(truth(), masks=masks)


def test_masks_come_back_bit_by_bit(tmp_path: Path) -> None:
    masks = drawn_masks()
    write_truth(tmp_path / "a.json", [masked(masks), masked(~masks)])
    first, second = read_truth(tmp_path / "a.json")
    np.testing.assert_array_equal(first.masks, masks)
    np.testing.assert_array_equal(second.masks, ~masks)
    np.testing.assert_allclose(first.intensity, truth().intensity, atol=1e-4)


def test_a_truth_without_masks_is_read(tmp_path: Path) -> None:
    write_truth(tmp_path / "a.json", [truth()])
    assert "masks" not in json.loads((tmp_path / "a.json").read_text())["faces"][0]
    (read,) = read_truth(tmp_path / "a.json")
    assert read.masks is None
    assert read.changes == (AppearanceChange("AU02", 2),)


@pytest.mark.parametrize(
    "masks",
    [{"size": [5, 7]}, {"size": [5, 7], "bits": ["AAAA"]}, {"size": [5, 7], "bits": ["?", "?"]}, {"size": 5}],
)
def test_damaged_masks_are_named_with_their_file(tmp_path: Path, masks: dict) -> None:
    write_truth(tmp_path / "a.json", [masked(drawn_masks())])
    data = json.loads((tmp_path / "a.json").read_text())
    data["faces"][0]["masks"] = masks
    (tmp_path / "a.json").write_text(json.dumps(data))
    with pytest.raises(MediaError, match=r"a\.json"):
        read_truth(tmp_path / "a.json")


@pytest.mark.parametrize("name", ["phantom", "two_people", "appearance", "events", "photo"])
def test_every_bundled_truth_has_a_mask_for_each_action_unit(name: str) -> None:
    for read in read_truth(resource("phantom", f"{name}.json")):
        assert read.masks is not None
        assert read.masks.shape == (len(read.aus), 96, 96)
        shares = read.masks.mean(axis=(1, 2))
        assert shares.min() > 0.004
        assert shares.max() < 0.3


def test_the_truth_is_that_of_the_analysed_face() -> None:
    near, far = truth(), replace(truth(), boxes=truth().boxes + 500)
    analysed = truth().boxes + 3
    analysed[1] = np.nan
    session: Any = SimpleNamespace(arrays=SimpleNamespace(require={"track/box": analysed}.__getitem__))
    assert truth_of_face(session, [far, near]) is near
