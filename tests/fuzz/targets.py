"""Everything that is fuzzed, and how often."""

from tests.fuzz.films import Films
from tests.fuzz.packages import Packages
from tests.fuzz.sessions import Sessions
from tests.fuzz.target import Target

VIDEOS = ("mp4", "mov", "mkv", "avi", "webm")
TARGETS: dict[str, Target] = {name: Films(name) for name in VIDEOS} | {
    "session": Sessions(),
    "model": Packages(),
}
COUNTS = {"session": 1000, "model": 500} | dict.fromkeys(VIDEOS, 500)
