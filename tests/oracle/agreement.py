"""ICC(3,1) from the sums of squares of a two-way table, one at a time (Shrout and Fleiss 1979)."""

import numpy as np


def slow_icc(ratings: np.ndarray) -> float:
    n, k = ratings.shape
    grand = sum(float(x) for x in ratings.ravel()) / (n * k)
    total = rows = columns = 0.0
    for i in range(n):
        mean = sum(float(x) for x in ratings[i]) / k
        rows += k * (mean - grand) ** 2
        for j in range(k):
            total += (float(ratings[i, j]) - grand) ** 2
    for j in range(k):
        mean = sum(float(x) for x in ratings[:, j]) / n
        columns += n * (mean - grand) ** 2
    between = rows / (n - 1)
    error = (total - rows - columns) / ((n - 1) * (k - 1))
    return (between - error) / (between + (k - 1) * error)
