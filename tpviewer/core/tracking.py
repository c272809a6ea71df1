"""Faces of a video and their linking into tracks, one per person (method, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

MAX_GAP_S = 5.0
"""A face that is lost for longer begins a new track, in seconds."""

_REACH = 0.8  # farthest jump from where a face is expected, in face sizes
_REACH_PER_S = 0.8  # and what it grows by for each second without a face
_MOST_REACH = 1.5
_MOST_GROWTH = 2.0  # largest ratio of sizes between two sightings
_SPEED_S = 0.1  # time constant of the speed estimate, seconds
_COAST_S = 0.5  # time constant after which a lost face is thought to have stopped, seconds
_FORBIDDEN = 1e6


@dataclass(frozen=True)
class FaceObservation:
    """One face in one frame.

    Attributes
    ----------
    box : ndarray, shape (4,), float32
        x, y, width, height in pixels.
    score : float
        The detector's trust, 0 to 1.
    mesh : ndarray, shape (468, 2), float32
        Mesh points in pixels.
    yaw, pitch, roll : float
        Head pose in degrees, see `tpviewer.core.head_pose.head_pose`.
    brightness : float
        Mean grey value of the box, 0 to 255.
    blur : float
        Variance of the Laplacian of the box, brought to one size; low is blurred.
    """

    box: NDArray[np.float32]
    score: float
    mesh: NDArray[np.float32]
    yaw: float
    pitch: float
    roll: float
    brightness: float
    blur: float


@dataclass
class _Track:
    """A person so far: centre, size and speed in pixels and seconds at its last sighting."""

    centre: NDArray[np.float64]
    size: float
    speed: NDArray[np.float64]
    time: float
    sightings: int = 1

    def expected(self, time: float) -> NDArray[np.float64]:
        """Centre at a later time: constant speed, but a face that stays lost comes to rest."""
        coast = _COAST_S * (1.0 - np.exp(-(time - self.time) / _COAST_S))
        centre: NDArray[np.float64] = self.centre + self.speed * coast
        return centre

    def see(self, centre: NDArray[np.float64], size: float, time: float) -> None:
        gap = max(time - self.time, 1e-6)
        new = (centre - self.centre) / gap
        weight = 1.0 if self.sightings == 1 else 1.0 - np.exp(-gap / _SPEED_S)
        self.speed = self.speed + weight * (new - self.speed)
        self.centre, self.size, self.time = centre, size, time
        self.sightings += 1


def link_tracks(
    boxes: Sequence[NDArray[np.floating[Any]]], times: NDArray[np.floating[Any]], max_gap_s: float = MAX_GAP_S
) -> list[NDArray[np.int64]]:
    """Link the faces of successive frames into tracks, one per person.

    Every frame's faces are assigned to the tracks by the Hungarian method, so that the summed distance from
    where each track is expected at its present speed is smallest; a change of size counts as distance too.
    A face that comes back where it was lost, within `max_gap_s`, goes on with its track.

    Parameters
    ----------
    boxes : sequence of N ndarrays, shape (n_i, 4), float
        Face boxes of each frame: x, y, width, height in pixels.
    times : ndarray, shape (N,), float
        Presentation times in seconds.
    max_gap_s : float
        Longest absence that a track survives, in seconds.

    Returns
    -------
    list of N ndarrays, shape (n_i,), int64
        Track of every face; tracks are numbered by first appearance from 0, within a frame by order.
    """
    tracks: list[_Track] = []
    result = []
    for faces, time in zip(boxes, times, strict=True):
        faces = np.asarray(faces, np.float64).reshape(-1, 4)
        centres, sizes = faces[:, :2] + faces[:, 2:] / 2, np.sqrt(faces[:, 2] * faces[:, 3])
        alive = [i for i, track in enumerate(tracks) if time - track.time <= max_gap_s]
        found = np.full(len(faces), -1, np.int64)
        for face, row in _assign([tracks[i] for i in alive], centres, sizes, float(time)):
            found[face] = alive[row]
            tracks[alive[row]].see(centres[face], float(sizes[face]), float(time))
        for face in np.flatnonzero(found < 0):
            found[face] = len(tracks)
            tracks.append(_Track(centres[face], float(sizes[face]), np.zeros(2), float(time)))
        result.append(found)
    return result


def _assign(
    tracks: list[_Track], centres: NDArray[np.float64], sizes: NDArray[np.float64], time: float
) -> list[tuple[int, int]]:
    """Pairs (face, track) with the smallest summed cost among those that are possible at all."""
    if not tracks or not len(centres):
        return []
    cost = np.array([_costs(track, centres, sizes, time) for track in tracks]).T
    faces, rows = linear_sum_assignment(cost)
    return [(int(f), int(r)) for f, r in zip(faces, rows, strict=True) if cost[f, r] < _FORBIDDEN]


def _costs(
    track: _Track, centres: NDArray[np.float64], sizes: NDArray[np.float64], time: float
) -> NDArray[np.float64]:
    """Distance from the expected place in face sizes plus change of size in octaves."""
    size = np.sqrt(np.maximum(sizes, 1e-6) * max(track.size, 1e-6))
    reach = min(_REACH + _REACH_PER_S * (time - track.time), _MOST_REACH)
    distance = np.linalg.norm(centres - track.expected(time), axis=1) / size
    stayed = np.linalg.norm(centres - track.centre, axis=1) / size
    growth = np.abs(np.log2(np.maximum(sizes, 1e-6) / max(track.size, 1e-6)))
    possible = (np.minimum(distance, stayed) <= reach) & (growth <= np.log2(_MOST_GROWTH))
    return np.where(possible, distance + growth, _FORBIDDEN)


def choose_track(tracks: ArrayLike, areas: ArrayLike) -> int:
    """Track with the largest summed area: the person who is longest and nearest in the picture.

    Parameters
    ----------
    tracks : array_like, shape (n,), int
        Track of every face of the video.
    areas : array_like, shape (n,), float
        Area of its box.

    Returns
    -------
    int
        The earliest of equals.

    Raises
    ------
    ValueError
        If there is no face.
    """
    numbers = np.asarray(tracks, np.int64)
    if not len(numbers):
        raise ValueError("there is no face to choose from")
    return int(np.argmax(np.bincount(numbers, weights=np.asarray(areas, np.float64))))
