"""The photograph behind and around a redrawn face."""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from tpviewer.core.alignment import apply, invert
from tpviewer.training.photo_texture import TO_LINEAR

_FAR = 2.6  # beyond this many radii of the face nothing moves
_GRID = 24


def bend_photo(
    photo: NDArray[np.uint8],
    rim: tuple[NDArray[np.float32], NDArray[np.float32]],
    gain: NDArray[np.float32],
    to_photo: NDArray[np.float64],
    to_image: NDArray[np.float64],
    size: tuple[int, int],
) -> NDArray[np.float32]:
    """Bend a photograph so that the rim of its face lies where the rim of the redrawn face does.

    The shift is interpolated between the rim and a wide circle where nothing moves (radial basis functions,
    linear), and so is the factor on the light: neither the old outline nor a seam is left.

    Parameters
    ----------
    photo : ndarray, shape (H, W, 3), uint8
    rim : (ndarray, ndarray), shape (k, 2) each
        Places around the face in the photograph and now, in projected units.
    gain : ndarray, shape (k,), float32
        Factor on the photographed light there.
    to_photo, to_image : ndarray, shape (2, 3)
        From projected units to pixels of the photograph and of the picture.
    size : (int, int)
        Width and height of the picture in pixels.

    Returns
    -------
    ndarray, shape (height, width, 3), float32
        Linear light.
    """
    before, after = rim
    middle = after.mean(0)
    reach = _FAR * float(np.linalg.norm(after - middle, axis=1).mean())
    angle = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    far = middle + reach * np.column_stack([np.cos(angle), np.sin(angle)])
    level = np.log(gain)
    still = np.array([0, 0, level.mean()])
    values = np.vstack([np.column_stack([before - after, level]), np.tile(still, (len(far), 1))])
    spline = RBFInterpolator(np.vstack([after, far]), values, kernel="linear")
    rows, columns = np.mgrid[: _GRID + 1, : _GRID + 1] / _GRID
    places = np.column_stack([columns.ravel() * (size[0] - 1), rows.ravel() * (size[1] - 1)])
    units = apply(invert(to_image), places)
    outside = np.linalg.norm(units - middle, axis=1) > reach
    moved = np.where(outside[:, None], still, spline(units))
    source = apply(to_photo, units + moved[:, :2])
    fields = np.column_stack([source, np.exp(moved[:, 2])]).reshape(_GRID + 1, _GRID + 1, 3)
    return _lookup(photo, fields.astype(np.float32), *size)


def _lookup(
    photo: NDArray[np.uint8], fields: NDArray[np.float32], width: int, height: int
) -> NDArray[np.float32]:
    """Linear light at the places of a coarse grid (x, y, factor on the light), brought to full size."""
    steps = len(fields) - 1
    x = np.arange(width, dtype=np.float32) * np.float32(steps / (width - 1))
    y = np.arange(height, dtype=np.float32) * np.float32(steps / (height - 1))
    full = cv2.remap(fields, np.tile(x, (height, 1)), np.tile(y[:, None], (1, width)), cv2.INTER_LINEAR)
    picture = cv2.remap(photo, full[..., 0], full[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(TO_LINEAR[picture] * full[..., 2:], np.float32)
