"""Known truth of a rendered video: what its face really did, frame by frame."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError
from tpviewer.store.session import Session

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
    masks : (K, H, W) bool or None
        Pixels of the canonical crop that each Action Unit moves. The crop is aligned, so one mask, of the
        person's frontal face with the Action Unit on both sides, stands for every frame. None in truths
        written before there were masks.
    """

    name: str
    aus: tuple[str, ...]
    intensity: NDArray[np.float32]
    present_from: tuple[float, ...]
    changes: tuple[AppearanceChange, ...]
    boxes: NDArray[np.float32]
    masks: NDArray[np.bool_] | None = None

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
    """Write the truth of all faces of one video as JSON, four decimals; masks as packed bits in base64."""
    faces = [_told(truth) for truth in truths]
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


def truth_of_face(session: Session, truths: Sequence[Truth]) -> Truth:
    """Truth of the face that was analysed: the one whose boxes' centres are nearest to its box's."""
    boxes = session.arrays.require("track/box")
    centres = boxes[:, :2] + boxes[:, 2:] / 2

    def distance(truth: Truth) -> float:
        true = truth.boxes[: len(centres), :2] + truth.boxes[: len(centres), 2:] / 2
        return float(np.nanmean(np.linalg.norm(centres - true, axis=1)))

    return min(truths, key=distance)


def _told(truth: Truth) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": truth.name,
        "aus": list(truth.aus),
        "present_from": list(truth.present_from),
        "changes": [{"au": change.au, "frame": change.frame} for change in truth.changes],
        "intensity": np.round(truth.intensity.astype(float), 4).tolist(),
        "boxes": np.round(truth.boxes.astype(float), 1).tolist(),
    }
    if truth.masks is not None:
        packed = [base64.b64encode(np.packbits(mask).tobytes()).decode() for mask in truth.masks]
        told["masks"] = {"size": list(truth.masks.shape[1:]), "bits": packed}
    return told


def _face(data: dict[str, Any]) -> Truth:
    return Truth(
        name=str(data["name"]),
        aus=tuple(data["aus"]),
        intensity=np.asarray(data["intensity"], np.float32),
        present_from=tuple(float(value) for value in data["present_from"]),
        changes=tuple(AppearanceChange(c["au"], int(c["frame"])) for c in data["changes"]),
        boxes=np.asarray(data["boxes"], np.float32),
        masks=_masks(data["masks"], len(data["aus"])) if "masks" in data else None,
    )


def _masks(data: dict[str, Any], count: int) -> NDArray[np.bool_]:
    """Masks (K, H, W) from packed bits."""
    height, width = (int(side) for side in data["size"])
    if len(data["bits"]) != count:
        raise ValueError(f"{len(data['bits'])} masks for {count} Action Units")
    masks = []
    for bits in data["bits"]:
        packed = np.frombuffer(base64.b64decode(bits, validate=True), np.uint8)
        masks.append(np.unpackbits(packed, count=height * width).reshape(height, width) > 0)
    return np.array(masks, np.bool_).reshape(count, height, width)
