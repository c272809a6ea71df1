"""Alignment of a face to the model's canonical crop (method, section 2).

Five points of the face mesh that hardly move with expression, the eye corners and the base of the nose,
are laid onto fixed places of the crop by a similarity transform. Points are (x, y) in pixels, and whole
numbers are pixel centres, in frames as in crops.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tpviewer.core.runs import runs

SMOOTHING_S = 0.03
"""Default sigma of `smooth_anchors`, in seconds.

Measured on real clips of 25 and 30 frames/s, in crop pixels: the detector's jitter falls from 0.10-0.33 to
0.03-0.12, while the crop moves by 0.1-0.3 (at most 1.3, in lively speech) from where it was. At 0.10 s quick
head movement would already be cut by 3 pixels."""

_REACH = 3.0  # the Gaussian is cut at this many sigmas


@dataclass(frozen=True)
class CropGeometry:
    """Where the anchors of a face lie in the crop that a model sees.

    Attributes
    ----------
    width, height : int
        Size of the crop in pixels.
    points : tuple of int
        Numbers of the five anchors in the face mesh, those on the left of the picture first.
    targets : tuple of (float, float)
        Where they lie in the crop, in pixels.
    """

    width: int = 96
    height: int = 96
    points: tuple[int, ...] = (33, 133, 362, 263, 2)
    targets: tuple[tuple[float, float], ...] = ((23, 37), (39, 38), (57, 38), (73, 37), (48, 60))


CANONICAL = CropGeometry()
"""Outer and inner corners of both eyes and the base of the nose, in 96 x 96 pixels."""


def anchors_from_mesh(
    mesh: NDArray[np.floating[Any]], points: tuple[int, ...] = CANONICAL.points
) -> NDArray[np.float64]:
    """Pick the anchors of a face mesh.

    Parameters
    ----------
    mesh : ndarray, shape (..., n, 2), float
        Mesh points in pixels of the frame.
    points : tuple of int
        Their numbers in the mesh.

    Returns
    -------
    ndarray, shape (..., 5, 2), float64
    """
    return np.asarray(mesh, np.float64)[..., list(points), :2]


def similarity(src: ArrayLike, dst: ArrayLike) -> NDArray[np.float64]:
    """Least-squares similarity transform (turn, scale, shift; no mirror) that takes `src` to `dst`.

    With points as complex numbers it is ``w = a z + b``, whose least squares have the closed form of
    Umeyama, "Least-squares estimation of transformation parameters between two point patterns", PAMI
    1991, for two dimensions without reflections.

    Parameters
    ----------
    src, dst : array_like, shape (n, 2)
        At least two different points.

    Returns
    -------
    ndarray, shape (2, 3), float64
        Affine matrix: ``dst ~ src @ m[:, :2].T + m[:, 2]``.

    Raises
    ------
    ValueError
        If all points of `src` coincide.
    """
    z, w = _complex(src), _complex(dst)
    z_mean, w_mean = z.mean(), w.mean()
    spread = np.sum(np.abs(z - z_mean) ** 2)
    if not spread > 0:
        raise ValueError("a similarity needs at least two different points")
    a = np.sum(np.conj(z - z_mean) * (w - w_mean)) / spread
    b = w_mean - a * z_mean
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


def _complex(points: ArrayLike) -> NDArray[np.complex128]:
    points = np.asarray(points, np.float64)
    result: NDArray[np.complex128] = points[:, 0] + 1j * points[:, 1]
    return result


def invert(transform: ArrayLike) -> NDArray[np.float64]:
    """Inverse of an affine matrix, shape (2, 3): crop to frame from frame to crop and back."""
    (a, b, x), (c, d, y) = np.asarray(transform, np.float64).tolist()
    size = a * d - b * c
    a, b, c, d = d / size, -b / size, -c / size, a / size
    return np.array([[a, b, -(a * x + b * y)], [c, d, -(c * x + d * y)]])


def apply(transform: ArrayLike, points: ArrayLike) -> NDArray[np.float64]:
    """Points, shape (..., 2), after an affine matrix, shape (2, 3)."""
    m = np.asarray(transform, np.float64)
    moved: NDArray[np.float64] = np.asarray(points, np.float64) @ m[:, :2].T + m[:, 2]
    return moved


def smooth_anchors(
    anchors: NDArray[np.floating[Any]], times: NDArray[np.floating[Any]], sigma_s: float = SMOOTHING_S
) -> NDArray[np.float64]:
    """Take the detector's jitter out of the anchors, run by run of frames with a face.

    Each frame gets the value of a straight line fitted around it with Gaussian weights in time. A line, not
    a mean: motion at constant speed passes unchanged, also at the ends of a run and at uneven frame times.
    Nothing is carried over a gap.

    Parameters
    ----------
    anchors : ndarray, shape (N, 5, 2), float
        NaN in frames without a face.
    times : ndarray, shape (N,), float
        Presentation times in seconds, rising.
    sigma_s : float
        Standard deviation of the weights in seconds; 0 leaves the anchors as they are.

    Returns
    -------
    ndarray, shape (N, 5, 2), float64
        NaN where `anchors` is NaN.
    """
    smooth = np.array(anchors, np.float64)
    if sigma_s <= 0:
        return smooth
    for start, stop in runs(_seen(smooth)):
        flat = smooth[start:stop].reshape(stop - start, -1)
        smooth[start:stop] = _local_lines(flat, times[start:stop], sigma_s).reshape(-1, *smooth.shape[1:])
    return smooth


def _local_lines(
    values: NDArray[np.float64], times: NDArray[np.floating[Any]], sigma: float
) -> NDArray[np.float64]:
    """Value at each time of the weighted line through its neighbours; `values` has shape (n, d)."""
    n = len(times)
    ends = np.searchsorted(times, times + _REACH * sigma, side="right")
    reach = int(np.max(ends - np.arange(n))) - 1
    s0, s1, s2 = np.ones(n), np.zeros(n), np.zeros(n)
    t0, t1 = values.copy(), np.zeros_like(values)
    for step in range(1, reach + 1):
        lag = times[step:] - times[:-step]
        weight = np.where(lag <= _REACH * sigma, np.exp(-0.5 * (lag / sigma) ** 2), 0.0)
        for here, there, dt in (
            (slice(None, -step), slice(step, None), lag),
            (slice(step, None), slice(None, -step), -lag),
        ):
            s0[here] += weight
            s1[here] += weight * dt
            s2[here] += weight * dt**2
            t0[here] += weight[:, None] * values[there]
            t1[here] += (weight * dt)[:, None] * values[there]
    determinant = s0 * s2 - s1**2
    usable = determinant > 1e-9 * (s0 * sigma) ** 2
    safe = np.where(usable, determinant, 1.0)[:, None]
    line = (s2[:, None] * t0 - s1[:, None] * t1) / safe
    return np.where(usable[:, None], line, t0 / s0[:, None])


def _seen(anchors: NDArray[np.float64]) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = np.isfinite(anchors).all(axis=tuple(range(1, anchors.ndim)))
    return result
