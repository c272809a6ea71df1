"""Confidence intervals by bootstrap over videos.

Whole videos are drawn with replacement, never single frames: those of one video are alike. What is to have an
interval is a function of sums over frames, so that a draw only adds the sums of each video as often as it was
drawn.

References
----------
Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall.
"""

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
"""Draws behind an interval."""

_LEVELS = (2.5, 97.5)  # percent


def drawn_sums(sums: NDArray[np.float64], draws: int = DRAWS, seed: int = 0) -> NDArray[np.float64]:
    """Sums of each draw of as many videos as there are.

    Parameters
    ----------
    sums : ndarray of float64, shape (V, S)
        Of each video.
    draws : int
        Number of draws B.
    seed : int
        The same one gives the same draws.

    Returns
    -------
    ndarray of float64, shape (B, S)
    """
    videos = len(sums)
    times = np.random.default_rng(seed).multinomial(videos, np.full(videos, 1 / videos), size=draws)
    return np.asarray(times @ sums, np.float64)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval, by percentiles, of a figure over its draws.

    Parameters
    ----------
    values : ndarray of float64, shape (B,)
        NaN in draws in which the figure is undefined.

    Returns
    -------
    (float, float)
        NaN where the figure is undefined in more than half of the draws.
    """
    known = values[np.isfinite(values)]
    if 2 * len(known) < len(values) or not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, _LEVELS)
    return float(low), float(high)
