"""Action Units as blendshapes of ICT-FaceKit, and the labels that follow from them exactly."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

AUS = tuple(
    f"AU{number:02d}" for number in (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 24, 25, 26, 28, 45)
)
"""Action Units that can be rendered and learnt, in the order of labels and logits."""

MISSING = -1
"""Label of an Action Unit about which a source says nothing."""

PRESENT = 0.25
"""Least intensity, of 0 to 1, from which an Action Unit counts as present."""

ABSENT = 0.10
"""Greatest intensity up to which it counts as absent; between the two there is no label."""

CLOSED_PRESENT, CLOSED_ABSENT = 0.55, 0.30
"""The same for AU45: a lid that hangs a little is no blink."""

GAP_PRESENT, GAP_ABSENT = 0.022, 0.010
"""The same for AU25, by the gap between the lips in distances of the outer eye corners."""

_OF_OPEN_EYES = ("AU05", "AU07")

_BOTH_SIDES = {
    "AU01": {"browInnerUp": 1.1},
    "AU02": {"browOuterUp": 1.1},
    "AU04": {"browDown": 1.2},
    "AU05": {"eyeWide": 1.2},
    "AU06": {"cheekSquint": 2.0, "eyeSquint": 0.4},
    "AU07": {"eyeSquint": 2.0},
    "AU09": {"noseSneer": 1.2},
    "AU10": {"mouthUpperUp": 1.0},
    "AU12": {"mouthSmile": 1.0},
    "AU14": {"mouthDimple": 1.5},
    "AU15": {"mouthFrown": 1.3},
    "AU20": {"mouthStretch": 1.1},
    "AU24": {"mouthPress": 1.7},
    "AU25": {"mouthLowerDown": 0.6},
    "AU45": {"eyeBlink": 1.0},
}
_MIDDLE = {
    "AU17": {"mouthShrugLower": 1.1, "mouthShrugUpper": 0.3},
    "AU18": {"mouthPucker": 1.0},
    "AU24": {"mouthRollUpper": 0.2, "mouthRollLower": 0.25},
    "AU25": {"jawOpen": 0.05},
    "AU26": {"jawOpen": 0.8},
    "AU28": {"mouthRollLower": 1.0, "mouthRollUpper": 0.9},
}


@dataclass(frozen=True)
class Expression:
    """What a face does.

    Attributes
    ----------
    right, left : dict of str to float
        Intensity, 0 to 1, of each Action Unit on the person's right and left side.
    sealed : float
        How far the lips stay closed over a dropped jaw, 0 to 1.
    extra : dict of str to float
        Weights of blendshapes that belong to no Action Unit here (glances, jaw to the side, …).
    """

    right: dict[str, float] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)
    sealed: float = 0.0
    extra: dict[str, float] = field(default_factory=dict)

    def intensity(self, au: str) -> float:
        """Intensity of the stronger side."""
        return max(self.right.get(au, 0.0), self.left.get(au, 0.0))


def blendshape_weights(expression: Expression) -> dict[str, float]:
    """Weights of ICT-FaceKit's blendshapes for an expression."""
    weights: dict[str, float] = dict(expression.extra)
    for side, intensities in (("R", expression.right), ("L", expression.left)):
        for au, intensity in intensities.items():
            for shape, gain in _BOTH_SIDES.get(au, {}).items():
                _add(weights, f"{shape}_{side}", gain * intensity)
            for shape, gain in _MIDDLE.get(au, {}).items():
                _add(weights, shape, gain * intensity / 2)
    _add(weights, "mouthClose", expression.sealed * weights.get("jawOpen", 0.0))
    for name in ("eyeBlink_L", "eyeBlink_R"):
        weights[name] = min(weights.get(name, 0.0), 1.0)
    return weights


def _add(weights: dict[str, float], name: str, value: float) -> None:
    weights[name] = weights.get(name, 0.0) + value


def lip_gap(vertices: NDArray[np.float32], landmarks: NDArray[np.int64]) -> float:
    """Gap between the inner lips in distances of the outer eye corners (iBUG landmarks).

    Parameters
    ----------
    vertices : ndarray, shape (n, 3), float32
        y up.
    landmarks : ndarray, shape (68,), int64
        Vertices of the 68 iBUG landmarks.

    Returns
    -------
    float
        The widest of three places; negative where the lips overlap at all of them.
    """
    points = vertices[landmarks]
    upper, lower = points[61:64, 1], points[[67, 66, 65], 1]
    return float(np.max(upper - lower) / np.linalg.norm(points[36] - points[45]))


def labels(expression: Expression, gap: float, resting_gap: float = 0.0) -> NDArray[np.int8]:
    """Labels of a rendered face.

    A lid that covers the eye hides how far it was raised and how tense it is: AU05 and AU07 then have no
    label.

    Parameters
    ----------
    expression : Expression
    gap, resting_gap : float
        `lip_gap` of this face and of the same person's neutral one.

    Returns
    -------
    ndarray, shape (len(AUS),), int8
        1 present, 0 absent, -1 in between: no label.
    """
    values = np.array([label(au, expression.intensity(au)) for au in AUS], np.int8)
    values[AUS.index("AU25")] = _grade(gap - resting_gap, GAP_ABSENT, GAP_PRESENT)
    if expression.intensity("AU45") > CLOSED_ABSENT:
        values[[AUS.index(au) for au in _OF_OPEN_EYES]] = MISSING
    return values


def intensities(expression: Expression) -> NDArray[np.float32]:
    """Intensity of each Action Unit, shape (len(AUS),), 0 to 1."""
    return np.array([expression.intensity(au) for au in AUS], np.float32)


def label(au: str, intensity: float) -> int:
    """Label of one Action Unit from its intensity: 1, 0 or -1."""
    bounds = (CLOSED_ABSENT, CLOSED_PRESENT) if au == "AU45" else (ABSENT, PRESENT)
    return _grade(intensity, *bounds)


def _grade(value: float, absent: float, present: float) -> int:
    if value >= present:
        return 1
    return 0 if value <= absent else MISSING
