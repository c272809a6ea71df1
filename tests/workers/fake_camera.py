"""A camera that does what a test says, when it says so."""

import time

import numpy as np

from tests.media.clips import barcode
from tpviewer.media.recorded_sound import SoundShape
from tpviewer.workers.camera import Hear, Lose, Picture, RawFrame, Take


class FakeCamera:
    name = "Test camera"
    rate = 30.0

    def __init__(self, sound: SoundShape | None = None) -> None:
        self.sound = sound
        self.take: Take | None = None
        self.lose: Lose | None = None
        self.hear: Hear | None = None
        self.stopped = 0

    def start(self, take: Take, hear: Hear, lose: Lose) -> None:
        self.take, self.hear, self.lose = take, hear, lose

    def stop(self) -> None:
        self.stopped += 1

    def give(self, number: int, moment: float | None = None, slow_s: float = 0.0) -> None:
        """Send a picture that carries its number, and takes its time to be converted."""

        def picture() -> Picture:
            time.sleep(slow_s)
            return barcode(number)

        assert self.take is not None
        self.take(RawFrame(number / 30 if moment is None else moment, picture))

    def break_picture(self) -> None:
        """Send a picture that cannot be converted."""
        assert self.take is not None
        self.take(RawFrame(time.monotonic(), lambda: None))

    def say(self, samples: int) -> None:
        assert self.hear is not None
        self.hear(np.zeros((samples, 1), np.int16), time.monotonic())
