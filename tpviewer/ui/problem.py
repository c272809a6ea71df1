"""What the window says when something went wrong: what, why, and ways on."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Problem:
    """A message with ways on.

    Attributes
    ----------
    title : str
    message : str
        What was wrong, with which file, and what to do.
    ways : tuple of (str, callable)
        Labels of buttons and what they do.
    detail : str
        For a report to the makers; never holds anything of a picture.
    """

    title: str
    message: str
    ways: tuple[tuple[str, Callable[[], object]], ...] = ()
    detail: str = ""
