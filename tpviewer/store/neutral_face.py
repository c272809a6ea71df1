"""Which frames an analysis took as the person's neutral face; its picture is not stored."""

from dataclasses import dataclass
from typing import Literal

How = Literal["marked", "found", "none"]


@dataclass(frozen=True)
class NeutralFace:
    """The person's neutral face of an analysis whose model compares with it.

    Attributes
    ----------
    how : {'marked', 'found', 'none'}
        By the user, by the program, or not at all.
    frames : tuple of int
        Frames whose median it is; empty for ``none``.
    """

    how: How
    frames: tuple[int, ...] = ()
