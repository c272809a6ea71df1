"""Everything that is fuzzed, and how often."""

from tests.fuzz.films import Films
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {name: Films(name) for name in ("mp4", "mov", "mkv", "avi", "webm")}
COUNTS = dict.fromkeys(TARGETS, 500)
