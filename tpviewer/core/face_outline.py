"""The drawing of a face that is nobody's: it shows where relevance lies without showing a person.

The lines join points of MediaPipe's face mesh of 468 points (oval, brows, eyes, nose, lips). They are laid
into a model's crop as the faces of videos are, by their anchors (method, section 2), so that a relevance map
fits them.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from tpviewer.core.alignment import apply, similarity
from tpviewer.core.errors import ParameterError
from tpviewer.core.types import FloatArray

OVAL = (
    *(10, 109, 67, 103, 54, 21, 162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152),
    *(377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356, 389, 251, 284, 332, 297, 338, 10),
)
_LIPS_OUTSIDE = (
    61,
    146,
    91,
    181,
    84,
    17,
    314,
    405,
    321,
    375,
    291,
    409,
    270,
    269,
    267,
    0,
    37,
    39,
    40,
    185,
    61,
)
_LIPS_INSIDE = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191, 78)
_RIGHT_EYE = (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7, 33)
_LEFT_EYE = (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249, 263)
_RIGHT_BROW = (107, 66, 105, 63, 70, 46, 53, 52, 65, 55, 107)
_LEFT_BROW = (336, 296, 334, 293, 300, 276, 283, 282, 295, 285, 336)
_NOSTRILS = (48, 64, 98, 97, 2, 326, 327, 294, 278)
_BRIDGES = ((193, 245, 188, 174), (417, 465, 412, 399))

LINES: tuple[tuple[int, ...], ...] = (
    *(OVAL, _RIGHT_BROW, _LEFT_BROW, _RIGHT_EYE, _LEFT_EYE),
    *(*_BRIDGES, _NOSTRILS, _LIPS_OUTSIDE, _LIPS_INSIDE),
)
"""Lines of the drawing as numbers of mesh points; one that ends where it begins is closed."""

_CORNERS = frozenset({33, 133, 263, 362, 61, 291, 78, 308})  # of eyes and lips, where a line may bend sharply
_STEPS = 6  # points of a curve per line between mesh points


def outline_in_crop(
    mesh: FloatArray, points: Sequence[int], targets: Sequence[tuple[float, float]]
) -> tuple[NDArray[np.float64], ...]:
    """Lay the drawing into a model's crop.

    Parameters
    ----------
    mesh : ndarray of float, shape (468, 2)
        A frontal face at rest.
    points : sequence of int
        Mesh points that are the anchors of the crop.
    targets : sequence of (float, float)
        Where the anchors lie in the crop, pixels.

    Returns
    -------
    tuple of ndarray of float64, shape (n, 2)
        Curves in pixels of the crop, whole numbers being pixel centres; one per line of `LINES`.

    Raises
    ------
    ParameterError
        If fewer than two anchors are points of the mesh.
    """
    known = [place for place, point in enumerate(points) if point < len(mesh)]
    if len(known) < 2:
        raise ParameterError(
            "the crop of this model has no anchors on the face mesh: no outline can be drawn"
        )
    source = mesh[[points[place] for place in known]]
    placed = apply(similarity(source, [targets[place] for place in known]), mesh)
    return tuple(_curve(line, placed) for line in LINES)


def _curve(line: tuple[int, ...], mesh: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth curve through mesh points, which bends at corners of eyes and lips."""
    cuts = [place for place, point in enumerate(line) if point in _CORNERS and 0 < place < len(line) - 1]
    closed = line[0] == line[-1] and not cuts
    bounds = [0, *cuts, len(line) - 1]
    parts = [_spline(mesh[list(line[start : stop + 1])], closed) for start, stop in pairwise(bounds)]
    return np.concatenate(parts)


def _spline(knots: NDArray[np.float64], closed: bool) -> NDArray[np.float64]:
    steps = np.linspace(0, len(knots) - 1, _STEPS * (len(knots) - 1) + 1)
    kind = "periodic" if closed else "natural"
    curve: NDArray[np.float64] = CubicSpline(np.arange(len(knots)), knots, bc_type=kind)(steps)
    return curve
