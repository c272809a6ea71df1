"""Folds of the skin that Action Units make (and age keeps).

Places after the descriptions of appearance changes in Ekman, Friesen and Hager, FACS manual (2002).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tpviewer.training.appearance import Appearance
from tpviewer.training.au_shapes import Expression
from tpviewer.training.skin_map import Image, Points, SkinMap, mirrored, smooth_curve


@dataclass(frozen=True, eq=False)
class _Fold:
    """A dark valley beside a light ridge: a curve on the person's right side, its width and depth."""

    points: tuple[tuple[float, float], ...]
    width: float
    depth: float


_FOLDS: dict[str, tuple[_Fold, ...]] = {
    "AU01": tuple(_Fold(((-2.4, y - 0.25), (-1.2, y + 0.05), (0, y)), 0.14, 0.45) for y in (7.3, 8.0, 8.7)),
    "AU02": tuple(
        _Fold(((-5.2, y - 0.9), (-4.2, y - 0.1), (-3.0, y), (-2.2, y - 0.2)), 0.14, 0.45)
        for y in (7.4, 8.1, 8.8)
    ),
    "AU04": (
        _Fold(((-0.55, 5.0), (-0.5, 5.8), (-0.7, 6.7)), 0.18, 0.6),
        _Fold(((-1.0, 5.6), (-1.1, 6.3)), 0.14, 0.3),
    ),
    "AU06": (
        _Fold(((-4.9, 3.7), (-6.0, 4.3)), 0.10, 0.45),
        _Fold(((-4.9, 3.3), (-6.2, 3.3)), 0.10, 0.45),
        _Fold(((-4.8, 2.9), (-6.0, 2.3)), 0.10, 0.45),
        _Fold(((-4.4, 2.3), (-3.2, 2.0), (-2.0, 2.4)), 0.16, 0.5),
    ),
    "AU07": (_Fold(((-4.3, 2.85), (-3.2, 2.6), (-2.1, 2.75)), 0.13, 0.5),),
    "AU09": (
        _Fold(((-0.9, 3.6), (0, 3.4)), 0.14, 0.6),
        _Fold(((-0.9, 4.1), (0, 3.95)), 0.14, 0.5),
        _Fold(((-1.3, 2.9), (-0.8, 1.7)), 0.14, 0.55),
        _Fold(((-1.6, 0.2), (-2.0, -0.9)), 0.18, 0.5),
    ),
    "AU10": (_Fold(((-1.5, 0.3), (-2.3, -0.8), (-2.7, -2.0)), 0.2, 0.5),),
    "AU12": (_Fold(((-1.6, -0.1), (-2.7, -1.4), (-3.5, -3.0), (-3.6, -3.9)), 0.2, 0.55),),
    "AU14": (
        _Fold(((-3.0, -2.9), (-3.25, -3.5), (-3.0, -4.2)), 0.22, 0.75),
        _Fold(((-2.7, -3.5), (-3.1, -3.55)), 0.2, 0.4),
    ),
    "AU15": (
        _Fold(((-2.6, -3.7), (-3.2, -4.5), (-3.2, -5.4)), 0.18, 0.6),
        _Fold(((-2.5, -5.0), (-1.6, -5.1)), 0.2, 0.3),
    ),
    "AU17": (
        _Fold(((-1.2, -5.1), (0, -4.95)), 0.2, 0.55),
        _Fold(((-0.9, -6.0), (-0.5, -5.8), (0, -6.05)), 0.14, 0.35),
        _Fold(((-0.5, -6.5), (0, -6.4)), 0.12, 0.3),
    ),
    "AU18": tuple(_Fold(((x, -2.1), (0.8 * x, -2.7)), 0.1, 0.4) for x in (-1.6, -1.1, -0.6)),
    "AU20": (
        _Fold(((-3.0, -2.6), (-3.5, -3.6), (-3.3, -4.8)), 0.16, 0.4),
        _Fold(((-2.2, -5.0), (0, -5.1)), 0.18, 0.35),
    ),
    "AU24": (
        _Fold(((-2.5, -3.0), (-2.8, -3.5), (-2.5, -4.0)), 0.14, 0.45),
        _Fold(((-1.6, -4.7), (0, -4.8)), 0.2, 0.45),
        _Fold(((-1.5, -2.3), (0, -2.2)), 0.16, 0.35),
    ),
    "AU28": (_Fold(((-1.8, -4.6), (0, -4.75)), 0.22, 0.5),),
}
_KEPT_WITH_AGE = {"AU12": 0.7, "AU10": 0.4, "AU01": 0.3, "AU02": 0.3, "AU06": 0.25, "AU04": 0.25, "AU15": 0.3}
_LACKING = 0.2  # share of the folds that a person does not have
_VARIED = 2  # a stream of random numbers
_RELIEF = 0.55  # a fold of full depth takes this share of the light


def hidden_lips(expression: Expression) -> float:
    """How far the red of the lips is hidden by pressing or sucking, 0 to 1."""
    return min(1.0, 0.55 * expression.intensity("AU24") + 0.9 * expression.intensity("AU28"))


def fold_relief(skin_map: SkinMap, looks: Appearance, expression: Expression) -> Image:
    """Factor on the light of each place of the skin, shape (H, W), around 1."""
    valley = np.zeros(skin_map.shape, np.float32)
    for own in _own_folds(looks.seed, looks.variety):
        kept = looks.age * own.kept
        right = max(kept, looks.wrinkles * expression.right.get(own.au, 0.0))
        left = max(kept, looks.wrinkles * expression.left.get(own.au, 0.0))
        for strength, places in ((right, own.places), (left, mirrored(own.places))):
            if strength > 0.02:
                _press(valley, skin_map, places, own.fold, strength)
    return (1 - _RELIEF * np.clip(valley, -0.4, 1)).astype(np.float32)


@dataclass(frozen=True, eq=False)
class _OwnFold:
    """A fold of one person: the Action Unit that makes it, how much stays with age, its smooth curve."""

    au: str
    fold: _Fold
    kept: float
    places: Points


@lru_cache(maxsize=16)
def _own_folds(seed: int, variety: float) -> tuple[_OwnFold, ...]:
    """Folds of a person; those of the textbook where nothing varies."""
    rng = np.random.default_rng([seed, _VARIED])
    folds = []
    for au, textbook in _FOLDS.items():
        kept = _KEPT_WITH_AGE.get(au, 0.0) * (1 + variety * rng.uniform(-1, 2))
        for fold in textbook:
            if rng.random() >= _LACKING * variety:
                own = _own_fold(fold, variety, rng)
                folds.append(_OwnFold(au, own, kept, smooth_curve(np.array(own.points), 6)))
    return tuple(folds)


def _own_fold(fold: _Fold, variety: float, rng: np.random.Generator) -> _Fold:
    """Shift and bend a fold, and change its width and depth; what lies on the midline stays there."""
    points = np.array(fold.points)
    aside = np.clip(np.abs(points[:, :1]) / 0.5, 0, 1) * (1, 0) + (0, 1)
    moved = points + variety * aside * (rng.normal(0, 0.22, 2) + rng.normal(0, 0.1, points.shape))
    width = fold.width * np.exp(variety * rng.normal(0, 0.3))
    depth = fold.depth * (1 + variety * rng.uniform(-0.8, 0.6))
    return _Fold(tuple((float(x), float(y)) for x, y in moved), float(width), float(depth))


def _press(valley: Image, skin_map: SkinMap, places: Points, fold: _Fold, strength: float) -> None:
    """Add a fold to the part of the map around it: dark on the line, light on the ridge above it."""
    margin = 5 * fold.width
    corners = skin_map.pixels(np.array([places.min(0) - margin, places.max(0) + margin]))
    height, width = skin_map.shape
    x0, x1 = int(max(corners[0, 0], 0)), int(min(corners[1, 0] + 1, width))
    y0, y1 = int(max(corners[1, 1], 0)), int(min(corners[0, 1] + 1, height))
    part = skin_map.soft_curve(places, fold.width, (x0, y0, x1, y1))
    ridge = np.roll(part, -max(1, round(1.6 * fold.width * skin_map.scale)), axis=0)
    valley[y0:y1, x0:x1] += fold.depth * strength * (part - 0.45 * ridge)
