"""Events of two raters that are the same but for a few frames."""

import numpy as np
from numpy.typing import NDArray


def matched_events(reference: NDArray[np.int64], other: NDArray[np.int64], tolerance: int) -> int:
    """Count events of one rater that match one of the other, one to one.

    Two events match if their onsets differ by at most `tolerance` frames and their offsets do too. Of all
    ways to match them this counts one with the most pairs: events of a rater neither overlap nor change
    places, so that each takes the earliest that is left and fits.

    Parameters
    ----------
    reference, other : ndarray of int64, shapes (P, 2) and (Q, 2)
        Start and stop of each event, from `tpviewer.core.runs.runs`: in order and apart.
    tolerance : int
        Frames; with 0 only events of the very same frames match.

    Returns
    -------
    int
    """
    count = i = j = 0
    while i < len(reference) and j < len(other):
        late = other[j] - reference[i]
        if (np.abs(late) <= tolerance).all():
            count, i, j = count + 1, i + 1, j + 1
        elif (late < -tolerance).any():
            j += 1  # too early for all events that are left
        else:
            i += 1
    return count
