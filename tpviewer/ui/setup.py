"""How the open video is analysed."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from tpviewer.store.snapshot import Snapshot


@dataclass(frozen=True)
class Setup:
    """What the user has chosen; None stands for the default.

    Attributes
    ----------
    model : Path or None
    face : int or None
    aus : tuple of str or None
    thresholds : dict of str to float
    neutral : (int, int) or None
        Half-open range of frames that the user marked as the neutral face.
    """

    model: Path | None = None
    face: int | None = None
    aus: tuple[str, ...] | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    neutral: tuple[int, int] | None = None


def as_analysed(setup: Setup, snapshot: Snapshot) -> Setup:
    """Setup with what a session was analysed with; its model stays."""
    used = snapshot.provenance["parameters"]
    aus, neutral = used.get("aus"), used.get("neutral")
    return replace(
        setup,
        face=used["face"],
        thresholds=dict(used["thresholds"]),
        aus=tuple(aus) if aus is not None else None,
        neutral=(neutral[0], neutral[1]) if neutral is not None else None,
    )
