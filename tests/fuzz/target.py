"""What a kind of file needs to be fuzzed."""

from pathlib import Path
from random import Random
from typing import Protocol


class Target(Protocol):
    """A kind of file that the product reads."""

    name: str

    def samples(self, folder: Path) -> list[Path]:
        """Make good files."""
        ...

    def variant(self, sample: Path, rng: Random, place: Path) -> Path:
        """Write a damaged one into an empty folder."""
        ...

    def use(self, path: Path) -> None:
        """Do all that the product does with it; a `TPViewerError` is a good end."""
        ...
