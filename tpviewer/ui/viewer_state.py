"""The one thing that all views share: what is open, what is looked at, and how."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from tpviewer.core.action_units import facial_order
from tpviewer.core.stages import Stage
from tpviewer.media.video_info import VideoInfo
from tpviewer.store.snapshot import ResultSet, Snapshot

OverlayMode = Literal["top-x all", "top-x one", "signed"]
"""Top-X of all active Action Units, Top-X of the chosen one, signed map of the chosen one."""

LayerName = Literal["raw", "smoothed", "absorbed"]
Chip = Literal["relevance", "face box", "mesh", "labels"]

LEAST_VIEW_S = 0.1
"""The time axis cannot be zoomed in further than this, seconds."""


@dataclass(frozen=True)
class Overlay:
    """What is drawn over the frame.

    Attributes
    ----------
    mode : OverlayMode
    x : float
        Percent of the positive relevance that is shown, 1 to 100.
    opacity : float
        0 to 1.
    prototype : bool
        The cluster's prototype instead of the frame's own map.
    chips : frozenset of Chip
        Layers that are on.
    """

    mode: OverlayMode = "top-x all"
    x: float = 25.0
    opacity: float = 0.6
    prototype: bool = False
    chips: frozenset[Chip] = frozenset({"relevance", "labels"})


class ViewerState(QObject):
    """What every view listens to; a view changes it and never calls another view.

    Signals are sent only when something really changed. Frames are counted from 0, times are seconds from
    the first frame.

    Signals
    -------
    document_changed()
        Another video or none is open (`video`, `snapshot`), or the video's index became known.
    results_changed()
        `snapshot` was replaced by a newer one of the same session, or `profile` or `layer` changed.
    playhead_changed(int)
    au_changed(str)
        The chosen Action Unit; empty for none.
    view_changed(float, float)
        Visible range of the time axis.
    overlay_changed()
    playing_changed(bool)
    speed_changed(float)
    loop_changed()
    neutral_changed()
    """

    document_changed = Signal()
    results_changed = Signal()
    playhead_changed = Signal(int)
    au_changed = Signal(str)
    view_changed = Signal(float, float)
    overlay_changed = Signal()
    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    loop_changed = Signal()
    neutral_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._video: VideoInfo | None = None
        self._snapshot: Snapshot | None = None
        self._machine: Snapshot | None = None
        self._blind = False
        self._times: NDArray[np.float64] = np.zeros(0)
        self._end = 0.0
        self._playhead = 0
        self._au = ""
        self._view = (0.0, 1.0)
        self._overlay = Overlay()
        self._profile = "steady"
        self._layer: LayerName = "absorbed"
        self._playing = False
        self._speed = 1.0
        self._loop: tuple[int, int] | None = None
        self._neutral: tuple[int, int] | None = None
        self._stages: tuple[Stage, ...] = ()
        self._stage_starts: list[int] = []

    @property
    def video(self) -> VideoInfo | None:
        """The open video, None while there is none or its frames are not known yet."""
        return self._video

    @property
    def snapshot(self) -> Snapshot | None:
        """Results so far, None before an analysis; while `blind` nothing that the machine says is in it."""
        return self._snapshot

    @property
    def machine(self) -> Snapshot | None:
        """Results so far even while they are hidden: to note what is judged, never to be shown."""
        return self._machine

    @property
    def blind(self) -> bool:
        """True while everything that the machine says is hidden."""
        return self._blind

    def set_blind(self, blind: bool) -> None:
        """Hide all that the machine says, or show it again."""
        if blind != self._blind:
            self._blind = blind
            self.set_snapshot(self._machine)

    def _take(self, snapshot: Snapshot | None) -> None:
        self._machine = snapshot
        self._snapshot = snapshot.hidden() if snapshot is not None and self._blind else snapshot

    @property
    def results(self) -> ResultSet | None:
        """Results of the shown profile, the expert's where there are some; None while there are none."""
        return self._snapshot.shown(self._profile) if self._snapshot else None

    @property
    def times(self) -> NDArray[np.float64]:
        """Presentation times (N,) of all frames, seconds."""
        return self._times

    @property
    def end(self) -> float:
        """End of the last frame, seconds."""
        return self._end

    @property
    def n_frames(self) -> int:
        """Frames of the video."""
        return len(self._times)

    def open(self, video: VideoInfo | None, snapshot: Snapshot | None = None) -> None:
        """Show another video, its results or both; None and None close what is open."""
        self.set_playing(False)
        self.set_loop(None)
        self.set_neutral(None)
        self._video = video
        self._take(snapshot)
        self._take_times()
        self._playhead = 0
        self._au = ""
        if snapshot is not None:
            self._profile = snapshot.profile
        self._view = (0.0, max(self._end, LEAST_VIEW_S))
        self.document_changed.emit()
        self.results_changed.emit()
        self.au_changed.emit(self._au)
        self.view_changed.emit(*self._view)
        self.playhead_changed.emit(self._playhead)

    def set_video(self, video: VideoInfo) -> None:
        """Say what is known of the video that is open already; playhead and results stay."""
        self._video = video
        self._take_times()
        self._fit_to_times()
        self.document_changed.emit()

    def set_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show newer results of the video that is open already."""
        first = self._snapshot is None
        self._take(snapshot)
        if snapshot is not None and first:
            self._profile = snapshot.profile
        if self._video is None:
            self._take_times()
            self._fit_to_times()
        if self._au and snapshot is not None and self._au not in self.au_order():
            self.set_au("")
        self.results_changed.emit()

    def _take_times(self) -> None:
        if self._video is not None:
            self._times, self._end = self._video.times, self._video.duration_s
        elif self._snapshot is not None:
            self._times, self._end = self._snapshot.times, self._snapshot.end
        else:
            self._times, self._end = np.zeros(0), 0.0

    def _fit_to_times(self) -> None:
        self.set_playhead(self._playhead)
        self.set_view(0.0, max(self._end, LEAST_VIEW_S))

    @property
    def playhead(self) -> int:
        """The frame that is looked at."""
        return self._playhead

    def set_playhead(self, frame: int) -> None:
        """Go to a frame; beyond the ends to the first or last."""
        frame = max(0, min(int(frame), self.n_frames - 1))
        if frame != self._playhead:
            self._playhead = frame
            self.playhead_changed.emit(frame)

    def frame_at(self, seconds: float) -> int:
        """Frame that is shown at a time; the first or last beyond the ends."""
        place = int(np.searchsorted(self._times, seconds, side="right")) - 1
        return max(0, min(place, self.n_frames - 1))

    def time_of(self, frame: int) -> float:
        """Presentation time of a frame in seconds; the end for the number after the last."""
        return float(self._times[frame]) if frame < self.n_frames else self._end

    @property
    def view(self) -> tuple[float, float]:
        """Visible range of the time axis, seconds."""
        return self._view

    def set_view(self, start: float, stop: float) -> None:
        """Show another range of time, kept inside the video and no shorter than `LEAST_VIEW_S`."""
        whole = max(self._end, LEAST_VIEW_S)
        width = min(max(stop - start, LEAST_VIEW_S), whole)
        start = min(max(start, 0.0), whole - width)
        if (start, start + width) != self._view:
            self._view = (start, start + width)
            self.view_changed.emit(*self._view)

    def stage_at(self, frame: int) -> Stage | None:
        """Stage of the shown result that a frame belongs to."""
        number = self.stage_number(frame)
        return None if number is None else self._stages[number]

    def stage_number(self, frame: int) -> int | None:
        """Place, from 0, of the stage of the shown result that a frame belongs to."""
        results = self.results
        stages = () if results is None else results.stages[self._layer]
        if stages is not self._stages:
            self._stages = stages
            self._stage_starts = [stage.start for stage in stages]
        place = bisect_right(self._stage_starts, frame) - 1
        return place if place >= 0 and frame < stages[place].stop else None

    @property
    def au(self) -> str:
        """The chosen Action Unit, empty for none."""
        return self._au

    def set_au(self, au: str) -> None:
        """Choose an Action Unit, or none with an empty text."""
        if au != self._au:
            self._au = au
            self.au_changed.emit(au)

    def au_order(self) -> tuple[str, ...]:
        """Action Units in the order in which they are listed, from the brow down to the jaw."""
        if self._snapshot is None:
            return ()
        results = self.results
        return facial_order(results.columns if results else self._snapshot.aus)

    @property
    def profile(self) -> str:
        """``steady`` or ``paper``."""
        return self._profile

    def set_profile(self, profile: str) -> None:
        """Show the results of another profile."""
        if profile != self._profile:
            self._profile = profile
            self.results_changed.emit()

    @property
    def layer(self) -> LayerName:
        """Which of the profile's results stages are read from: raw, smoothed or absorbed."""
        return self._layer

    def set_layer(self, layer: LayerName) -> None:
        """Show another layer of the results."""
        if layer != self._layer:
            self._layer = layer
            self.results_changed.emit()

    @property
    def overlay(self) -> Overlay:
        """What is drawn over the frame."""
        return self._overlay

    def set_overlay(self, overlay: Overlay) -> None:
        """Draw something else over the frame; X is kept in 1 to 100, opacity in 0 to 1."""
        x, opacity = min(max(overlay.x, 1.0), 100.0), min(max(overlay.opacity, 0.0), 1.0)
        overlay = replace(overlay, x=x, opacity=opacity)
        if overlay != self._overlay:
            self._overlay = overlay
            self.overlay_changed.emit()

    @property
    def playing(self) -> bool:
        """True while the video plays."""
        return self._playing

    def set_playing(self, playing: bool) -> None:
        """Play or pause."""
        playing = playing and self.n_frames > 0
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    @property
    def speed(self) -> float:
        """Speed of playing; 1 is real time."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play faster or slower, 0.1 to 4 times real time."""
        speed = min(max(speed, 0.1), 4.0)
        if speed != self._speed:
            self._speed = speed
            self.speed_changed.emit(speed)

    @property
    def loop(self) -> tuple[int, int] | None:
        """Half-open range of frames that is played again and again, None for none."""
        return self._loop

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Loop a range of frames, or stop looping."""
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit()

    @property
    def neutral(self) -> tuple[int, int] | None:
        """Half-open range of frames that the user marked as the neutral face, None for none."""
        return self._neutral

    def set_neutral(self, neutral: tuple[int, int] | None) -> None:
        """Show another marked stretch; what follows from it is the business of the analysis."""
        if neutral != self._neutral:
            self._neutral = neutral
            self.neutral_changed.emit()

    @property
    def found_neutral(self) -> tuple[int, ...]:
        """Frames that the analysis itself took as the neutral face; empty for marked ones or none."""
        told = self._snapshot.provenance.get("neutral") if self._snapshot else None
        return tuple(told["frames"]) if told and told["how"] == "found" else ()
