"""The whole video with its Top-X overlay and captions, each frame shown as long as in the source."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError, ParameterError
from tpviewer.core.stages import Stage, stage_label
from tpviewer.export.caption_band import Caption, CaptionBand, Entry
from tpviewer.export.carried import carried_text, video_name
from tpviewer.export.frame_overlay import Layer, lay_over, layers_at
from tpviewer.export.neutral_picture import neutral_picture
from tpviewer.export.progress import Exporting, ExportProgress
from tpviewer.export.provenance import exported
from tpviewer.export.stage_tiles import open_video
from tpviewer.media.film_writer import FilmWriter, open_film
from tpviewer.media.source import VideoSource
from tpviewer.store.session import Session

NEUTRAL_SCALE = 6
"""Pixels of a de-identified video per pixel of the crop."""

_LEAST_WIDTH = 480  # or captions cannot be read
_GREY, _GROUND = 128, 21


@dataclass(frozen=True, eq=False)
class _Shown:
    """What is known of every frame."""

    session: Session
    columns: tuple[str, ...]
    states: NDArray[np.int16]
    stages: list[Stage]
    stage_of: NDArray[np.int64]
    times: NDArray[np.float64]
    seen: NDArray[np.bool_]
    top_x: float

    def active(self, frame: int) -> dict[str, int]:
        """Letter index of each active Action Unit."""
        row = self.states[frame].tolist()
        return {au: look for au, look in zip(self.columns, row, strict=True) if look >= 0}

    def caption(self, frame: int, layers: tuple[Layer, ...], readable: bool) -> Caption:
        """Lines under a frame."""
        number = int(self.stage_of[frame])
        stage = f"Stage {number + 1} of {len(self.stages)}: {stage_label(self.stages[number])}"
        minutes, seconds = divmod(float(self.times[frame]), 60)
        place = f"{int(minutes)}:{seconds:06.3f} · frame {frame} / {len(self.times)}"
        notes = [] if readable else ["this frame cannot be decoded"]
        notes += [] if self.seen[frame] else ["no face in this frame"]
        return Caption(stage, " · ".join((place, *notes)), _legend(layers))


def write_overlay_video(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
    frames: tuple[int, int] | None = None,
    deidentified: bool = False,
) -> Exporting:
    """Write the video of a session as MP4 with Top-X overlay, legend and captions.

    Each frame is upright and shown when and as long as in the source, and the sound is the source's. What is
    de-identified shows the maps on a drawing of a face in the crop instead: the source is not even opened,
    and there is no sound.

    Parameters
    ----------
    session : Session
    path : Path
        Replaced when the video is complete.
    profile : str, optional
        Name of the results; by default those that the window shows.
    video : Path, optional
        Where the video lies now, if it was moved.
    top_x : float
        Percent of the positive relevance that is drawn.
    frames : (int, int), optional
        Half-open range; by default all that were analysed.
    deidentified : bool

    Yields
    ------
    ExportProgress
        After each frame.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    ParameterError
        If the range is empty or outside the video.
    MediaError
        If the video cannot be found, or the file cannot be written.
    """
    shown = _shown(session, exported(session, profile), top_x)
    start, stop = _checked(frames, len(shown.times))
    tags = _tags(session, exported(session, profile), top_x, deidentified)
    source: AbstractContextManager[VideoSource | None] = nullcontext()
    if not deidentified:
        source = open_video(session, video)
        _refuse_itself(path, video or Path(session.video.path))
    with source as opened:
        canvas = _Canvas(shown, opened, range(start, stop), tags["title"])
        time_base = Fraction(*session.video.time_base)
        with open_film(path, canvas.width, canvas.height, time_base, tags) as film:
            if opened is not None and opened.info.has_audio:
                _add_sound(film, opened, start, stop)
            yield from _film(film, canvas, session.pts, session.end, time_base, range(start, stop))


def _film(
    film: FilmWriter,
    canvas: "_Canvas",
    pts: NDArray[np.int64],
    end: float,
    time_base: Fraction,
    frames: range,
) -> Iterator[ExportProgress]:
    last = max(round(end / time_base) + int(pts[0]), int(pts[-1]) + 1)
    ends = np.append(pts[1:], last)
    begin = int(pts[frames.start])
    for done, (frame, picture) in enumerate(canvas.pictures(), start=1):
        film.add(picture, int(pts[frame]) - begin, int(ends[frame] - pts[frame]))
        yield ExportProgress(done, len(frames))


class _Canvas:
    """Puts frame, overlay and caption together."""

    def __init__(self, shown: _Shown, source: VideoSource | None, frames: range, title: str) -> None:
        self._shown, self._source, self._frames = shown, source, frames
        self._face: NDArray[np.uint8] | None = None
        self._crop_to_frame = np.asarray(shown.session.arrays.require("crop_to_frame"), np.float64)
        if source is None:
            self._face = np.repeat(neutral_picture(shown.session, NEUTRAL_SCALE)[..., None], 3, axis=2)
            self._rows, self._columns = self._face.shape[:2]
        else:
            self._rows, self._columns = source.info.height, source.info.width
        self.width = max(self._columns + self._columns % 2, _LEAST_WIDTH)
        model = shown.session.model
        made = f"Top-{shown.top_x:g} relevance, {model['name']} {model['version']}"
        footer = f"{made} · research, no diagnosis · {title}"
        looks = np.unique(shown.states[frames.start : frames.stop], axis=0, return_index=True)[1]
        legends = [self._longest_legend(frames.start + int(place)) for place in looks]
        self._band = CaptionBand(self.width, self._rows, legends, footer)
        self.height = self._rows + self._rows % 2 + self._band.height

    def _longest_legend(self, frame: int) -> tuple[Entry, ...]:
        return _legend(tuple(Layer(au, look, None) for au, look in self._shown.active(frame).items()))

    def pictures(self) -> Iterator[tuple[int, NDArray[np.uint8]]]:
        """Numbers and finished pictures, (height, width, 3) RGB."""
        for frame, picture in self._under():
            layers = layers_at(self._shown.session, frame, self._shown.active(frame))
            whole = np.full((self.height, self.width, 3), _GROUND, np.uint8)
            left = (self.width - self._columns) // 2
            area = whole[: self._rows, left : left + self._columns]
            area[:] = _GREY if picture is None else picture
            if picture is not None:
                lay_over(area, layers, self._shown.top_x, self._to_frame(frame))
            caption = self._shown.caption(frame, layers, picture is not None)
            whole[-self._band.height :] = self._band.draw(caption)
            yield frame, whole

    def _under(self) -> Iterator[tuple[int, NDArray[np.uint8] | None]]:
        if self._source is not None:
            return self._source.frames(self._frames.start, self._frames.stop)
        return ((frame, self._face) for frame in self._frames)

    def _to_frame(self, frame: int) -> NDArray[np.float64]:
        """Matrix from crop pixels to those of the picture under the overlay."""
        if self._face is None or not np.isfinite(self._crop_to_frame[frame]).all():
            return np.asarray(self._crop_to_frame[frame])
        shift = (NEUTRAL_SCALE - 1) / 2
        return np.array([[NEUTRAL_SCALE, 0.0, shift], [0.0, NEUTRAL_SCALE, shift]])


def _shown(session: Session, profile: str, top_x: float) -> _Shown:
    stages = session.stages(profile=profile)
    lengths = [stage.frames for stage in stages]
    return _Shown(
        session,
        session.columns(profile),
        session.states(profile=profile),
        stages,
        np.repeat(np.arange(len(stages)), lengths),
        session.times,
        np.asarray(session.arrays.require("seen"), np.bool_),
        top_x,
    )


def _legend(layers: tuple[Layer, ...]) -> tuple[Entry, ...]:
    return tuple((layer.colour, layer.label) for layer in layers)


def _checked(frames: tuple[int, int] | None, count: int) -> tuple[int, int]:
    start, stop = frames or (0, count)
    if not 0 <= start < stop <= count:
        raise ParameterError(
            f"frames {start}-{stop} are no range of this video; choose START-STOP within 0-{count}"
        )
    return start, stop


def _refuse_itself(path: Path, video: Path) -> None:
    if path.exists() and video.exists() and path.samefile(video):
        raise MediaError(f"{path}: this is the video itself; choose another name for the export")


def _tags(session: Session, profile: str, top_x: float, deidentified: bool) -> dict[str, str]:
    name = video_name(session, deidentified)
    return {"title": name, "comment": carried_text(session, profile, top_x, deidentified)}


def _add_sound(film: FilmWriter, source: VideoSource, start: int, stop: int) -> None:
    info = source.info
    film.add_sound(info, float(info.times[start]), info.end_s(stop - 1))
