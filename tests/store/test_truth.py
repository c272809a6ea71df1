from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.errors import MediaError
from tpviewer.store.truth import AppearanceChange, Truth, read_truth, write_truth


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
