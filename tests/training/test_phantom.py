"""A rendered video and its truth agree with the script, and come out the same every time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.errors import MediaError
from tpviewer.media.source import open_source
from tpviewer.store.truth import Truth, read_truth, write_truth
from tpviewer.training.au_shapes import AUS
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom import add_masks, render_phantom
from tpviewer.training.phantom_script import Event, FaceScript, Script

LEFT = FaceScript(
    name="left",
    person=7,
    centre=(46.0, 60.0),
    scale=3.0,
    sway=2.0,
    events=(Event("AU26", (1, 4, 6, 9), 1.0, "both"), Event("AU02", (2, 5, 6, 10), 0.9, "left")),
    changes=(("AU02", 6),),
)
RIGHT = FaceScript("right", 8, (150.0, 64.0), 2.5, 2.0, (Event("AU12", (3, 5, 8, 11), 0.7, "both"),), ())
SCRIPT = Script(width=208, height=128, frames=12, rate=25, background=4, faces=(LEFT, RIGHT))


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory, model: FaceModel) -> Path:
    path = tmp_path_factory.mktemp("phantom") / "clip.mp4"
    render_phantom(SCRIPT, model, path)
    return path


@pytest.fixture(scope="module")
def truths(video: Path) -> list[Truth]:
    return read_truth(video.with_suffix(".json"))


@pytest.fixture(scope="module")
def pictures(video: Path) -> np.ndarray:
    with open_source(video) as source:
        return np.stack([picture for _, picture in source.frames() if picture is not None]).astype(float)


def test_the_video_has_the_size_rate_and_length_of_the_script(video: Path) -> None:
    with open_source(video) as source:
        assert (source.info.width, source.info.height, source.info.n_frames) == (208, 128, 12)
        np.testing.assert_allclose(source.info.times, np.arange(12) / 25, atol=1e-6)


def test_the_same_script_gives_the_same_bytes(video: Path, model: FaceModel, tmp_path: Path) -> None:
    done: list[int] = []
    render_phantom(SCRIPT, model, tmp_path / "again.mp4", done.append)
    assert (tmp_path / "again.mp4").read_bytes() == video.read_bytes()
    assert (tmp_path / "again.json").read_bytes() == video.with_suffix(".json").read_bytes()
    assert done == list(range(1, 13))


def test_the_truth_is_what_the_script_says(truths: list[Truth]) -> None:
    but_25 = [k for k, au in enumerate(AUS) if au != "AU25"]
    for truth, face in zip(truths, (LEFT, RIGHT), strict=True):
        assert (truth.name, truth.aus) == (face.name, AUS)
        expected = [[face.expression(frame).intensity(au) for au in AUS] for frame in range(12)]
        np.testing.assert_allclose(truth.intensity[:, but_25], np.array(expected)[:, but_25], atol=1e-4)


def test_a_side_alone_is_in_the_truth(truths: list[Truth]) -> None:
    assert truths[0].intensity[5, AUS.index("AU02")] == pytest.approx(0.9)
    assert truths[0].present[:, AUS.index("AU02")].tolist() == [False] * 4 + [True] * 5 + [False] * 3


def test_the_change_of_look_is_in_the_truth(truths: list[Truth]) -> None:
    assert truths[0].states()[:, AUS.index("AU02")].tolist() == [-1] * 4 + [0, 0, 1, 1, 1] + [-1] * 3
    assert truths[1].changes == ()


def test_parted_lips_are_measured_on_the_mesh(truths: list[Truth]) -> None:
    gap = truths[0].intensity[:, AUS.index("AU25")]
    jaw = truths[0].intensity[:, AUS.index("AU26")]
    assert not gap[jaw == 0].any()
    assert 0.1 < gap[5] == gap.max()
    assert truths[0].present[5, AUS.index("AU25")]
    assert not truths[1].present[:, AUS.index("AU25")].any()


def test_both_faces_are_at_their_places(truths: list[Truth]) -> None:
    for truth, face in zip(truths, (LEFT, RIGHT), strict=True):
        x, y, width, height = truth.boxes.T
        np.testing.assert_allclose(x + width / 2, face.centre[0], atol=1.5 * face.scale)
        np.testing.assert_allclose(y + height / 2, face.centre[1], atol=4 * face.scale)
        np.testing.assert_allclose(width, 15 * face.scale, rtol=0.25)


@pytest.mark.parametrize("number", [0, 1])
def test_a_face_moves_inside_its_box(truths: list[Truth], pictures: np.ndarray, number: int) -> None:
    x, y, width, height = truths[number].boxes.mean(axis=0)
    inside = np.zeros((128, 208), bool)
    inside[int(y) : int(y + height), int(x) : int(x + width)] = True
    other = np.ones_like(inside)
    for truth in truths:
        x, y, width, height = truth.boxes.mean(axis=0)
        margin = 0.5 * width
        other[
            max(0, int(y - margin)) : int(y + height + margin),
            max(0, int(x - margin)) : int(x + width + margin),
        ] = False
    moved = np.abs(pictures[6] - pictures[0]).mean(axis=2)
    assert moved[inside].mean() > 2 * moved[other].mean()


def test_the_background_stays(pictures: np.ndarray) -> None:
    assert np.abs(pictures[-1] - pictures[0])[:, :4].mean() < 3


def rows_of(truth: Truth, au: str) -> np.ndarray:
    assert truth.masks is not None
    return np.flatnonzero(truth.masks[truth.aus.index(au)].any(axis=1))


def test_masks_lie_in_the_aligned_crop_where_the_action_unit_moves(truths: list[Truth]) -> None:
    eyes, nose = 37, 60
    for truth in truths:
        assert truth.masks is not None
        assert truth.masks.shape == (len(AUS), 96, 96)
        assert rows_of(truth, "AU02").max() < eyes + 6
        assert rows_of(truth, "AU26").min() > nose - 5
        assert rows_of(truth, "AU45").min() > eyes - 14
        assert rows_of(truth, "AU45").max() < eyes + 14


def test_masks_are_as_wide_on_both_sides(truths: list[Truth]) -> None:
    for truth in truths:
        for mask in truth.masks:
            left, right = mask[:, :48].sum(), mask[:, 48:].sum()
            assert 0.4 < left / right < 2.5


def test_masks_added_later_are_those_of_the_render(
    truths: list[Truth], model: FaceModel, tmp_path: Path
) -> None:
    path = tmp_path / "old.json"
    write_truth(path, [replace(truth, masks=None) for truth in truths])
    add_masks(SCRIPT, model, path)
    for added, rendered in zip(read_truth(path), truths, strict=True):
        np.testing.assert_array_equal(added.masks, rendered.masks)
        np.testing.assert_array_equal(added.intensity, rendered.intensity)


def test_a_video_that_cannot_be_written_is_named(tmp_path: Path, model: FaceModel) -> None:
    with pytest.raises(MediaError, match=r"clip\.mp4"):
        render_phantom(SCRIPT, model, tmp_path / "none" / "clip.mp4")
