"""Crops of a manifest are cut once, beside their neutral faces; frames without a face are counted."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tpviewer.core.errors import MediaError, ParameterError
from tpviewer.media.source import open_source
from tpviewer.models.face_mesh import FaceMeshDetector
from tpviewer.resources import resource
from tpviewer.training.au_shapes import AUS
from tpviewer.training.crop_cache import CropProgress, cut_crops, face_crop, label_row, load_crops
from tpviewer.training.manifest import Entry, Manifest, Place, person_number
from tpviewer.training.render_crops import SIDE

VIDEO = resource("phantom", "phantom.mp4")


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tpviewer.training.crop_cache._CHUNK", 2)


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.zeros((64, 64, 3), np.uint8))
    shown = {"AU12": 1, "AU01": 0}
    return Manifest(
        "mine",
        (
            Entry(VIDEO, "Ann", (3, 5), "lab", shown, {"AU12": 2.5}, Place(VIDEO, 0)),
            Entry(blank, "Bo", (0, 1), "lab", shown),
            Entry(VIDEO, "Ann", (1, 2), "lab", {}, {}, Place(blank)),
        ),
    )


def test_crops_are_those_of_the_frames(manifest: Manifest, tmp_path: Path) -> None:
    progress = list(cut_crops(manifest, tmp_path / "crops"))
    assert [(p.done, p.total) for p in progress] == [(2, 4), (4, 4)]
    assert progress[-1].faceless == 1
    data = load_crops(manifest, tmp_path / "crops")
    with open_source(VIDEO) as source, FaceMeshDetector() as detector:
        cut = {
            number: face_crop(detector, frame) for number, frame in source.frames(0, 5) if frame is not None
        }
    expected = [cut[number] for number in (1, 3, 4)]  # in the order of frames
    np.testing.assert_array_equal(data.crops, expected)
    np.testing.assert_array_equal(data.neutrals[1:], [cut[0], cut[0]])
    assert not data.neutrals[0].any()  # no face in its neutral picture
    assert data.crops.shape == (3, SIDE, SIDE)
    assert data.labels[1, AUS.index("AU12")] == 1
    assert data.intensities[1, AUS.index("AU12")] == 0.5
    assert (data.labels[0] == -1).all()
    assert set(data.persons.tolist()) == {person_number("lab", "Ann")}


def test_a_stopped_run_goes_on(manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next(iter(cut_crops(manifest, tmp_path)))
    list(cut_crops(manifest, tmp_path))

    def none_left(*_: object) -> None:
        raise AssertionError("cut again")

    monkeypatch.setattr("tpviewer.training.crop_cache.face_crop", none_left)
    assert [type(p) for p in cut_crops(manifest, tmp_path)] == [CropProgress] * 2
    changed = Manifest("mine", manifest.entries[:1])
    with pytest.raises(AssertionError, match="cut again"):
        list(cut_crops(changed, tmp_path))


def test_a_frame_beyond_the_end_and_a_lost_file_are_named(tmp_path: Path) -> None:
    beyond = Manifest("m", (Entry(VIDEO, "Ann", (99_999, 100_000)),))
    with pytest.raises(ParameterError, match="the manifest names frame 99999"):
        list(cut_crops(beyond, tmp_path))
    with pytest.raises(MediaError, match="there is no such file"):
        list(cut_crops(Manifest("m", (Entry(tmp_path / "lost.mp4", "Ann"),)), tmp_path))


def test_without_any_face_there_is_nothing_to_train_on(manifest: Manifest, tmp_path: Path) -> None:
    faceless = Manifest("m", (manifest.entries[1],))
    (progress,) = cut_crops(faceless, tmp_path)
    assert progress.faceless == progress.total == 1
    with pytest.raises(ParameterError, match="no face was found"):
        load_crops(faceless, tmp_path)


def test_what_a_row_does_not_say_is_missing() -> None:
    labels, intensities = label_row(
        Entry(Path("a"), "Ann", intensities={"AU01": 5.0, "AU02": 1.0, "AU23": 3.0})
    )
    assert labels.tolist() == [1] + [-1] * (len(AUS) - 1)
    np.testing.assert_allclose(intensities[:2], [1.0, 0.2])
    assert np.isnan(intensities[2:]).all()
