"""A few damaged files of every kind; ``python -m tests.fuzz`` uses thousands."""

import os
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import runner
from tests.fuzz.damage import DAMAGES, damaged
from tests.fuzz.runner import run
from tests.fuzz.target import Target
from tests.fuzz.targets import COUNTS, TARGETS, VIDEOS
from tpviewer.core.errors import MediaError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures memory as only Linux tells it")
FEW = {"session": 60, "model": 40} | dict.fromkeys(VIDEOS, 30)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files_are_used_in_part_or_refused_by_name(name: str, tmp_path: Path) -> None:
    tally = run(TARGETS[name], tmp_path, range(1_000_000, 1_000_000 + FEW[name]))
    assert tally.failures == []
    assert tally.used > 0
    assert tally.refused > 0
    assert tally.total == FEW[name]


def test_the_full_counts_are_what_the_readme_says() -> None:
    assert {name for name, count in COUNTS.items() if count >= 500} == {*TARGETS}


@pytest.mark.parametrize("kind", DAMAGES, ids=lambda kind: kind.__name__)
def test_damage_is_decided_by_the_seed(kind: object) -> None:
    data = Random(1).randbytes(5000)
    variants = [damaged(data, Random(seed)) for seed in range(50)]
    assert variants == [damaged(data, Random(seed)) for seed in range(50)]
    assert data not in variants
    assert len(set(variants)) > 45


class Bad(Target):
    """Files that end in every way in which a file must not end."""

    name = "bad"

    def samples(self, folder: Path) -> list[Path]:
        (folder / "good").touch()
        return [folder / "good"]

    def variant(self, sample: Path, rng: Random, place: Path) -> Path:
        path = place / "a.bin"
        path.write_bytes(rng.randbytes(4))
        self.seed = getattr(self, "seed", -1) + 1
        return path

    def use(self, path: Path) -> None:
        if path.name == "good":
            return
        ends = (
            lambda: None,
            lambda: path.write_bytes(b""),
            lambda: self.refuse("something"),
            lambda: self.refuse(path),
            lambda: {}[path],
            lambda: bytearray(3 << 30),
            lambda: os.abort(),
        )
        ends[self.seed]()

    @staticmethod
    def refuse(what: object) -> None:
        raise MediaError(f"{what}: damaged")


class Slow(Bad):
    """A file that never ends."""

    def use(self, path: Path) -> None:
        if path.name != "good":
            time.sleep(60)


def test_whatever_goes_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = run(Bad(), tmp_path, range(7))
    assert (tally.used, tally.refused, tally.total) == (1, 1, 7)
    words = ("was changed", "does not name the file", "KeyError", "MemoryError", "exit code -6")
    found = dict(tally.failures)
    assert [*found] == [1, 2, 4, 5, 6]
    assert all(word in found[seed] for word, seed in zip(words, found, strict=True))
    monkeypatch.setattr(runner, "MOST_SECONDS", 1.0)
    (failure,) = run(Slow(), tmp_path / "slow", [3]).failures
    assert failure[0] == 3
    assert "longer than" in failure[1]
