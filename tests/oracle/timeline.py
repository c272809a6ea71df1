"""Section 3.4 of the paper and the steps of the *steady* profile, frame by frame."""

import math
from itertools import pairwise
from string import ascii_uppercase

import numpy as np


def letter_names(count):
    """A to Z, then AA, AB and so on, by writing them all down."""
    names = list(ascii_uppercase)
    for first in ascii_uppercase:
        names += [first + second for second in ascii_uppercase]
    return names[:count]


def relabel(labels):
    """The cluster that occurs first is 0, the next new one 1."""
    seen = {}
    return [label if label < 0 else seen.setdefault(label, len(seen)) for label in labels]


def frame_sets(states, aus):
    """Set of (Action Unit, letter) of every frame; None where no face was seen."""
    return [
        None
        if -2 in row
        else frozenset((au, state) for au, state in zip(aus, row, strict=True) if state >= 0)
        for row in states.tolist()
    ]


def stages(sets):
    """(start, stop, set) of each maximal run."""
    found = []
    for frame, members in enumerate(sets):
        if found and found[-1][2] == members:
            found[-1] = (found[-1][0], frame + 1, members)
        else:
            found.append((frame, frame + 1, members))
    return found


def difference(first, second):
    """Differing Action Units; another letter of the same one counts a half."""
    total = 0.0
    for au in {au for au, _ in first | second}:
        one = [look for name, look in first if name == au]
        other = [look for name, look in second if name == au]
        total += 0 if one == other else 0.5 if one and other else 1
    return total


def absorb(sets, bounds, least):
    """Absorb one stage, start again from the frames, until nothing is too short."""
    sets = list(sets)
    while True:
        found = stages(sets)
        short = [
            (length(stage, bounds), index)
            for index, stage in enumerate(found)
            if stage[2] is not None
            and length(stage, bounds) < round(least * 1e6)
            and neighbours(found, index)
        ]
        if not short:
            return sets
        _, index = min(short)
        start, stop, members = found[index]
        taker = min(
            neighbours(found, index),
            key=lambda stage: (difference(members, stage[2]), -length(stage, bounds), stage[0]),
        )
        sets[start:stop] = [taker[2]] * (stop - start)


def neighbours(found, index):
    near = [found[i] for i in (index - 1, index + 1) if 0 <= i < len(found)]
    return [stage for stage in near if stage[2] is not None]


def length(stage, bounds):
    return round((bounds[stage[1]] - bounds[stage[0]]) * 1e6)


def included(part, whole, gaps):
    """Try every way to place `part` onto `whole`."""
    if not part:
        return True
    for place in range(len(whole)):
        if set(part[0]) <= set(whole[place]):
            if gaps and included(part[1:], whole[place + 1 :], True):
                return True
            rest = whole[place : place + len(part)]
            if (
                not gaps
                and len(rest) == len(part)
                and all(set(p) <= set(w) for p, w in zip(part, rest, strict=True))
            ):
                return True
    return False


def hysteresis(probability, seen, on, off):
    state, states = False, []
    for value, face in zip(probability, seen, strict=True):
        state = bool(face) and (value >= on or (state and value >= off))
        states.append(state)
    return states


def gaussian(values, bounds, sigma, steps=4000):
    """Smooth a step function at the middle of each frame by adding up thin slices of the Gaussian."""
    smooth = []
    for middle in (np.array(bounds[:-1]) + bounds[1:]) / 2:
        points = middle + (np.arange(steps) + 0.5) / steps * 8 * sigma - 4 * sigma
        weight = np.exp(-((points - middle) ** 2) / (2 * sigma**2))
        frame = np.searchsorted(bounds, points, side="right") - 1
        inside = (points >= bounds[0]) & (points < bounds[-1])
        smooth.append((values[frame[inside]] * weight[inside]).sum() / weight[inside].sum())
    return np.array(smooth)


def tidy(active, bounds, gap, event):
    """Fill short gaps, then drop short events; every face seen."""
    for value, least in ((False, gap), (True, event)):
        result = list(active)
        for start, stop in spans(active, value):
            inner = start > 0 and stop < len(active)
            if bounds[stop] - bounds[start] < least - 1e-6 and (inner or value):
                result[start:stop] = [not value] * (stop - start)
        active = result
    return active


def spans(flags, value):
    edges = [i for i in range(len(flags) + 1) if i in (0, len(flags)) or flags[i] != flags[i - 1]]
    return [(a, b) for a, b in pairwise(edges) if b > a and flags[a] == value]


def fill_letters(bounds, frames, labels):
    """Letter of the nearest clustered frame in time, the earlier of two."""
    times = bounds[:-1]
    return [
        labels[
            min(range(len(frames)), key=lambda i: (round(abs(times[frames[i]] - t), 7), frames[i] != f, i))
        ]
        for f, t in enumerate(times)
    ]


def mode(states, bounds, window):
    """Letter that lasts longest in the window about each frame, within its event."""
    result = list(states)
    for start, stop in spans([state >= 0 for state in states], True):
        for frame in range(start, stop):
            middle = (bounds[frame] + bounds[frame + 1]) / 2
            held = {}
            for other in range(start, stop):
                left, right = (
                    max(bounds[other], middle - window / 2),
                    min(bounds[other + 1], middle + window / 2),
                )
                held[states[other]] = held.get(states[other], 0) + max(0, right - left)
            longest = max(held.values())
            tied = sorted(
                look for look, seconds in held.items() if math.isclose(seconds, longest, abs_tol=1e-7)
            )
            result[frame] = states[frame] if states[frame] in tied else tied[0]
    return result
