"""A recording keeps every picture at its time, and is readable however it ends."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.media.clips import barcode, number_of
from tpviewer.core.errors import MediaError
from tpviewer.media.recorded_sound import SoundShape
from tpviewer.media.recorder import LEAST_FREE, Recorder, RecordingState, proposed_name
from tpviewer.media.source import open_source

UNEVEN = np.cumsum([0.0, 0.031, 0.0402, 0.0333, 0.2, 0.005, 0.0333, 0.0417])


def record(path: Path, times: NDArray[np.float64], **options: object) -> RecordingState:
    recorder = Recorder(path, 30.0, **options)  # type: ignore[arg-type]
    for number, moment in enumerate(times):
        recorder.add(barcode(number), 100.0 + float(moment))
    return recorder.wait()


def test_every_picture_is_there_at_its_own_time(tmp_path: Path) -> None:
    state = record(tmp_path / "a.mp4", UNEVEN)
    assert (state.frames, state.waiting, state.refused, state.problem) == (8, 0, 0, "")
    assert state.size == (tmp_path / "a.mp4").stat().st_size
    with open_source(tmp_path / "a.mp4") as source:
        np.testing.assert_allclose(source.info.times, UNEVEN, atol=1 / 90_000)
        assert [number_of(picture) for _, picture in source.frames()] == list(range(8))
        assert not source.info.warnings


def test_times_that_do_not_rise_lose_no_picture(tmp_path: Path) -> None:
    record(tmp_path / "a.mp4", np.array([0.0, 0.1, 0.1, 0.05, 0.2]))
    with open_source(tmp_path / "a.mp4") as source:
        assert [number_of(picture) for _, picture in source.frames()] == list(range(5))
        assert (np.diff(source.info.times) > 0).all()


def test_odd_sizes_lose_a_row_and_a_column(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.mp4", 30.0)
    recorder.add(np.full((47, 65, 3), 90, np.uint8), 0.0)
    recorder.wait()
    with open_source(tmp_path / "a.mp4") as source:
        assert (source.info.height, source.info.width) == (46, 64)


def test_a_kill_leaves_all_but_the_last_second(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    code = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from tests.media.clips import barcode
        from tpviewer.media.recorder import Recorder
        recorder = Recorder(Path({str(path)!r}), 30.0)
        for number in range(100):
            recorder.add(barcode(number), number / 30)
        while recorder.state.waiting:
            time.sleep(0.01)
        print("written", flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.kill()
    with open_source(path) as source:
        numbers = [number_of(picture) for _, picture in source.frames()]
        assert len(numbers) >= 60
        assert numbers == list(range(len(numbers)))
        np.testing.assert_allclose(source.info.times, np.arange(len(numbers)) / 30, atol=1 / 90_000)


class SlowDisk:
    """Says that there is space, but not before it may."""

    def __init__(self) -> None:
        self.may = threading.Event()

    def __call__(self, folder: Path) -> int:
        self.may.wait(10)
        return 1 << 40


def test_what_the_disk_does_not_take_in_time_is_counted_and_never_blocks(tmp_path: Path) -> None:
    disk = SlowDisk()
    size = barcode(0).nbytes
    recorder = Recorder(tmp_path / "a.mp4", 30.0, most_waiting=4 * size, free_space=disk)
    taken = [recorder.add(barcode(number), number / 30) for number in range(12)]
    during = recorder.state
    disk.may.set()
    state = recorder.wait()
    assert during.refused == taken.count(False) > 0
    assert state.frames == taken.count(True)
    assert state.frames + state.refused == 12
    with open_source(tmp_path / "a.mp4") as source:
        kept = [number for number, was in enumerate(taken) if was]
        assert [number_of(picture) for _, picture in source.frames()] == kept
        np.testing.assert_allclose(source.info.times, np.array(kept) / 30, atol=1 / 90_000)


def test_a_disk_that_fills_up_ends_the_recording_in_time(tmp_path: Path) -> None:
    ended: list[RecordingState] = []
    recorder = Recorder(tmp_path / "a.mp4", 30.0, ended=ended.append, free_space=lambda _: LEAST_FREE - 1)
    for number in range(5):
        recorder.add(barcode(number), number / 30)
    while not recorder.state.problem:
        time.sleep(0.01)
    state = recorder.wait()
    assert "the disk is full" in state.problem
    assert "kept" in state.problem
    (told,) = ended
    assert told.refused <= state.refused  # pictures offered after the end count too
    assert replace(told, refused=state.refused) == state
    assert not recorder.add(barcode(9), 1.0)
    with open_source(tmp_path / "a.mp4") as source:
        assert source.info.n_frames == state.frames > 0


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of this system")
def test_a_write_that_fails_keeps_what_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    code = textwrap.dedent(f"""
        import resource, signal
        from pathlib import Path
        import numpy as np
        from tpviewer.media.recorder import Recorder
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), np.uint8)
        recorder = Recorder(Path({str(path)!r}), 5.0)
        for number in range(60):
            recorder.add(np.roll(noise, number, 1), number / 5)
        state = recorder.wait()
        print(state.frames, state.refused, state.problem)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    frames, refused, problem = done.stdout.split(" ", 2)
    assert str(path) in problem
    assert "cannot be written on" in problem
    assert int(frames) + int(refused) == 60
    assert int(refused) > 0
    with open_source(path) as source:
        assert 0 < source.info.n_frames <= 60
        assert next(iter(source.frames()))[1] is not None


def test_a_camera_that_changes_its_size_ends_the_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.mp4", 30.0)
    recorder.add(barcode(0), 0.0)
    assert not recorder.add(barcode(1, height=112), 0.1)
    state = recorder.wait()
    assert "size of the pictures changed" in state.problem
    assert state.frames == 1


def test_sound_is_in_step_with_the_pictures(tmp_path: Path) -> None:
    """A click at 1.0 s of the pictures' clock is a click at 1.0 s of the file, over a gap as well."""
    rate = 48_000
    recorder = Recorder(tmp_path / "a.mp4", 30.0, SoundShape(rate, 1))
    start = 50.0
    for number in range(60):
        moment = start + number / 30
        recorder.add(barcode(number), moment)
        if not 15 <= number < 24:  # the microphone pauses for 0.3 s
            block = np.zeros((rate // 30, 1), np.int16)
            if number == 30:
                block[:48] = 30_000
            recorder.add_sound(block, moment + 0.004 * (number % 3))
    recorder.wait()
    with av.open(str(tmp_path / "a.mp4")) as container:
        frames = list(container.decode(audio=0))
    heard = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    assert frames[0].time is not None
    assert frames[0].time + np.abs(heard).argmax() / rate == pytest.approx(1.0, abs=0.015)
    with open_source(tmp_path / "a.mp4") as source:
        assert source.info.has_audio
        np.testing.assert_allclose(source.info.times, np.arange(60) / 30, atol=1 / 90_000)


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"the only recording of a patient")
    with pytest.raises(MediaError, match="such a file already"):
        Recorder(tmp_path / "a.mp4", 30.0)
    assert (tmp_path / "a.mp4").read_bytes().startswith(b"the only")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(MediaError, match="choose another folder"):
        Recorder(tmp_path / "a.mp4", 30.0)


def test_no_picture_at_all_leaves_no_file(tmp_path: Path) -> None:
    state = Recorder(tmp_path / "new" / "a.mp4", 30.0).wait()
    assert (state.frames, state.problem) == (0, "")
    assert not state.path.exists()


def test_names_are_safe_on_every_system() -> None:
    moment = datetime(2026, 11, 25, 10, 30)
    assert proposed_name("P 07/ü", moment) == "P 07-ü-2026-11-25-10-30-00.mp4"
    assert proposed_name(" ..", moment) == "recording-2026-11-25-10-30-00.mp4"
