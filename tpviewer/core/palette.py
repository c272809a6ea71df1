"""Colours of Action Units and their clusters: hue = Action Unit, lightness = cluster (method, section 7).

Hues are chosen in OKLCH, where equal steps look equally far, and against the eyes of people with red or
green blindness. No palette keeps 19 Action Units by 8 lightness steps apart: a letter always doubles it.

References
----------
Ottosson, B. (2020). A perceptual color space for image processing (OKLab).
Machado, G. M., Oliveira, M. M., Fernandes, L. A. F. (2009). A physiologically-based model for simulation of
color vision deficiency. IEEE TVCG 15(6), 1291-1298.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.action_units import ACTION_UNITS, au_number

LIGHTNESS = (0.70, 0.52, 0.82, 0.42, 0.76, 0.60, 0.88, 0.47)
"""Lightness of clusters A to H, neighbours far apart; then it begins again."""

_CHROMA = 0.16
_CANDIDATES = tuple(range(0, 360, 10))
_FIRST_HUE = 250  # blue, which keeps its hue for almost every eye

# The Action Units that models know best and that are most often active together come first.
_COMMON = (12, 1, 4, 25, 6, 2, 26, 45, 7, 9, 15, 17, 10, 14, 20, 5, 23, 24, 43)

_RGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LMS_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
_DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)


def colour(au: str, letter_index: int = 0, hues: Mapping[str, float] | None = None) -> str:
    """Colour of an Action Unit's cluster.

    Parameters
    ----------
    au : str
        Such as ``AU12``.
    letter_index : int
        Cluster, 0 is A.
    hues : mapping of str to float, or None
        From `distinct_hues`; None takes the Action Unit's fixed hue.

    Returns
    -------
    str
        ``#rrggbb``.
    """
    hue = fixed_hue(au) if hues is None or au not in hues else hues[au]
    rgb = _srgb(LIGHTNESS[letter_index % len(LIGHTNESS)], hue)
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in rgb)


def fixed_hue(au: str) -> float:
    """Hue of an Action Unit in degrees, the same in every video."""
    return float(_hue_order()[_fixed_ranks().get(au_number(au), au_number(au)) % len(_CANDIDATES)])


def distinct_hues(aus_active_together: Sequence[str]) -> dict[str, float]:
    """Hues for Action Units that are active together, as far apart as their number allows.

    Parameters
    ----------
    aus_active_together : sequence of str
        In any order, which does not matter.

    Returns
    -------
    dict of str to float
        Degrees, by number of Action Unit.
    """
    aus = sorted(set(aus_active_together), key=au_number)
    order = _hue_order()
    return {au: float(order[rank % len(order)]) for rank, au in enumerate(aus)}


@cache
def _fixed_ranks() -> dict[int, int]:
    rest = [unit.number for unit in ACTION_UNITS if unit.number not in _COMMON]
    return {number: rank for rank, number in enumerate((*_COMMON, *rest))}


@cache
def _hue_order() -> tuple[int, ...]:
    """Candidate hues, each the farthest from all before it, for normal and for colour-blind eyes."""
    seen = np.stack([_seen_by_each_eye(hue) for hue in _CANDIDATES])
    by_eye = np.linalg.norm(seen[:, None] - seen, axis=-1)
    distances = by_eye[..., 0] + by_eye.min(axis=-1)
    order = [_CANDIDATES.index(_FIRST_HUE)]
    while len(order) < len(_CANDIDATES):
        nearest = distances[:, order].min(axis=1)
        nearest[order] = -1
        order.append(int(np.argmax(nearest)))
    return tuple(_CANDIDATES[index] for index in order)


def _seen_by_each_eye(hue: float) -> NDArray[np.float64]:
    """OKLab of a hue's cluster A for normal, red-blind and green-blind eyes, shape (3, 3)."""
    linear = _to_linear(_srgb(LIGHTNESS[0], hue))
    eyes = [linear, *(np.clip(eye @ linear, 0, 1) for eye in (_PROTANOPIA, _DEUTERANOPIA))]
    return np.stack([_LMS_TO_LAB @ np.cbrt(_RGB_TO_LMS @ rgb) for rgb in eyes])


def _srgb(lightness: float, hue: float) -> NDArray[np.float64]:
    """OKLCH to sRGB in [0, 1], with as much chroma as the screen can show."""
    angle = np.deg2rad(hue)
    for chroma in np.linspace(_CHROMA, 0, 33):
        lab = np.array([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
        linear = np.linalg.solve(_RGB_TO_LMS, np.linalg.solve(_LMS_TO_LAB, lab) ** 3)
        if linear.min() >= -1e-6 and linear.max() <= 1 + 1e-6:
            break
    return _from_linear(np.clip(linear, 0, 1))


def _to_linear(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _from_linear(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
