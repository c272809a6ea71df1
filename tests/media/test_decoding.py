"""Decoding in another process gives the same; what kills that process is an error with the file's name."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.media.clips import make_clip, make_sound, number_of, spoil
from tpviewer.core.errors import MediaError
from tpviewer.media.apart_source import ApartSource
from tpviewer.media.decoding import DecodingProcesses, decoding_apart, processes
from tpviewer.media.first_frame import first_picture
from tpviewer.media.sound import sound_from
from tpviewer.media.source import DecodingStoppedError, open_source
from tpviewer.media.thumbnail import thumbnail


@pytest.fixture(scope="module")
def decoders() -> Iterator[DecodingProcesses]:
    with decoding_apart(patience=2.0) as processes:
        yield processes


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_clip(tmp_path_factory.mktemp("clip") / "a ü.mp4", 60, audio=True, rotation=90)
    return spoil(path, [20])


def here(monkeypatch: pytest.MonkeyPatch, path: Path) -> dict[str, object]:
    """All that can be had of a video, decoded in this process."""
    with monkeypatch.context() as patch:
        patch.setattr("tpviewer.media.decoding._processes", None)
        assert processes() is None
        return everything(path)


def everything(path: Path) -> dict[str, object]:
    with open_source(path) as source:
        frames = [picture for _, picture in source.frames()]
        info = source.info
        return {
            "frames": frames,
            "again": [source.read(index) for index in (40, 3, 59)],
            "warnings": info.warnings,
            "pts": info.pts,
            "first": first_picture(path),
            "thumbnail": thumbnail(path, 32, pts=int(info.pts[30]), box=(10.0, 10.0, 50.0, 40.0)),
            "sound": list(islice(sound_from(info, 0.3), 20)),
        }


def test_it_gives_the_same_as_in_this_process(
    decoders: DecodingProcesses, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, expected = everything(clip), here(monkeypatch, clip)
    assert found["warnings"] == expected["warnings"]
    assert found["warnings"]
    for name, value in expected.items():
        assert len(found[name]) == len(value)  # type: ignore[arg-type]
        for one, other in zip(found[name], value, strict=True):  # type: ignore[call-overload]
            np.testing.assert_array_equal(one, other)


def test_images_are_decoded_apart_too(decoders: DecodingProcesses, clip: Path, tmp_path: Path) -> None:
    import cv2

    cv2.imwrite(str(tmp_path / "1.png"), np.full((8, 8, 3), 90, np.uint8))
    with open_source(tmp_path) as source:
        assert isinstance(source, ApartSource)
        assert source.read(0).tolist() == np.full((8, 8, 3), 90).tolist()


def test_errors_come_through(decoders: DecodingProcesses, clip: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"sound\.m4a: the file holds sound but no video"):
        open_source(make_sound(tmp_path / "sound.m4a"))
    with open_source(clip) as source, pytest.raises(IndexError, match="frame 60 of 60"):
        source.read(60)


def test_a_frame_can_be_given_up_and_asked_for_again(decoders: DecodingProcesses, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "long.mp4", 250, gop=250)
    with open_source(path) as source:
        with pytest.raises(DecodingStoppedError):
            source.read(249, lambda: True)
        assert number_of(source.read(249)) == 249


def test_processes_are_used_again_and_none_is_used_by_two(decoders: DecodingProcesses, clip: Path) -> None:
    with open_source(clip) as one, open_source(clip) as other:
        pids = {one._process.pid, other._process.pid}
        assert len(pids) == 2
        assert number_of(one.read(7)) == number_of(other.read(7)) == 7
    with open_source(clip) as third:
        assert third._process.pid in pids


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSEGV there")
def test_a_crash_of_the_decoder_is_an_error_and_the_next_file_is_read(
    decoders: DecodingProcesses, clip: Path
) -> None:
    with open_source(clip) as source:
        source.read(0)
        os.kill(source._process.pid, signal.SIGSEGV)
        with pytest.raises(MediaError, match=r"a ü\.mp4: the decoder stopped unexpectedly.*signal 11"):
            source.read(59)
        with pytest.raises(MediaError, match=r"a ü\.mp4"):
            source.read(1)
    assert everything(clip)["frames"]


def _hang(path: Path) -> None:
    threading.Event().wait()


def test_a_decoder_that_hangs_is_ended(decoders: DecodingProcesses, clip: Path) -> None:
    began = time.monotonic()
    with pytest.raises(MediaError, match="it took too long"):
        decoders.call(_hang, clip)
    assert time.monotonic() - began < 20


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="shared memory has no folder there")
def test_no_picture_is_left_in_shared_memory(decoders: DecodingProcesses, clip: Path) -> None:
    before = {path.name for path in Path("/dev/shm").iterdir()}
    with open_source(clip) as source:
        source.read(3)
        assert {path.name for path in Path("/dev/shm").iterdir()} <= before


def test_at_the_end_no_process_is_left(clip: Path) -> None:
    with decoding_apart() as decoders:
        source = open_source(clip)
        open_source(clip).close()
        (idle,) = decoders._idle
    assert not idle.alive
    source.close()
    assert not source._process.alive
