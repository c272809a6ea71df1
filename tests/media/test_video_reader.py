"""Every frame is the one that its number says, whatever the file and whatever the order of reading."""

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.media.clips import (
    TICKS,
    barcode,
    copy_packets,
    make_clip,
    number_of,
    packet_places,
    spoil,
    truncate,
)
from tpviewer.core.errors import MediaError
from tpviewer.media import video_reader
from tpviewer.media.source import open_source

QUIET_X265 = {"x265-params": "log-level=none"}
UNEVEN = np.cumsum([0, *random.Random(1).choices([200, 512, 700, 3000], k=59)]).tolist()

CLIPS = {
    "constant.mp4": {},
    "b_frames.mp4": {"bframes": 3},
    "open_gop.mp4": {"bframes": 3, "options": {"x264-params": "open-gop=1"}},
    "one_key_frame.mp4": {"gop": 600, "bframes": 2},
    "uneven.mp4": {"pts": UNEVEN, "bframes": 3},
    "uneven.mkv": {"pts": UNEVEN, "bframes": 3},
    "with_sound.mp4": {"audio": True, "bframes": 2},
    "matroska.mkv": {"bframes": 2},
    "stream.ts": {"bframes": 2},
    "vp8.webm": {"codec": "libvpx"},
    "vp9.webm": {"codec": "libvpx-vp9"},
    "mpeg4.avi": {"codec": "mpeg4", "bframes": 2},
    "h264.avi": {"bframes": 2},
    "raw.h264": {"bframes": 2},
    "hevc.mp4": {"codec": "libx265", "bframes": 3, "options": QUIET_X265},
    "ten_bit.mp4": {"codec": "libx265", "pix_fmt": "yuv420p10le", "options": QUIET_X265},
    "intra.mov": {"codec": "mjpeg", "pix_fmt": "yuvj420p"},
    "seek_lands_badly.mpg": {
        "codec": "mpeg2video",
        "bframes": 2,
        "time_base": Fraction(1, 25),
        "pts": list(range(60)),
    },
    "240_per_s.mp4": {"pts": [i * 3 for i in range(60)], "time_base": Fraction(1, 720), "bframes": 2},
    "turned_90.mp4": {"rotation": 90},
    "turned_180.mp4": {"rotation": 180},
    "turned_270.mp4": {"rotation": 270},
}


@pytest.fixture(autouse=True)
def forget_frames(monkeypatch):
    """Every seek is a real one here; `test_stepping_back...` has the memory that users have."""
    monkeypatch.setattr(video_reader, "_MOST_RECENT", 1)


def numbers(source) -> list[int | None]:
    return [number_of(frame) for _, frame in source.frames()]


def assert_seeks_agree(path: Path, expected: list[int | None]) -> None:
    """Backward, then random order, then forward in leaps: always what reading in sequence gives."""
    n = len(expected)
    leaps = random.Random(0).choices(range(n), k=25)
    with open_source(path) as source:
        for index in [*range(n - 1, -1, -7), *leaps, *range(0, n, 11)]:
            assert number_of(source.read(index)) == expected[index], index


@pytest.mark.parametrize("name", CLIPS)
def test_every_frame_is_the_one_that_its_number_says(tmp_path, name):
    path = make_clip(tmp_path / name, **CLIPS[name])
    with open_source(path) as source:
        assert numbers(source) == list(range(60))
        assert (source.info.width, source.info.height) == (128, 96)
        assert source.info.kind == "video"
    assert_seeks_agree(path, list(range(60)))


def test_times_come_from_the_file_and_begin_at_zero(tmp_path):
    path = make_clip(tmp_path / "uneven.mp4", pts=[5120 + t for t in UNEVEN], bframes=2)
    with open_source(path) as source:
        np.testing.assert_allclose(source.info.times, np.array(UNEVEN) / 12800, atol=1e-9)
        assert source.info.end_s(3) == source.info.times[4]
        assert source.info.duration_s > source.info.times[-1]


def test_the_turn_that_the_file_asks_for_is_told(tmp_path):
    with open_source(make_clip(tmp_path / "turned.mp4", rotation=90)) as source:
        assert source.info.rotation == 90


def test_frames_that_an_edit_list_hides_are_not_frames(tmp_path):
    whole = make_clip(tmp_path / "whole.mp4", bframes=3)
    cut = copy_packets(whole, tmp_path / "cut.mp4", shift=-5 * TICKS)
    with open_source(cut) as source:
        assert numbers(source) == list(range(5, 60))
        assert source.info.times[0] == 0
    assert_seeks_agree(cut, list(range(5, 60)))


def test_a_late_start_shifts_times_not_frames(tmp_path):
    late = copy_packets(make_clip(tmp_path / "a.mp4"), tmp_path / "late.mp4", shift=5 * TICKS)
    with open_source(late) as source:
        assert numbers(source) == list(range(60))
        assert source.info.times[0] == 0


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_without_the_first_key_frame_the_frames_up_to_the_next_are_missing_not_dropped(tmp_path, suffix):
    headless = copy_packets(make_clip(tmp_path / "a.mp4"), tmp_path / f"headless.{suffix}", skip=3)
    expected = [None] * 9 + list(range(12, 60))
    with open_source(headless) as source:
        assert numbers(source) == expected
        assert any("key frame" in warning for warning in source.info.warnings)
        assert any(warning.startswith("9 of 57 frames cannot be decoded") for warning in source.info.warnings)
    assert_seeks_agree(headless, expected)


@pytest.mark.parametrize("name", ["cut.mkv", "cut.ts", "cut.mp4"])
def test_a_truncated_file_keeps_all_frames_that_are_there(tmp_path, name):
    options = {"movflags": "faststart"} if name.endswith("mp4") else None
    path = truncate(make_clip(tmp_path / name, container_options=options), 0.6)
    with open_source(path) as source:
        found = numbers(source)
    decoded = [n for n in found if n is not None]
    assert decoded == list(range(len(decoded)))
    assert len(decoded) > 15
    assert found == decoded + [None] * (len(found) - len(decoded))
    assert_seeks_agree(path, found)


def test_a_truncated_mp4_is_told(tmp_path):
    path = make_clip(tmp_path / "cut.mp4", container_options={"movflags": "faststart"})
    with open_source(truncate(path, 0.6)) as source:
        assert any("ends early" in warning for warning in source.info.warnings)


@pytest.mark.parametrize("bframes", [0, 3])
@pytest.mark.parametrize("bad", [30, 24])
def test_damage_in_the_middle_stays_in_its_group_of_pictures(tmp_path, bframes, bad):
    path = spoil(make_clip(tmp_path / "bad.mp4", bframes=bframes), [bad])
    with open_source(path) as source:
        before = [number_of(source.read(i)) for i in range(20)]
        after = [number_of(source.read(i)) for i in range(40, 60)]
        pictures = [frame for _, frame in source.frames()]
    assert before == list(range(20))
    assert after == list(range(40, 60))
    assert any(picture is None for picture in pictures)
    assert len(pictures) == 60


def test_damaged_pictures_are_the_same_however_they_are_reached(tmp_path):
    path = spoil(make_clip(tmp_path / "bad.mp4", bframes=3), [25, 36])
    with open_source(path) as source:
        in_order = dict(source.frames())
    with open_source(path) as source:
        for index in [50, 35, 26, 40, 3, 47, 31, 24, 59, 37]:
            picture = source.read(index)
            assert (picture is None) == (in_order[index] is None)
            assert picture is None or np.array_equal(picture, in_order[index])


def test_seeking_gives_the_very_pixels_of_reading_in_sequence(tmp_path):
    path = make_clip(tmp_path / "open.mp4", bframes=3, options={"x264-params": "open-gop=1"})
    with open_source(path) as source:
        in_order = dict(source.frames())
        for index in (59, 0, 23, 24, 11, 47, 12):
            assert np.array_equal(source.read(index), in_order[index])


def test_stepping_back_uses_what_was_decoded(tmp_path, monkeypatch):
    monkeypatch.setattr(video_reader, "_MOST_RECENT", 32)
    with open_source(make_clip(tmp_path / "long.mp4", gop=600, bframes=2)) as source:
        assert number_of(source.read(50)) == 50
        monkeypatch.setattr(source, "_seek", None)
        assert [number_of(source.read(i)) for i in range(50, 20, -1)] == list(range(50, 20, -1))
        assert number_of(source.read(51)) == 51


def test_a_range_is_half_open(tmp_path):
    with open_source(make_clip(tmp_path / "a.mp4")) as source:
        assert [(i, number_of(frame)) for i, frame in source.frames(7, 10)] == [(7, 7), (8, 8), (9, 9)]
        assert [i for i, _ in source.frames(58, 70)] == [58, 59]


def test_a_frame_that_does_not_exist_is_an_index_error(tmp_path):
    with open_source(make_clip(tmp_path / "a.mp4", 3)) as source:
        for index in (-1, 3):
            with pytest.raises(IndexError):
                source.read(index)


def test_one_frame_is_a_video(tmp_path):
    with open_source(make_clip(tmp_path / "one.mp4", 1)) as source:
        assert numbers(source) == [0]
        assert source.info.duration_s == pytest.approx(0.04)


def test_4k_is_read(tmp_path):
    path = make_clip(tmp_path / "4k.mp4", 3, size=(3840, 2160), options={"preset": "ultrafast"})
    with open_source(path) as source:
        assert source.read(2).shape == (2160, 3840, 3)
        assert numbers(source) == [0, 1, 2]


def test_high_dynamic_range_is_read_with_8_bits_and_told(tmp_path):
    options = {"codec": "libx265", "pix_fmt": "yuv420p10le", "options": QUIET_X265, "colour": 16}
    with open_source(make_clip(tmp_path / "hdr.mp4", 3, **options)) as source:
        assert source.read(1).dtype == np.uint8
        assert any("dynamic range" in warning for warning in source.info.warnings)


def test_a_video_of_which_nothing_can_be_decoded_is_refused(tmp_path):
    path = spoil(make_clip(tmp_path / "all bad.mp4", 20), range(20))
    with pytest.raises(MediaError, match=r"all bad\.mp4: not one frame can be decoded"):
        open_source(path)


def test_the_barcode_of_these_tests_can_be_read():
    assert [number_of(barcode(i)) for i in range(256)] == list(range(256))


def test_these_clips_have_several_key_frames(tmp_path):
    places = packet_places(make_clip(tmp_path / "a.mp4"))
    assert sum(key for _, _, key in places) == 5


@pytest.mark.shared
def test_real_clips_give_the_frames_of_plain_decoding(shared_data):
    for name in ("face_noface.mov", "phone_portrait_720x1280.mp4"):
        with open_source(shared_data / "videos" / name) as source:
            n = source.info.n_frames
            in_order = {i: frame.mean() for i, frame in source.frames(0, 60)}
            for index in (50, 13, 37, 2, 29):
                assert source.read(index).mean() == in_order[index]
            assert n == {"face_noface.mov": 169, "phone_portrait_720x1280.mp4": 352}[name]


def test_decoding_can_be_given_up_and_goes_on_exactly(tmp_path: Path) -> None:
    with video_reader.VideoReader(make_clip(tmp_path / "clip.mp4", 60, gop=60, bframes=2)) as reader:
        asked = iter([False] * 5 + [True])
        with pytest.raises(video_reader.DecodingStoppedError):
            reader.read(40, lambda: next(asked))
        assert [number_of(reader.read(index)) for index in (40, 3, 41, 59)] == [40, 3, 41, 59]
