"""The exported film keeps the times and sound of its source, and draws what the results say."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.export.made_session import make_session, states_of
from tests.media.clips import make_clip
from tpviewer.core.errors import MediaError, ParameterError
from tpviewer.core.palette import colour
from tpviewer.core.relevance import top_x_mask
from tpviewer.export.formats import write_export
from tpviewer.export.overlay_video import write_overlay_video
from tpviewer.export.progress import ExportStoppedError
from tpviewer.media import sound
from tpviewer.media.decoding import decoding_apart
from tpviewer.media.source import open_source
from tpviewer.store.session import Session

COUNT = 24
UNEVEN = np.cumsum([0, *([512, 700, 300, 1024] * COUNT)])[:COUNT].tolist()


def film(session: Path, target: Path, **options: object) -> Path:
    with Session(session) as opened:
        steps = list(write_overlay_video(opened, target, **options))
    assert [step.done for step in steps] == list(range(1, steps[-1].total + 1))
    return target


def times(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        return sorted(p.pts * p.time_base for p in container.demux(video=0) if p.pts is not None)


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """An uneven clip with sound, 160 x 120, and its session; no face in frames 20 to 23."""
    clip = make_clip(tmp_path / "Frau Müller.mp4", COUNT, pts=UNEVEN, size=(160, 120), audio=True)
    return make_session(tmp_path / "a.tpv", clip, states_of(COUNT, 6, (20, 24))), clip


def test_every_frame_is_shown_when_it_is_in_the_source(made: tuple[Path, Path], tmp_path: Path) -> None:
    session, clip = made
    out = film(session, tmp_path / "out.mp4")
    ours, source = times(out), times(clip)
    assert [t - ours[0] for t in ours] == [t - source[0] for t in source]


def test_a_range_begins_at_its_first_frame(made: tuple[Path, Path], tmp_path: Path) -> None:
    session, clip = made
    out = film(session, tmp_path / "out.mp4", frames=(7, 15))
    ours, source = times(out), times(clip)[7:15]
    assert ours[0] == 0
    assert [t - ours[0] for t in ours] == [t - source[0] for t in source]
    with av.open(str(out)) as container:
        last = max(
            float((p.pts + p.duration) * p.time_base) for p in container.demux(audio=0) if p.dts is not None
        )
    assert last <= float(times(clip)[15] - times(clip)[7]) + 0.1


def test_the_sound_is_copied(made: tuple[Path, Path], tmp_path: Path) -> None:
    session, clip = made
    out = film(session, tmp_path / "out.mp4")
    packets = []
    for path in (clip, out):
        with av.open(str(path)) as container:
            packets.append([(bytes(p), p.pts * p.time_base) for p in container.demux(audio=0) if p.size])
    end = UNEVEN[-1] / 12800
    assert len(packets[1]) > 10
    assert packets[1] == packets[0][: len(packets[1])]
    assert float(packets[0][len(packets[1]) - 1][1]) <= end + 0.1


def test_sound_that_mp4_players_do_not_know_is_coded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = tmp_path / "clip.mkv"
    tone = (8000 * np.sin(np.arange(16000) / 8)).astype(np.int16)[None]
    with av.open(str(clip), "w") as container:
        stream, heard_as = (
            container.add_stream("libx264", rate=25),
            container.add_stream("pcm_s16le", rate=16000),
        )
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(25):
            frame = av.VideoFrame.from_ndarray(np.full((96, 128, 3), 90, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        heard = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        heard.sample_rate, heard.pts = 16000, 0
        container.mux([*stream.encode(None), *heard_as.encode(heard), *heard_as.encode(None)])
    session = make_session(tmp_path / "a.tpv", clip, states_of(25, 3))
    monkeypatch.setattr(sound, "_placed", lambda *_: pytest.fail("the sound was decoded in this process"))
    with decoding_apart():
        out = film(session, tmp_path / "out.mp4")
    monkeypatch.undo()
    with av.open(str(out)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
        samples = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    assert len(samples) == pytest.approx(48_000, abs=2048)
    assert 0.1 < np.abs(samples[12_000:36_000]).max() < 0.5
    crossings = np.count_nonzero(np.diff(np.sign(samples[12_000:36_000])))
    assert crossings == pytest.approx(0.5 * 2 * 16_000 / (2 * np.pi * 8), abs=2)  # the tone, at its pace


def test_the_top_x_pixels_are_in_the_colour_of_the_look(made: tuple[Path, Path], tmp_path: Path) -> None:
    session, clip = made
    pictures = decoded(film(session, tmp_path / "out.mp4", top_x=30.0))
    with Session(session) as opened, open_source(clip) as source:
        states = opened.states(profile="paper")
        frame = int(np.flatnonzero((states[:, 2] == 0) & (states[:, :2] < 0).all(axis=1))[0])
        under = source.read(frame).astype(float)
        mask = top_x_mask(opened.relevance.get(2, frame), 30.0)
    left = (pictures[0].shape[1] - 160) // 2
    drawn = pictures[frame][:120, left : left + 160].astype(float)
    shade = np.array([int(colour("AU12", 0)[i : i + 2], 16) for i in (1, 3, 5)])
    inner = mask & np.roll(mask, 1, 0) & np.roll(mask, -1, 0) & np.roll(mask, 1, 1) & np.roll(mask, -1, 1)
    places = np.nonzero(inner)
    assert len(places[0]) > 20
    expected = 0.4 * under[places] + 0.6 * shade
    assert np.abs(drawn[places] - expected).mean() < 25
    outside = ~mask
    outside[:, :] &= ~(
        np.roll(mask, 2, 0) | np.roll(mask, -2, 0) | np.roll(mask, 2, 1) | np.roll(mask, -2, 1)
    )
    assert np.abs(drawn[:96, :96][outside] - under[:96, :96][outside]).mean() < 6


def test_captions_change_with_frame_and_stage_and_say_where_no_face_is(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    session, _ = made
    pictures = decoded(film(session, tmp_path / "out.mp4"))
    band = [picture[120:].astype(float) for picture in pictures]
    row = band[0].shape[0] // 6
    assert np.abs(band[0] - band[1])[: 3 * row].max() > 60  # time and frame
    with Session(session) as opened:
        first, second = opened.stages(profile="paper")[:2]
    assert np.abs(band[first.start] - band[second.start]).max() > 60
    width = [
        int(np.flatnonzero((b > 120).any(axis=(0, 2)))[-1])
        for b in (band[first.start][: 3 * row], band[21][: 3 * row])
    ]
    assert width[1] > width[0] + 60  # "no face in this frame" makes the line longer


def test_a_turned_video_comes_out_upright(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "turned.mp4", 8, rotation=90, size=(128, 96))
    session = make_session(tmp_path / "a.tpv", clip, states_of(8, 1))
    pictures = decoded(film(session, tmp_path / "out.mp4"))
    with open_source(clip) as source:
        under = source.read(3).astype(float)
    left = (pictures[0].shape[1] - 128) // 2
    assert np.abs(pictures[3][:96, left : left + 128] - under).mean() < 6


@pytest.mark.parametrize("frames", [(5, 5), (-1, 4), (0, COUNT + 1)])
def test_a_range_outside_the_video_is_refused(
    made: tuple[Path, Path], tmp_path: Path, frames: tuple[int, int]
) -> None:
    with pytest.raises(ParameterError, match="within 0-24"):
        film(made[0], tmp_path / "out.mp4", frames=frames)


def test_what_is_stopped_or_fails_leaves_no_file_and_an_older_one_alone(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = made
    target = tmp_path / "new" / "out.mp4"
    target.parent.mkdir()
    target.write_bytes(b"older")
    with Session(session) as opened, pytest.raises(ExportStoppedError):
        write_export(opened, "video", target, follow=lambda progress: progress.done < 5)
    assert [(p.name, p.read_bytes()) for p in target.parent.iterdir()] == [("out.mp4", b"older")]

    def broken(*_: object) -> None:
        raise MediaError("broken")

    monkeypatch.setattr("tpviewer.export.overlay_video.lay_over", broken)
    with Session(session) as opened, pytest.raises(MediaError, match="broken"):
        write_export(opened, "video", target)
    assert [(p.name, p.read_bytes()) for p in target.parent.iterdir()] == [("out.mp4", b"older")]


def test_the_video_itself_is_never_written_over(made: tuple[Path, Path]) -> None:
    session, clip = made
    before = clip.read_bytes()
    with pytest.raises(MediaError, match="video itself"):
        film(session, clip)
    assert clip.read_bytes() == before
