"""Sound belongs to the time of the pictures: sample for sample, wherever it is read from."""

from fractions import Fraction
from itertools import islice

import av
import numpy as np
import pytest

from tests.media.clips import TIME_BASE, barcode, make_clip
from tpviewer.core.errors import MediaError
from tpviewer.media.sound import RATE, sound_from
from tpviewer.media.source import open_source

SOURCE_RATE = 44_100
CLICK_S = 1.0


def clip_with_click(path, video_starts_at=0.0, sound_starts_at=0.0, seconds=2.0):
    """Write a clip that is silent but for 50 ms of tone that begin at 1 s of the file's time."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 128, 96, "yuv420p"
        video.time_base = video.codec_context.time_base = TIME_BASE
        codec = "pcm_s16le" if path.suffix == ".mkv" else "aac"
        sound = container.add_stream(codec, rate=SOURCE_RATE)
        sound.layout = "mono"
        sound.time_base = Fraction(1, SOURCE_RATE)
        for number in range(int(25 * seconds)):
            frame = av.VideoFrame.from_ndarray(barcode(number), format="rgb24")
            frame.pts, frame.time_base = round((number / 25 + video_starts_at) / TIME_BASE), TIME_BASE
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for first in range(int(sound_starts_at * SOURCE_RATE), int(seconds * SOURCE_RATE), 1024):
            times = (first + np.arange(1024)) / SOURCE_RATE
            tone = 0.5 * np.sin(2 * np.pi * 1000 * times) * ((times >= CLICK_S) & (times < CLICK_S + 0.05))
            samples = (32767 * tone).astype(np.int16)[None]
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = SOURCE_RATE, first, Fraction(1, SOURCE_RATE)
            container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    with open_source(path) as source:
        return source.info


def heard(info, start, seconds):
    """Samples of `seconds` from `start` on."""
    samples, blocks = [], sound_from(info, start)
    while sum(map(len, samples)) < seconds * RATE:
        samples.append(next(blocks))
    return np.concatenate(samples)[: int(seconds * RATE)]


def onset(samples):
    return int(np.argmax(np.abs(samples[:, 0].astype(int)) > 3000)) / RATE


@pytest.mark.parametrize("name", ["pcm.mkv", "aac.mp4"])
@pytest.mark.parametrize("start", [0.0, 0.5, 0.93])
def test_the_click_is_heard_at_its_time(tmp_path, name, start):
    info = clip_with_click(tmp_path / name)
    samples = heard(info, start, 1.2)
    assert samples.dtype == np.int16
    assert samples.shape[1] == 2
    assert onset(samples) + start == pytest.approx(CLICK_S, abs=0.012)
    np.testing.assert_array_equal(samples[:, 0], samples[:, 1])


def test_time_zero_is_the_first_picture_even_if_the_sound_began_before(tmp_path):
    info = clip_with_click(tmp_path / "late.mkv", video_starts_at=0.4)
    assert onset(heard(info, 0.0, 1.2)) == pytest.approx(CLICK_S - 0.4, abs=0.012)
    assert onset(heard(info, 0.3, 1.2)) == pytest.approx(CLICK_S - 0.7, abs=0.012)


def test_sound_that_begins_later_is_silent_before(tmp_path):
    info = clip_with_click(tmp_path / "late.mkv", sound_starts_at=0.7)
    samples = heard(info, 0.0, 1.2)
    assert not samples[: int(0.69 * RATE)].any()
    assert onset(samples) == pytest.approx(CLICK_S, abs=0.012)


def test_after_its_end_there_is_silence_without_end(tmp_path):
    info = clip_with_click(tmp_path / "short.mkv")
    assert not np.concatenate(list(islice(sound_from(info, 5.0), 100))).any()
    assert len(heard(info, 1.5, 3.0)) == 3 * RATE


def test_a_clip_without_sound_says_so(tmp_path):
    with open_source(make_clip(tmp_path / "mute.mp4", 5)) as source, pytest.raises(MediaError, match="sound"):
        next(sound_from(source.info, 0.0))


def test_the_sound_of_ordinary_clips_is_read(tmp_path):
    with open_source(make_clip(tmp_path / "a.mp4", 30, audio=True)) as source:
        assert heard(source.info, 0.2, 0.5).shape == (RATE // 2, 2)
