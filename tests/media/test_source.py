"""What cannot be read is refused in one line that says what, which file, and what to do."""

import os
import shutil

import cv2
import numpy as np
import pytest

from tests.media.clips import barcode, make_clip, make_sound, number_of, truncate
from tpviewer.core.errors import MediaError
from tpviewer.media.source import file_identity, open_source


def save(path, number, **size):
    picture = cv2.cvtColor(barcode(number, **size), cv2.COLOR_RGB2BGR)
    np.asarray(cv2.imencode(path.suffix, picture)[1]).tofile(path)
    return path


def refusal(path) -> str:
    with pytest.raises(MediaError) as caught:
        open_source(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.mp4")


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.mp4"
    path.touch()
    assert "empty" in refusal(path)


def test_text_is_refused(tmp_path):
    for name in ("notes.txt", "notes.mp4", "notes.nfo"):
        path = tmp_path / name
        path.write_text("this is no video at all\n" * 50)
        assert "not a video" in refusal(path)


def test_noise_is_refused(tmp_path):
    path = tmp_path / "noise.mp4"
    path.write_bytes(np.random.default_rng(0).bytes(5000))
    assert "not a video" in refusal(path)


def test_a_playlist_is_not_followed(tmp_path):
    make_clip(tmp_path / "real.ts", 5)
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nreal.ts\n#EXT-X-ENDLIST\n")
    assert "not a video" in refusal(path)


def test_sound_alone_is_refused(tmp_path):
    assert "sound but no video" in refusal(make_sound(tmp_path / "voice.m4a"))


def test_an_mp4_without_its_index_is_refused(tmp_path):
    assert "cut off" in refusal(truncate(make_clip(tmp_path / "cut.mp4"), 0.6))


def test_a_folder_without_images_is_refused(tmp_path):
    (tmp_path / "readme.txt").write_text("nothing")
    assert "no image" in refusal(tmp_path)


def test_an_image_that_is_none_is_refused(tmp_path):
    path = tmp_path / "broken.png"
    path.write_bytes(b"not an image")
    assert "no image can be read" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = make_clip(tmp_path / "secret.mp4", 2)
    path.chmod(0)
    assert "cannot be opened" in refusal(path)


def test_spaces_and_umlauts_in_names_are_fine(tmp_path):
    folder = tmp_path / "Über den Wölken 100%d"
    folder.mkdir()
    with open_source(make_clip(folder / "Gesicht größer: a%03d.mp4", 3)) as source:
        assert number_of(source.read(2)) == 2
    with open_source(save(folder / "Bild 1 ä.png", 7)) as source:
        assert number_of(source.read(0)) == 7


def test_images_are_frames_in_the_natural_order_of_their_names(tmp_path):
    for number in (10, 2, 1):
        save(tmp_path / f"frame_{number}.png", number)
    (tmp_path / "._frame_1.png").write_bytes(b"left by a file manager")
    with open_source(tmp_path) as source:
        assert [(i, number_of(frame)) for i, frame in source.frames()] == [(0, 1), (1, 2), (2, 10)]
        assert source.info.kind == "images"
        np.testing.assert_allclose(source.info.times, [0, 1 / 30, 2 / 30])


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "bmp", "tif", "tiff", "PNG"])
def test_kinds_of_images(tmp_path, suffix):
    with open_source(save(tmp_path / f"one.{suffix}", 77)) as source:
        assert source.info.n_frames == 1
        assert number_of(source.read(0)) == 77


def test_an_unreadable_image_is_a_missing_frame(tmp_path):
    for number in range(3):
        save(tmp_path / f"{number}.png", number)
    (tmp_path / "1.png").write_bytes(b"damaged")
    with open_source(tmp_path) as source:
        assert [number_of(frame) for _, frame in source.frames()] == [0, None, 2]
        assert [number_of(frame) for _, frame in source.frames()] == [0, None, 2]
        assert source.info.warnings == ("1.png cannot be read as an image",)


def test_an_image_of_another_size_is_named(tmp_path):
    save(tmp_path / "1.png", 1)
    save(tmp_path / "2.png", 2, height=128)
    with open_source(tmp_path) as source, pytest.raises(MediaError, match=r"2\.png.*128 x 128.*128 x 96"):
        list(source.frames())


def test_identity_follows_the_contents_not_the_place(tmp_path):
    clip = make_clip(tmp_path / "a.mp4", 5)
    moved = shutil.copy(clip, tmp_path / "b.mp4")
    assert file_identity(clip) == file_identity(moved)
    assert file_identity(clip)[1] == clip.stat().st_size
    assert file_identity(clip) != file_identity(make_clip(tmp_path / "c.mp4", 6))


def test_identity_of_a_folder_counts_names_and_contents(tmp_path):
    for number in range(2):
        save(tmp_path / f"{number}.png", number)
    before = file_identity(tmp_path)
    (tmp_path / "notes.txt").write_text("no image, does not count")
    assert file_identity(tmp_path) == before
    (tmp_path / "1.png").rename(tmp_path / "2.png")
    assert file_identity(tmp_path) != before
