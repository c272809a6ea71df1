"""Random expressions, poses and glances for training: Action Units come in combinations of all kinds."""

from dataclasses import dataclass

import numpy as np

from tpviewer.training.appearance import Light
from tpviewer.training.au_shapes import ABSENT, AUS, Expression
from tpviewer.training.camera import Pose

_KINDS = ("neutral", "single", "emotion", "mixed")
_SHARES = (0.12, 0.14, 0.24, 0.50)

_EMOTIONS: tuple[tuple[str, ...], ...] = (
    ("AU06", "AU12"),
    ("AU06", "AU12", "AU25"),
    ("AU12",),
    ("AU12", "AU25"),
    ("AU01", "AU02"),
    ("AU01", "AU02", "AU05", "AU25", "AU26"),
    ("AU01", "AU02", "AU04", "AU05", "AU20", "AU25"),
    ("AU01", "AU04", "AU15"),
    ("AU01", "AU04", "AU15", "AU17"),
    ("AU04", "AU05", "AU07", "AU24"),
    ("AU04", "AU07"),
    ("AU04", "AU07", "AU09", "AU10"),
    ("AU09", "AU10", "AU17"),
    ("AU14",),
    ("AU17", "AU24"),
    ("AU25", "AU26"),
    ("AU18", "AU25"),
    ("AU12", "AU45"),
)

_CLASHES = (
    ("AU05", "AU45"),
    ("AU05", "AU07"),
    ("AU12", "AU15"),
    ("AU12", "AU18"),
    ("AU18", "AU20"),
    ("AU24", "AU25"),
    ("AU28", "AU25"),
    ("AU28", "AU18"),
    ("AU28", "AU24"),
    ("AU10", "AU24"),
    ("AU10", "AU28"),
    ("AU14", "AU20"),
)
"""Pairs of which only the stronger is kept: one undoes or hides the other."""

_EXTRAS = (
    "mouthLeft",
    "mouthRight",
    "jawLeft",
    "jawRight",
    "jawForward",
    "mouthFunnel",
    "cheekPuff_L",
    "cheekPuff_R",
)


@dataclass(frozen=True)
class PoseSpread:
    """Standard deviations of yaw and pitch in degrees, and range of the camera's distance."""

    yaw: float = 13.0
    pitch: float = 8.0
    nearest: float = 55.0
    farthest: float = 220.0


def random_pose(rng: np.random.Generator, spread: PoseSpread) -> Pose:
    """Draw a pose; the aligned crop leaves no roll to draw."""
    yaw = float(np.clip(rng.normal(0, spread.yaw), -35, 35))
    pitch = float(np.clip(rng.normal(0, spread.pitch), -22, 22))
    distance = float(np.exp(rng.uniform(np.log(spread.nearest), np.log(spread.farthest))))
    return Pose(yaw, pitch, 0.0, distance)


def nearby_pose(rng: np.random.Generator, calm: Pose, spread: PoseSpread, share: float) -> Pose:
    """Draw a pose of the same recording: `share` of the spread about the calm head, the same camera."""
    yaw = calm.yaw + rng.normal(0, share * spread.yaw)
    pitch = calm.pitch + rng.normal(0, share * spread.pitch)
    return Pose(float(np.clip(yaw, -38, 38)), float(np.clip(pitch, -25, 25)), 0.0, calm.distance)


def nearby_light(rng: np.random.Generator, light: Light) -> Light:
    """Draw a light of the same recording: the head has turned a little, exposure follows."""
    x, y, z = (float(value + rng.normal(0, 0.12)) for value in light.direction)
    brighter = float(np.exp(rng.normal(0, 0.08)))
    return Light((x, y, max(z, 0.2)), light.key * brighter, light.fill, light.ambient, light.shadow)


def resting_expression(rng: np.random.Generator) -> Expression:
    """Draw a neutral face: nothing reaches the level of an absent Action Unit; the eyes may glance."""
    strengths = {au: float(rng.uniform(0, 0.6 * ABSENT)) for au in AUS if rng.random() < 0.2}
    return Expression(strengths, dict(strengths), 0.0, _glance(rng))


def random_expression(rng: np.random.Generator) -> Expression:
    """Draw an expression: calm, one Action Unit, a known emotion with others mixed in, or any mixture."""
    kind = str(rng.choice(_KINDS, p=_SHARES))
    drawn = _drawn(rng, kind)
    strengths = {au: _strength(rng) for au in AUS if au in drawn}
    for first, second in _CLASHES:
        if first in strengths and second in strengths:
            weaker = first if strengths[first] < strengths[second] else second
            del strengths[weaker]
    for au in AUS:
        if au not in strengths and rng.random() < 0.3:
            strengths[au] = float(rng.uniform(0, ABSENT))
    if kind != "neutral" and rng.random() < 0.08:
        strengths["AU45"] = float(rng.uniform(0.1, 0.5))
        strengths.pop("AU05", None)
    return _on_sides(rng, strengths)


def _drawn(rng: np.random.Generator, kind: str) -> set[str]:
    if kind == "neutral":
        return set()
    if kind == "single":
        return {str(rng.choice(AUS))}
    if kind == "emotion":
        emotion = _EMOTIONS[int(rng.integers(len(_EMOTIONS)))]
        return set(emotion) | {au for au in AUS if rng.random() < 0.05}
    return {au for au in AUS if rng.random() < 0.24}


def _strength(rng: np.random.Generator) -> float:
    """Intensity, more often visible than not."""
    return float(rng.uniform(0.2, 1.0)) if rng.random() < 0.9 else float(rng.uniform(ABSENT, 0.3))


def _on_sides(rng: np.random.Generator, strengths: dict[str, float]) -> Expression:
    right, left = dict(strengths), dict(strengths)
    for au in strengths:
        if au == "AU45":
            continue
        chance = rng.random()
        weak = left if rng.random() < 0.5 else right
        if chance < 0.12:
            weak[au] *= float(rng.uniform(0, 0.3))
        elif chance < 0.5:
            weak[au] *= float(rng.uniform(0.75, 1))
    jaw = strengths.get("AU26", 0.0)
    open_ = strengths.get("AU25", 0.0) >= 0.2
    sealed = 0.0 if open_ else float(rng.choice([0.0, 0.9, 1.0]))
    return Expression(right, left, sealed if jaw else 0.0, _extra(rng))


def _extra(rng: np.random.Generator) -> dict[str, float]:
    extra = {name: float(rng.uniform(0, 0.5)) for name in _EXTRAS if rng.random() < 0.06}
    return extra | _glance(rng)


def _glance(rng: np.random.Generator) -> dict[str, float]:
    extra = {}
    if rng.random() < 0.6:
        across, up = rng.normal(0, 0.4), rng.normal(0, 0.3)
        extra["eyeLookOut_L" if across > 0 else "eyeLookIn_L"] = min(abs(across), 1.0)
        extra["eyeLookIn_R" if across > 0 else "eyeLookOut_R"] = min(abs(across), 1.0)
        for side in "LR":
            extra[f"eyeLook{'Up' if up > 0 else 'Down'}_{side}"] = min(abs(float(up)), 1.0)
    return {name: float(weight) for name, weight in extra.items()}
