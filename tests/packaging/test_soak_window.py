"""The soak of the window, scaled down: everything at once in the real window and engine for some seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "soak_window.py"


def test_nothing_is_lost_in_a_window_that_is_worked_in_without_a_pause() -> None:
    command = [sys.executable, str(SCRIPT), "--minutes", "0.3"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr + done.stdout
    told = json.loads(done.stdout)
    assert (told["lost"], told["complaints"]) == ([], [])
    assert sum(told["done"].values()) > 100
    assert set(told["judgements"]) == {"phantom", "two_people"}
    assert sum(told["judgements"].values()) > 10
