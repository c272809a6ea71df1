"""Light on the visible surface, pixel by pixel, compiled by numba."""

from typing import Any

import numpy as np
from numba import njit

from tpviewer.training.face_model import MOUTH, SKIN, TEETH


@njit(cache=True)  # type: ignore[untyped-decorator]
def shade(
    triangle: Any,
    weights: Any,
    triangles: Any,
    material: Any,
    attributes: Any,
    albedo: Any,
    relief: Any,
    map_place: Any,
    hair_colour: Any,
    hair_grain: Any,
    iris: Any,
    gaze: Any,
    light: Any,
    to_light: Any,
    shine: Any,
    picture: Any,
) -> None:
    """Fill `picture`, shape (H, W, 3), float32, linear light.

    Parameters
    ----------
    triangle, weights : ndarray
        Of `tpviewer.training.rasteriser.Fragments`.
    triangles, material : ndarray, shape (m, 3) and (m,), int
        Vertices and material of each triangle.
    attributes : ndarray, shape (n, 9), float32
        Per vertex: place on the neutral mean face (3), normal in the camera's axes (3), ambient occlusion,
        height above the hairline, lit share of the key light.
    albedo, relief : ndarray
        Colour of the skin, shape (h, w, 3), and factor of its folds, shape (h, w), on the skin map.
    map_place : ndarray, shape (3,)
        Pixels per unit, left and upper edge of the skin map.
    hair_colour, iris : ndarray, shape (3,)
        Linear light.
    hair_grain : ndarray
        Noise of the hair.
    gaze : ndarray, shape (2, 6)
        Centre of the right and left eye on the neutral mean face and the direction in which each looks.
    light : ndarray, shape (4,)
        Strength of key, fill and ambient light and of shadows.
    to_light : ndarray, shape (3,)
        Unit vector to the key light in the camera's axes.
    shine : float
        Gloss of the skin.
    picture : ndarray, shape (H, W, 3), float32
    """
    half = np.empty(3)
    half[:] = to_light
    half[2] += 1.0
    half /= np.sqrt((half**2).sum())
    value = np.empty(attributes.shape[1])
    colour = np.empty(3)
    for y in range(triangle.shape[0]):
        for x in range(triangle.shape[1]):
            index = triangle[y, x]
            if index < 0:
                continue
            _mix(value, weights[y, x], attributes, triangles[index])
            kind = material[index]
            gloss, hard, open_, bump = shine, 22.0, value[6], 1.0
            if kind == SKIN:
                bump = _skin(colour, value, albedo, relief, map_place)
                hairy = _hair(colour, value, hair_colour, hair_grain)
                gloss += hairy * (0.12 - gloss)
            elif kind == MOUTH:
                colour[0], colour[1], colour[2] = 0.36, 0.13, 0.12
                open_ = 0.75 * min(max((value[2] - 4.5) / 6.5, 0.03), 1.0) ** 1.5
            elif kind == TEETH:
                colour[0], colour[1], colour[2] = 0.66, 0.60, 0.50
                open_ = 0.8 * min(max((value[2] - 5.5) / 5.2, 0.03), 1.0) ** 2
            else:
                below_lid = _eye(colour, value, gaze[0 if value[0] < 0 else 1], iris)
                open_ = max(open_, 0.35) * (1 - 0.35 * below_lid)
                gloss, hard = 0.5, 160.0
            total, mirror = _light(value, light, to_light, half, open_, hard)
            if kind in (MOUTH, TEETH):
                total *= open_
            glint = gloss * mirror * (0.5 if kind == SKIN else 1.0)
            for c in range(3):
                picture[y, x, c] = colour[c] * total * bump + 0.35 * glint


@njit(cache=True)  # type: ignore[untyped-decorator]
def _mix(value: Any, weights: Any, attributes: Any, corners: Any) -> None:
    """Attributes of a place in a triangle, with a normal of length 1."""
    for a in range(len(value)):
        value[a] = 0.0
        for corner in range(3):
            value[a] += weights[corner] * attributes[corners[corner], a]
    length = np.sqrt(value[3] ** 2 + value[4] ** 2 + value[5] ** 2) + 1e-9
    value[3:6] /= length


@njit(cache=True)  # type: ignore[untyped-decorator]
def _skin(colour: Any, value: Any, albedo: Any, relief: Any, map_place: Any) -> Any:
    """Colour of the painted skin, bilinear; the factor of its folds is returned."""
    row = min(max((map_place[2] - value[1]) * map_place[0], 0.0), relief.shape[0] - 1.001)
    column = min(max((value[0] - map_place[1]) * map_place[0], 0.0), relief.shape[1] - 1.001)
    i, j = int(row), int(column)
    p, q = row - i, column - j
    for c in range(3):
        above = (1 - q) * albedo[i, j, c] + q * albedo[i, j + 1, c]
        below = (1 - q) * albedo[i + 1, j, c] + q * albedo[i + 1, j + 1, c]
        colour[c] = (1 - p) * above + p * below
    return (1 - p) * ((1 - q) * relief[i, j] + q * relief[i, j + 1]) + p * (
        (1 - q) * relief[i + 1, j] + q * relief[i + 1, j + 1]
    )


@njit(cache=True)  # type: ignore[untyped-decorator]
def _hair(colour: Any, value: Any, hair_colour: Any, hair_grain: Any) -> Any:
    """Lay hair over the colour above the hairline; its cover, 0 to 1, is returned."""
    turn = np.arctan2(value[0], value[2] + 1.0) / (2 * np.pi) + 0.5
    grain = hair_grain[
        int(turn * 3 * hair_grain.shape[0]) % hair_grain.shape[0],
        int((value[1] + 30) * 12) % hair_grain.shape[1],
    ]
    hairy = min(max((value[7] + 0.5 * grain) / 0.5 + 0.2, 0.0), 1.0)
    for c in range(3):
        dyed = hair_colour[c] * max(1 + 0.5 * grain, 0.2)
        colour[c] += hairy * (dyed - colour[c])
    return hairy


@njit(cache=True)  # type: ignore[untyped-decorator]
def _eye(colour: Any, value: Any, gaze: Any, iris: Any) -> Any:
    """Colour of white, iris and pupil; how far up under the lid the place lies, 0 to 1, is returned."""
    d0, d1, d2 = value[0] - gaze[0], value[1] - gaze[1], value[2] - gaze[2]
    far = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2) + 1e-9
    ahead = (d0 * gaze[3] + d1 * gaze[4] + d2 * gaze[5]) / far
    angle = np.arccos(min(max(ahead, -1.0), 1.0))
    white = min(max((angle - 0.44) / 0.06, 0.0), 1.0)
    ring = 1 - 0.6 * min(max((angle - 0.34) / 0.09, 0.0), 1.0)
    pupil = min(max((angle - 0.15) / 0.03, 0.0), 1.0)
    for c in range(3):
        inner = iris[c] * ring * pupil + 0.004
        colour[c] = inner + white * ((0.62, 0.57, 0.54)[c] - inner)
    return min(max((d1 - 0.1) / 0.6, 0.0), 1.0)


@njit(cache=True)  # type: ignore[untyped-decorator]
def _light(value: Any, light: Any, to_light: Any, half: Any, open_: Any, hard: Any) -> Any:
    """Diffuse light and mirrored key light (Blinn-Phong, exponent `hard`) at a place."""
    n0, n1, n2 = value[3], value[4], value[5]
    facing = n0 * to_light[0] + n1 * to_light[1] + n2 * to_light[2]
    lit = 1 - light[3] * (1 - value[8])
    soft = max((facing + 0.25) / 1.25, 0.0) * lit
    other = max(-0.6 * n0 * np.sign(to_light[0]) + 0.1 * n1 + 0.6 * n2, 0.0)
    sky = 0.6 + 0.4 * n1
    total = light[0] * soft * (0.35 + 0.65 * open_) + (light[1] * other + light[2] * sky) * open_
    mirror = max(n0 * half[0] + n1 * half[1] + n2 * half[2], 0.0) ** hard
    return total, light[0] * mirror * lit * open_
