"""Let a video stand in for a camera for some minutes, look at it in the real window, and record all of it.

Prints as JSON whether every frame is in the recording at its time, how many bars per second there were, how
evenly the window worked, and whether memory stays flat. The screen may be one that nobody sees:

QT_QPA_PLATFORM=offscreen python packaging/soak_camera.py --minutes 10
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
import numpy as np
from resident import Memory

from tpviewer.app.main import make_application, make_window
from tpviewer.app.waiting import Heartbeat, wait_until
from tpviewer.resources import resource
from tpviewer.ui.camera.camera_window import CameraWindow
from tpviewer.ui.commands.camera import ask_camera
from tpviewer.ui.settings import Settings
from tpviewer.workers.camera import Hear, Lose, RawFrame, Take
from tpviewer.workers.camera_file import FileCamera

LOADING_S = 300.0
WINDOW_S = 10.0


class CountedCamera(FileCamera):
    """Remembers the times of all frames that it gives once it is counted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.times: list[float] = []
        self.counted = self.held_back = False

    def start(self, take: Take, hear: Hear, lose: Lose) -> None:
        def counted_take(frame: RawFrame) -> None:
            if self.counted:
                self.times.append(frame.time)
                take(frame)
            elif not self.held_back:
                take(frame)

        super().start(counted_take, hear, lose)


class Soak:
    """One run in one window."""

    def __init__(self, window: CameraWindow, engine_pid: int, minutes: float) -> None:
        self._window, self._seconds = window, 60.0 * minutes
        self.bars: list[float] = []
        self._memory = Memory({"window": os.getpid(), "engine": engine_pid})
        window.flow.seen.connect(lambda answer: self.bars.append(time.monotonic()))

    def run(self, camera: CountedCamera, target: Path) -> dict[str, Any]:
        driver, beat = self._window.driver, Heartbeat()
        camera.held_back = True  # so that the first frame that is recorded is the first that is counted
        wait_until(lambda: False, 0.2)
        driver.record(target)
        camera.counted = True
        began = time.monotonic()
        beat.start()
        wait_until(self._memory.sample, self._seconds)
        beat.stop()
        camera.stop()
        ended: list[Any] = []
        driver.recorded.connect(ended.append)
        driver.stop_recording()
        wait_until(lambda: bool(ended), 120)
        state = ended[0]
        return {
            "minutes": self._seconds / 60,
            "frames_given": len(camera.times),
            "frames_refused": state.refused,
            "problem": state.problem,
            "megabytes": round(state.size / 1e6, 1),
            **recorded(target, camera.times),
            **self._bars(began),
            "longest_gap_of_window_ms": round(1000 * max(beat.gaps), 1),
            "gap_of_window_p99_ms": round(1000 * float(np.quantile(beat.gaps, 0.99)), 1),
            "memory": self._memory.told(),
        }

    def _bars(self, began: float) -> dict[str, float]:
        times = np.array([t for t in self.bars if began <= t <= began + self._seconds]) - began
        windows = max(int(self._seconds // WINDOW_S), 1)
        length = self._seconds / windows
        counts = np.histogram(times, windows, (0.0, self._seconds))[0] / length
        return {
            "bars_per_second": round(len(times) / self._seconds, 2),
            "bars_per_second_in_worst_10_s": round(float(counts.min()), 2),
        }


def recorded(path: Path, given: list[float]) -> dict[str, Any]:
    """Compare a recording's frames with those that were given."""
    with av.open(f"file:{path}") as container:
        stream = container.streams.video[0]
        pts = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)
        assert stream.time_base is not None
        times = np.array(pts) * float(stream.time_base)
    expected = np.array(given) - given[0]
    same = len(times) == len(expected)
    return {
        "frames_recorded": len(times),
        "frames_missing": len(expected) - len(times),
        "largest_error_of_a_time_us": round(1e6 * float(np.abs(times - expected).max()), 1) if same else None,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--video", type=Path, default=resource("phantom", "phantom.mp4"))
    parser.add_argument("--model", type=Path, help="model package; the bundled one by default")
    options = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(Path(place) / "settings.ini")
        settings.recordings_folder = Path(place)
        settings.model = options.model
        window = make_window(settings, Path(place))
        try:
            window.show()
            camera_window = ask_camera(window.bench, window)
            camera = CountedCamera(options.video)
            window.bench.camera.open(camera)
            if not wait_until(lambda: camera_window.live.bars.values is not None, LOADING_S):
                raise SystemExit("no bars came: " + camera_window.live.standing.text())
            wait_until(lambda: False, 1.0)
            assert window.bench.engine.pid is not None
            soak = Soak(camera_window, window.bench.engine.pid, options.minutes)
            result = soak.run(camera, Path(place) / "soak.mp4")
        finally:
            window.close()
            window.deleteLater()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 0 if result["frames_missing"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
