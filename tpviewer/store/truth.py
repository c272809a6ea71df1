"""Known truth of a rendered video: what its face really did, frame by frame."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError

FORMAT = "tpviewer-truth-1"


@dataclass(frozen=True)
class AppearanceChange:
    """An Action Unit that looks different from some frame on.

    Attributes
    ----------
    au : str
    frame : int
        First frame of the new look.
    """

    au: str
    frame: int


@dataclass(frozen=True)
class Truth:
    """What one face of a rendered video did.

    Attributes
    ----------
    name : str
        Which face, for example ``left``.
    aus : tuple of str, length K
    intensity : (N, K) float32
        0 relaxed to 1 full; of AU25 the gap between the lips in distances of the outer eye corners.
    present_from : (K,) tuple of float
        An Action Unit is present where its intensity is at least this.
    changes : tuple of AppearanceChange
    boxes : (N, 4) float32
        Face box x, y, width, height, pixels.
    """

    name: str
    aus: tuple[str, ...]
    intensity: NDArray[np.float32]
    present_from: tuple[float, ...]
    changes: tuple[AppearanceChange, ...]
    boxes: NDArray[np.float32]

    @property
    def present(self) -> NDArray[np.bool_]:
        """Presence, (N, K) bool."""
        return np.asarray(self.intensity >= np.asarray(self.present_from, np.float32))

    def states(self) -> NDArray[np.int16]:
        """States (N, K) as a perfect analysis would give them: -1, or 0 and up by appearance."""
        states = np.where(self.present, 0, -1).astype(np.int16)
        for change in self.changes:
            column = states[change.frame :, self.aus.index(change.au)]
            column[column >= 0] += 1
        return states


def write_truth(path: Path, truths: list[Truth]) -> None:
    """Write the truth of all faces of one video as JSON, four decimals."""
    faces = [
        {
            "name": truth.name,
            "aus": list(truth.aus),
            "present_from": list(truth.present_from),
            "changes": [{"au": change.au, "frame": change.frame} for change in truth.changes],
            "intensity": np.round(truth.intensity.astype(float), 4).tolist(),
            "boxes": np.round(truth.boxes.astype(float), 1).tolist(),
        }
        for truth in truths
    ]
    path.write_text(json.dumps({"format": FORMAT, "faces": faces}), encoding="utf-8")


def read_truth(path: Path) -> list[Truth]:
    """Read the truth of all faces of one video.

    Raises
    ------
    MediaError
        If the file is missing or not of this format.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise KeyError("format")
        return [_face(face) for face in data["faces"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MediaError(
            f"{path}: no known truth of a rendered video ({error}); render it again with `tpviewer phantom`"
        ) from error


def _face(data: dict) -> Truth:  # type: ignore[type-arg]
    return Truth(
        name=str(data["name"]),
        aus=tuple(data["aus"]),
        intensity=np.asarray(data["intensity"], np.float32),
        present_from=tuple(float(value) for value in data["present_from"]),
        changes=tuple(AppearanceChange(c["au"], int(c["frame"])) for c in data["changes"]),
        boxes=np.asarray(data["boxes"], np.float32),
    )
