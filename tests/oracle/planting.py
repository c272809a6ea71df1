"""Planted changes, pixel by pixel."""

import math


def plant_change(maps, share, rng):
    """The same draws as the fast version, then every pixel for itself."""
    count, height, width = maps.shape
    start = int(rng.integers(count - count // 2 + 1))
    y, x = rng.uniform(0.2, 0.8, 2) * (height, width)
    sigma = 0.05 * max(height, width)
    weights = {
        (i, j): math.exp(-((i - y) ** 2 + (j - x) ** 2) / (2 * sigma**2))
        for i in range(height)
        for j in range(width)
    }
    total = sum(weights.values())
    changed = maps.astype(float)
    for frame in range(start, start + count // 2):
        mass = sum(max(0.0, float(value)) for value in maps[frame].ravel())
        for (i, j), weight in weights.items():
            value = float(maps[frame, i, j])
            kept = value - share * value if value > 0 else value
            changed[frame, i, j] = kept + share * mass * weight / total
    return changed, [start <= frame < start + count // 2 for frame in range(count)]
