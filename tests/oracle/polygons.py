"""Point in polygon in exact arithmetic, pixel by pixel, and grounding from plain sums."""

from fractions import Fraction

import numpy as np

from tests.oracle.relevance import top_x_mask


def filled(corners, shape):
    """Pixel centres inside a polygon, and those on a slanted side of it, where rounding may decide.

    A ray to the left of a centre inside meets the outline an odd number of times.
    """
    exact = [(Fraction(float(x)), Fraction(float(y))) for x, y in corners]
    inside, near = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, column in np.ndindex(shape):
        for (x0, y0), (x1, y1) in zip(exact, exact[1:] + exact[:1], strict=True):
            if (y0 <= row) != (y1 <= row):
                place = x0 + (row - y0) * (x1 - x0) / (y1 - y0)
                inside[row, column] ^= place <= column
                near[row, column] |= x0 != x1 and abs(place - column) < Fraction(1, 10**9)
    return inside, near


def grounding(relevance, mask, x):
    """(g - c) / (1 - c), or None where it has no value."""
    kept = top_x_mask(relevance, x)
    total = sum(Fraction(float(value)) for value in relevance[kept])
    covered = Fraction(int(mask.sum()), mask.size)
    if total == 0 or covered in (0, 1):
        return None
    inside = sum(Fraction(float(value)) for value in relevance[kept & mask])
    return float((inside / total - covered) / (1 - covered))
