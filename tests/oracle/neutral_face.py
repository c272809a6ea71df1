"""The calm frames of a person, written slowly: one sample and one Action Unit after the other."""

import statistics
from collections.abc import Sequence


def choose_calm(
    probabilities: Sequence[Sequence[float]],
    thresholds: Sequence[float],
    pose: Sequence[Sequence[float]],
    least: int,
) -> list[int]:
    yaw, pitch = (statistics.median(angles[axis] for angles in pose) for axis in (0, 1))
    calm = []
    for place, row in enumerate(probabilities):
        quiet = all(p < threshold for p, threshold in zip(row, thresholds, strict=True))
        near = abs(pose[place][0] - yaw) <= 15 and abs(pose[place][1] - pitch) <= 15
        if quiet and near:
            calm.append((sum(row), place))
    if len(calm) < least:
        return []
    half = (len(calm) + 1) // 2
    return sorted(place for _, place in sorted(calm)[: min(half, 51)])
