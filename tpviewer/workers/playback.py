"""Plays a video against a presentation clock: frames are dropped, time never drifts."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance

TICK_MS = 8
_SOUND_SPEED = 1.0


class _Playable(Protocol):
    """What is played: `tpviewer.ui.viewer_state.ViewerState` as far as playing concerns it."""

    @property
    def playing(self) -> bool: ...
    @property
    def speed(self) -> float: ...
    @property
    def playhead(self) -> int: ...
    @property
    def loop(self) -> tuple[int, int] | None: ...
    @property
    def n_frames(self) -> int: ...
    @property
    def end(self) -> float: ...
    @property
    def playing_changed(self) -> SignalInstance: ...
    @property
    def speed_changed(self) -> SignalInstance: ...
    @property
    def playhead_changed(self) -> SignalInstance: ...
    @property
    def loop_changed(self) -> SignalInstance: ...
    def time_of(self, frame: int) -> float: ...
    def frame_at(self, seconds: float) -> int: ...
    def set_playhead(self, frame: int) -> None: ...
    def set_playing(self, playing: bool) -> None: ...


class _Sound(Protocol):
    """What is heard meanwhile, such as `tpviewer.workers.sound_output.SoundOutput`."""

    def start(self, seconds: float) -> None: ...
    def stop(self) -> None: ...
    def position(self) -> float | None: ...


class Playback(QObject):
    """Moves the playhead while the video plays.

    Parameters
    ----------
    state : ViewerState
        Or whatever has its attributes.
    sound : SoundOutput, optional
        Its clock leads at normal speed, as long as it runs.
    clock : callable
        Seconds that rise evenly.
    """

    def __init__(
        self,
        state: _Playable,
        sound: _Sound | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._sound, self._clock = state, sound, clock
        self._anchor = (0.0, 0.0)  # a moment of the clock and the media time it belongs to
        self._speed = state.speed
        self._sounding = self._moving = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        state.playing_changed.connect(self._start_or_stop)
        state.speed_changed.connect(self._change_speed)
        state.playhead_changed.connect(self._follow_seek)
        state.loop_changed.connect(self._enter_loop)

    def tick(self) -> None:
        """Show the frame whose time it is."""
        start, stop = self._range()
        now = self._media_time()
        if now < stop:
            self._show(self._state.frame_at(now))
        elif self._state.loop is not None:
            over = (now - stop) % (stop - start) if stop > start else 0.0
            self._go_to(start + over)
        else:
            self._show(self._state.n_frames - 1)
            self._state.set_playing(False)

    def close(self) -> None:
        """Stop for good."""
        self._timer.stop()
        self._silence()

    def _range(self) -> tuple[float, float]:
        """Media times between which is played."""
        if self._state.loop is None:
            return 0.0, self._state.end
        return self._state.time_of(self._state.loop[0]), self._state.time_of(self._state.loop[1])

    def _media_time(self) -> float:
        """Time of the video now; the sound's as long as it runs, from then on the clock's."""
        sounded = self._sound.position() if self._sounding and self._sound is not None else None
        if sounded is not None:
            self._anchor = (self._clock(), sounded)
        else:
            self._sounding = False
        moment, media = self._anchor
        return media + (self._clock() - moment) * (1.0 if self._sounding else self._speed)

    def _start_or_stop(self, playing: bool) -> None:
        if not playing:
            self._timer.stop()
            self._silence()
            return
        self._speed = self._state.speed
        first, stop = self._state.loop or (0, self._state.n_frames)
        here = self._state.playhead
        at_the_end = here >= self._state.n_frames - 1 and self._state.loop is None
        self._go_to(self._state.time_of(here if first <= here < stop and not at_the_end else first))
        self._timer.start()

    def _change_speed(self, speed: float) -> None:
        if self._state.playing:
            now = self._media_time()
            self._speed = speed
            self._set_off_from(now)

    def _follow_seek(self, frame: int) -> None:
        if self._state.playing and not self._moving:
            self._set_off_from(self._state.time_of(frame))

    def _enter_loop(self) -> None:
        loop = self._state.loop
        if self._state.playing and loop is not None and not loop[0] <= self._state.playhead < loop[1]:
            self._go_to(self._state.time_of(loop[0]))

    def _go_to(self, media: float) -> None:
        self._set_off_from(media)
        self._show(self._state.frame_at(media))

    def _set_off_from(self, media: float) -> None:
        self._silence()
        self._anchor = (self._clock(), media)
        if self._sound is not None and self._speed == _SOUND_SPEED:
            self._sound.start(media)
            self._sounding = True

    def _silence(self) -> None:
        if self._sound is not None:
            self._sound.stop()
        self._sounding = False

    def _show(self, frame: int) -> None:
        self._moving = True
        try:
            self._state.set_playhead(frame)
        finally:
            self._moving = False
