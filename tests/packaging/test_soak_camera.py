"""The soak of the camera, scaled down: the real window, engine and recorder for some seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "soak_camera.py"


def test_every_frame_is_recorded_at_its_time_while_bars_come() -> None:
    command = [sys.executable, str(SCRIPT), "--minutes", "0.07"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["frames_recorded"] == told["frames_given"] > 60
    assert (told["frames_refused"], told["problem"]) == (0, "")
    assert told["largest_error_of_a_time_us"] <= 1e6 / 90_000
    assert told["bars_per_second"] > 0  # how many depends on what else the machine does
