"""What is not the face: background, long hair behind the head, clothes, glasses, strands of hair."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.training.appearance import Colour
from tpviewer.training.camera import project
from tpviewer.training.synthetic_face import PosedFace

Picture = NDArray[np.float32]
Affine = NDArray[np.float64]

_CURTAIN = ((-7.0, 12.0), (-9.6, 7.0), (-10.2, 0.0), (-10.8, -8.0), (-10.0, -15.0))
_COLLAR = ((-30, -40), (-24, -21), (-16, -17.5), (-7.5, -15.0), (-4.0, -18.0), (0, -19.0))
_LENS = (
    (-4.9, 3.9),
    (-4.5, 4.7),
    (-3.2, 4.9),
    (-1.9, 4.7),
    (-1.5, 3.9),
    (-1.8, 2.5),
    (-3.2, 2.0),
    (-4.6, 2.5),
)
_LENS_CENTRE = (-3.2, 3.4)


def random_background(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Gradients, patches and bars out of focus, shape (height, width, 3), linear light."""
    small = rng.uniform(0, 1, (2, 2, 3)) ** 2 * rng.uniform(0.2, 1)
    picture = cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    for _ in range(int(rng.integers(0, 9))):
        colour = tuple(float(c) for c in rng.uniform(0, 1, 3) ** 2)
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        axes = (int(rng.integers(4, width)), int(rng.integers(2, max(3, height // 3))))
        if rng.random() < 0.5:
            cv2.ellipse(picture, centre, axes, float(rng.uniform(0, 180)), 0, 360, colour, -1)
        else:
            corner = (centre[0] + axes[0], centre[1] + axes[1])
            cv2.rectangle(picture, centre, corner, colour, -1)
    grey = picture.mean(2, keepdims=True)
    picture = grey + rng.uniform(0, 1) * (picture - grey)
    result: Picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.5, 8)))
    return result


def draw_curtain(picture: Picture, face: PosedFace, to_image: Affine, light: float) -> None:
    """Long hair behind the head, in place."""
    hair = face.sitter.person.looks.hair
    side = np.array([(x, y, -3.0) for x, y in _CURTAIN])
    outline = _pixels(np.vstack([side, (side * (-1, 1, 1))[::-1]]), face, to_image)
    colour = np.array(hair.colour) * light
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(cover, [_fixed(outline)], 255, cv2.LINE_AA, 4)
    _blend(picture, cover, (float(colour[0]), float(colour[1]), float(colour[2])), 1.0)


def draw_collar(picture: Picture, face: PosedFace, to_image: Affine, colour: Colour) -> None:
    """Clothes over the lower edge of the neck, in place; they turn with the head only a little."""
    side = np.array([(x, y, 4.0) for x, y in _COLLAR])
    places = np.vstack([side, (side * (-1, 1, 1))[::-1]])
    still = places[:, :2] * (1, -1) + (0, 1)
    moved = project(places.astype(np.float32), face.pose)[:, :2]
    outline = (0.85 * still + 0.15 * moved) @ to_image[:, :2].T + to_image[:, 2]
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(cover, [_fixed(outline)], 255, cv2.LINE_AA, 4)
    _blend(picture, cover, colour, 1.0)


def draw_glasses(picture: Picture, face: PosedFace, to_image: Affine, rng: np.random.Generator) -> None:
    """Rims, bridge, temples and a weak reflection, in place."""
    strength = face.sitter.person.looks.glasses
    scale = float(np.hypot(*to_image[:, 0]))
    width = max(1, round(scale * rng.uniform(0.1, 0.45)))
    colour = float(rng.choice([0.01, 0.03, 0.3]))
    lines, lenses = [], []
    shape = (np.array(_LENS) - _LENS_CENTRE) * rng.uniform(0.9, 1.35, 2) + _LENS_CENTRE
    for mirror in (1, -1):
        places = np.array([(mirror * x, y, 11.0) for x, y in shape])
        lens = _pixels(np.vstack([places, places[:1]]), face, to_image)
        lenses.append(lens)
        lines.append(lens)
        lines.append(_pixels(np.array([(mirror * 4.9, 4.0, 11.0), (mirror * 7.4, 3.9, 3.0)]), face, to_image))
    lines.append(_pixels(np.array([(-1.5, 3.7, 11.2), (0, 4.0, 11.6), (1.5, 3.7, 11.2)]), face, to_image))
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(cover, [_fixed(lens) for lens in lenses], 255, cv2.LINE_AA, 4)
    _blend(picture, cover, (0.5, 0.52, 0.55), 0.15 * float(rng.random()))
    cover[:] = 0
    cv2.polylines(cover, [_fixed(line) for line in lines], False, 255, width, cv2.LINE_AA, 4)
    _blend(picture, cover, (colour, colour, colour), 0.5 + 0.5 * strength)


def draw_strands(picture: Picture, face: PosedFace, to_image: Affine, rng: np.random.Generator) -> None:
    """Some hair hanging over the forehead or cheek, in place."""
    cover = np.zeros(picture.shape[:2], np.uint8)
    start = rng.normal(0, 5)
    for _ in range(int(rng.integers(3, 25))):
        x = start + rng.normal(0, 0.8)
        tip = (x + rng.normal(0, 1.2), rng.uniform(2, 8), 10.5)
        places = np.array([(x * 0.7, 11.5, 7.0), ((x + tip[0]) / 2, 9.0, 10.5), tip])
        cv2.polylines(cover, [_fixed(_pixels(places, face, to_image))], False, 255, 1, cv2.LINE_AA, 4)
    _blend(picture, cover, face.sitter.person.looks.hair.colour, 0.85)


def _pixels(places: NDArray[np.float64], face: PosedFace, to_image: Affine) -> NDArray[np.float64]:
    """Pixels of places given on the neutral mean face, moved with this person's eyes."""
    points = project((places + face.sitter.eye_shift).astype(np.float32), face.pose)[:, :2]
    result: NDArray[np.float64] = points @ to_image[:, :2].T + to_image[:, 2]
    return result


def _fixed(outline: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.asarray(np.round(outline * 16), np.int32)


def _blend(picture: Picture, cover: NDArray[np.uint8], colour: Colour, strength: float) -> None:
    share = (strength / 255) * cover[..., None].astype(np.float32)
    picture += share * (np.array(colour, np.float32) - picture)
