from fractions import Fraction

import numpy as np
import pytest

from tests.media.clips import barcode, number_of
from tpviewer.core.errors import MediaError
from tpviewer.media.source import open_source
from tpviewer.media.video_writer import write_video


def test_what_is_written_is_read_back_frame_by_frame(tmp_path):
    path = tmp_path / "ä clip.mp4"
    assert write_video(path, (barcode(i) for i in range(30)), Fraction(30)) == 30
    with open_source(path) as source:
        assert [number_of(frame) for _, frame in source.frames()] == list(range(30))
        np.testing.assert_allclose(source.info.times, np.arange(30) / 30, atol=1e-4)


def test_uneven_times_are_kept(tmp_path):
    times = np.cumsum([0.0, 0.04, 0.1, 0.01, 0.25])
    write_video(tmp_path / "uneven.mp4", (barcode(i) for i in range(5)), Fraction(25), times)
    with open_source(tmp_path / "uneven.mp4") as source:
        np.testing.assert_allclose(source.info.times, times, atol=1e-4)


def test_pixels_survive_almost_unchanged(tmp_path):
    write_video(tmp_path / "clip.mp4", [barcode(5)] * 3, Fraction(25))
    with open_source(tmp_path / "clip.mp4") as source:
        error = np.abs(source.read(1).astype(float) - barcode(5))
    assert error.mean() < 2


def test_a_picture_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(ValueError, match="another size"):
        write_video(tmp_path / "clip.mp4", [barcode(0), barcode(1)[:, :64]], Fraction(25))
    assert list(tmp_path.iterdir()) == []


def test_odd_sizes_and_no_frames_are_refused(tmp_path):
    with pytest.raises(ValueError, match="even"):
        write_video(tmp_path / "clip.mp4", [np.zeros((5, 4, 3), np.uint8)], Fraction(25))
    with pytest.raises(ValueError, match="at least one"):
        write_video(tmp_path / "clip.mp4", [], Fraction(25))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MediaError, match=r"nowhere.*another folder"):
        write_video(tmp_path / "nowhere" / "clip.mp4", [barcode(0)], Fraction(25))
