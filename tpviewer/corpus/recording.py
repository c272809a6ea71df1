"""A sequence of a corpus before it is analysed."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Recording:
    """A sequence as it was delivered.

    Attributes
    ----------
    name : str
        Unique within the corpus, for example ``S005/001``.
    person : str or None
        Who is seen; None where the layout does not say.
    label : str or None
        None where there is no label.
    path : Path
        Video or folder of images.
    error : str
        Why it cannot be analysed; empty where it can.
    warning : str
        What is odd about it; empty where nothing is.
    codes : tuple of (int, float)
        FACS codes of the apex: Action Unit number and intensity, 0 where that is not given.
    truth : Path or None
        Known truth of a rendered sequence.
    """

    name: str
    person: str | None
    label: str | None
    path: Path
    error: str = ""
    warning: str = ""
    codes: tuple[tuple[int, float], ...] = ()
    truth: Path | None = None

    @property
    def session(self) -> str:
        """File name of its session."""
        return f"{self.name.replace('/', '_')}.tpv"
