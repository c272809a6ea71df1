"""What every part of the report speaks of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tpviewer.export.carried import video_name
from tpviewer.store.session import Session


@dataclass(frozen=True, eq=False)
class Told:
    """A session as the report tells of it.

    Attributes
    ----------
    session : Session
    profile : str
        Name of the results.
    video : Path or None
        Where the video lies now, if it was moved.
    top_x : float
    deidentified : bool
    summary : dict
        Of `tpviewer.export.summary`.
    """

    session: Session
    profile: str
    video: Path | None
    top_x: float
    deidentified: bool
    summary: dict[str, Any]

    @property
    def name(self) -> str:
        """What stands for the video."""
        return video_name(self.session, self.deidentified)
