"""Top-X relevance laid over single frames, as the player shows it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.action_units import facial_order
from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.letters import letter
from tpviewer.core.overlay_image import SCALE, top_x_overlay
from tpviewer.core.palette import colour
from tpviewer.core.relevance import mass_map
from tpviewer.store.session import Session

OPACITY = 0.6


@dataclass(frozen=True, eq=False)
class Layer:
    """One active Action Unit of a frame.

    Attributes
    ----------
    au : str
    look : int
        Letter index of its cluster.
    mass : (H, W) float32 or None
        Mass map of its relevance; None where none is stored for the frame.
    """

    au: str
    look: int
    mass: NDArray[np.float32] | None

    @property
    def colour(self) -> str:
        """Colour of the look, ``#rrggbb``."""
        return _colour(self.au, self.look)

    @property
    def label(self) -> str:
        """What the legend says."""
        missing = " (no map)" if self.mass is None else ""
        return f"{self.au} look {letter(self.look)}{missing}"


@cache
def _colour(au: str, look: int) -> str:
    return colour(au, look)


def layers_at(session: Session, frame: int, active: Mapping[str, int]) -> tuple[Layer, ...]:
    """Active Action Units of a frame with their maps, from the brow down to the jaw.

    Parameters
    ----------
    session : Session
    frame : int
    active : mapping of str to int
        Letter index of each active Action Unit.
    """
    return tuple(Layer(au, active[au], _mass(session, frame, au)) for au in facial_order(tuple(active)))


def _mass(session: Session, frame: int, au: str) -> NDArray[np.float32] | None:
    for source in (au, MAP_SOURCE.get(au, au)):
        if source in session.aus:
            relevance = session.relevance.get(session.aus.index(source), frame)
            if relevance is not None:
                return mass_map(relevance)
    return None


def lay_over(
    picture: NDArray[np.uint8], layers: tuple[Layer, ...], top_x: float, crop_to_frame: NDArray[np.float64]
) -> None:
    """Draw the Top-X projections into a frame.

    Parameters
    ----------
    picture : ndarray of uint8, shape (H, W, 3)
        RGB; changed in place.
    layers : tuple of Layer
    top_x : float
        Percent of the positive relevance.
    crop_to_frame : ndarray of float64, shape (2, 3)
        Affine matrix from crop to frame pixels; nothing is drawn where it is not finite.
    """
    maps = [(layer.mass, layer.colour) for layer in layers if layer.mass is not None]
    if not maps or not np.isfinite(crop_to_frame).all():
        return
    overlay = top_x_overlay(maps, top_x)
    left, top, right, bottom = _reach(overlay.shape, crop_to_frame, picture.shape)
    if left >= right or top >= bottom:
        return
    pixels, to_frame = _fitted(overlay, crop_to_frame)
    to_frame[:, 2] -= (left, top)
    moved = cv2.warpAffine(pixels, to_frame, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    part = picture[top:bottom, left:right]
    hit = np.nonzero(moved[..., 3])
    over = moved[hit].astype(np.float32)
    under = part[hit] * (1 - OPACITY / 255 * over[:, 3:])
    part[hit] = np.rint(under + OPACITY * over[:, :3]).astype(np.uint8)


def _fitted(
    overlay: NDArray[np.uint8], crop_to_frame: NDArray[np.float64]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Overlay no finer than the frame, so that nothing of it is skipped, and its matrix to the frame."""
    size = math.sqrt(abs(float(np.linalg.det(crop_to_frame[:, :2]))))
    fine = min(SCALE, max(1, math.ceil(size)))
    if fine < SCALE:
        height, width = (side * fine // SCALE for side in overlay.shape[:2])
        overlay = np.asarray(cv2.resize(overlay, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    matrix = crop_to_frame.astype(np.float64) / fine
    matrix[:, 2] = crop_to_frame[:, :2] @ np.full(2, 0.5 / fine - 0.5) + crop_to_frame[:, 2]
    return overlay, matrix


def _reach(
    overlay: tuple[int, ...], crop_to_frame: NDArray[np.float64], picture: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the part of the frame that the crop covers."""
    height, width = overlay[0] / SCALE, overlay[1] / SCALE
    corners = np.array([[x, y] for x in (-1.0, width) for y in (-1.0, height)])
    placed = corners @ crop_to_frame[:, :2].T + crop_to_frame[:, 2]
    left, top = np.maximum(np.floor(placed.min(axis=0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(placed.max(axis=0)) + 1, (picture[1], picture[0])).astype(int)
    return int(left), int(top), int(right), int(bottom)
