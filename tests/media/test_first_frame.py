"""The first picture is the first frame, however the file shows it."""

import cv2
import numpy as np
import pytest

from tests.media.clips import TICKS, barcode, copy_packets, make_clip, make_sound, number_of, spoil
from tpviewer.core.errors import MediaError
from tpviewer.media import video_reader
from tpviewer.media.first_frame import first_picture
from tpviewer.media.source import open_source

CLIPS = {
    "constant.mp4": {},
    "b_frames.mp4": {"bframes": 3},
    "open_gop.mp4": {"bframes": 3, "options": {"x264-params": "open-gop=1"}},
    "turned_90.mp4": {"rotation": 90},
    "turned_180.mp4": {"rotation": 180},
    "turned_270.mp4": {"rotation": 270},
    "with_sound.mp4": {"audio": True},
    "h264.avi": {"bframes": 2},
    "stream.ts": {"bframes": 2},
    "vp9.webm": {"codec": "libvpx-vp9"},
}


def save(path, number):
    picture = cv2.cvtColor(barcode(number), cv2.COLOR_RGB2BGR)
    np.asarray(cv2.imencode(path.suffix, picture)[1]).tofile(path)
    return path


def assert_is_first_frame(path):
    with open_source(path) as source:
        first = source.read(0)
    np.testing.assert_array_equal(first_picture(path), first)


@pytest.mark.parametrize("name", CLIPS)
def test_it_is_the_first_frame_of_a_clip(tmp_path, name):
    assert_is_first_frame(make_clip(tmp_path / name, 20, **CLIPS[name]))


def test_frames_that_an_edit_list_hides_are_not_shown(tmp_path):
    whole = make_clip(tmp_path / "whole.mp4", bframes=3)
    cut = copy_packets(whole, tmp_path / "cut.mp4", shift=-5 * TICKS)
    assert number_of(first_picture(cut)) == 5
    assert_is_first_frame(cut)


def test_it_is_the_first_image_of_a_folder_and_a_single_image_itself(tmp_path):
    for number in (10, 2):
        save(tmp_path / f"{number}.png", number)
    assert number_of(first_picture(tmp_path)) == 2
    assert number_of(first_picture(tmp_path / "10.png")) == 10


def test_a_frame_that_cannot_be_decoded_is_passed_over(tmp_path):
    (tmp_path / "1.png").write_bytes(b"no image")
    save(tmp_path / "2.png", 2)
    assert number_of(first_picture(tmp_path)) == 2


def test_no_table_of_frames_is_read(tmp_path, monkeypatch):
    path = make_clip(tmp_path / "a.mp4")
    monkeypatch.setattr(video_reader, "read_frame_table", None)
    assert number_of(first_picture(path)) == 0


def write_empty(path):
    path.touch()


def write_text(path):
    path.write_text("this is no video at all\n" * 50)


def write_spoilt(path):
    spoil(make_clip(path, 20), range(20))


@pytest.mark.parametrize("write", [lambda path: None, write_empty, write_text, make_sound, write_spoilt])
def test_what_cannot_be_read_is_refused_as_by_the_reader(tmp_path, write):
    path = tmp_path / "bad.mp4"
    write(path)
    with pytest.raises(MediaError) as expected:
        open_source(path)
    with pytest.raises(MediaError) as caught:
        first_picture(path)
    assert str(caught.value) == str(expected.value)
