"""Painting of a person's calm skin: tone, lips, brows, lids, beard."""

import numpy as np

from tpviewer.training.appearance import Appearance, Brows
from tpviewer.training.skin_map import Image, Points, SkinMap, mirrored, smooth_curve


def paint_skin(skin_map: SkinMap, looks: Appearance) -> Image:
    """Albedo of the skin without brows, folds and lips, shape (H, W, 3), float32, linear."""
    rng = np.random.default_rng(looks.seed)
    tone = np.ones(skin_map.shape, np.float32)
    for level, share in ((0, 0.08), (1, 0.06), (2, 0.05)):
        tone += share * looks.mottling * skin_map.grain(level, rng)
    spots = np.clip(skin_map.grain(0, rng) - 1.6, 0, 1) * looks.freckles
    tone *= 1 - 0.5 * spots
    tone *= 1 - 0.35 * looks.eye_shadow * _under_eyes(skin_map)
    albedo = tone[..., None] * np.array(looks.skin, np.float32)
    blush = _blush(skin_map)[..., None] * np.array([0.10, -0.12, -0.10], np.float32)
    albedo *= 1 + blush
    _shade(albedo, 0.75 * _stubble(skin_map, looks, rng), looks.hair.colour)
    _shade(albedo, 0.85 * _lid_lines(skin_map) * looks.lashes, (0.01, 0.008, 0.008))
    return np.clip(albedo, 0.003, 1).astype(np.float32)


def paint_brows(skin_map: SkinMap, albedo: Image, looks: Appearance) -> None:
    """Paint both brows hair by hair, in place."""
    rng = np.random.default_rng(looks.seed + 1)
    brows = looks.brows
    for side in (-1.0, 1.0):
        spine = _brow_spine(skin_map, brows, side)
        hairs = _brow_hairs(spine, brows, side, rng)
        density = 0.35 + 0.65 * brows.density
        under = skin_map.blur(skin_map.curves([spine[1:-3]], 0.75 * brows.thickness), 0.12)
        _shade(albedo, 0.5 * density * under, looks.hair.colour)
        _shade(albedo, density * skin_map.curves(hairs, 0.065), looks.hair.colour)


def paint_lips(skin_map: SkinMap, albedo: Image, looks: Appearance, hidden: float) -> None:
    """Paint the red of the lips, in place; `hidden` of 0 to 1 thins it towards the closed line."""
    outline = lip_outline(skin_map, hidden)
    rng = np.random.default_rng(looks.seed + 2)
    red = np.clip(skin_map.area(outline, 0.07), 0, 1)
    fine = 1 + 0.10 * skin_map.grain(0, rng)[..., None]
    albedo += red[..., None] * (np.array(looks.lips, np.float32) * fine - albedo)


def lip_outline(skin_map: SkinMap, hidden: float) -> Points:
    """Closed outline of the lips, drawn towards the line between them."""
    outer = skin_map.landmarks[48:60].copy()
    line = (skin_map.landmarks[61:64, 1].mean() + skin_map.landmarks[65:68, 1].mean()) / 2
    outer[:, 1] = line + (outer[:, 1] - line) * (1 - 0.75 * hidden)
    return smooth_curve(outer, 8, closed=True)


def _shade(albedo: Image, cover: Image, colour: tuple[float, float, float]) -> None:
    albedo += np.clip(cover, 0, 1)[..., None] * (np.array(colour, np.float32) - albedo)


def _brow_spine(skin_map: SkinMap, brows: Brows, side: float) -> Points:
    """Middle line of a brow from the nose outwards; side -1 is the person's right."""
    marks = skin_map.landmarks[17:22][::-1].copy()
    along = np.linspace(0, 1, 5)
    outwards = 2 * along - 1
    marks[:, 1] += brows.lift + brows.slope * outwards + brows.arch * (0.5 - outwards**2) - 0.3
    marks[:, 1] += side * brows.lopsided / 2
    marks[:, 0] *= 1 + (brows.reach - 1) * along
    spine = smooth_curve(marks, 6)
    return spine if side < 0 else mirrored(spine)


def _brow_hairs(spine: Points, brows: Brows, side: float, rng: np.random.Generator) -> list[Points]:
    count = int(90 + 260 * brows.density)
    place = rng.uniform(0, len(spine) - 1.001, count)
    base = place.astype(int)
    roots = spine[base] + (place - base)[:, None] * (spine[base + 1] - spine[base])
    along = place / (len(spine) - 1)
    width = brows.thickness * (1.0 - 0.65 * along)
    roots[:, 1] += rng.uniform(-0.5, 0.5, count) * width
    angle = np.deg2rad(np.interp(along, [0, 0.25, 1], [75, 35, -20]) + rng.normal(0, 10, count))
    length = rng.uniform(0.25, 0.5, count) * (0.6 + brows.thickness)
    tips = roots + np.stack([side * np.cos(angle), np.sin(angle)], 1) * length[:, None]
    return [np.stack([root, tip]) for root, tip in zip(roots, tips, strict=True)]


def _lid_lines(skin_map: SkinMap) -> Image:
    """Lashes and the fold above the upper lid."""
    marks = skin_map.landmarks
    lashes, folds, lower = [], [], []
    for first in (36, 42):
        upper = smooth_curve(marks[first : first + 4])
        lashes.append(upper + np.array([0.0, 0.04]))
        folds.append(upper[8:-8] + np.array([0.0, 0.38]))
        lower.append(smooth_curve(marks[[first + 3, first + 4, first + 5, first]]) - np.array([0, 0.04]))
    lines = skin_map.curves(lashes, 0.14) + 0.35 * skin_map.curves(lower, 0.07)
    return skin_map.blur(
        np.clip(lines, 0, 1) + 0.25 * skin_map.blur(skin_map.curves(folds, 0.08), 0.05), 0.02
    )


def _under_eyes(skin_map: SkinMap) -> Image:
    lines = []
    for first in (36, 42):
        lower = smooth_curve(skin_map.landmarks[[first + 3, first + 4, first + 5, first]])
        lines.append(lower - np.array([0.0, 0.45]))
    return skin_map.blur(skin_map.curves(lines, 0.7), 0.3)


def _blush(skin_map: SkinMap) -> Image:
    cheeks = [np.array([[side * 4.2, 0.3], [side * 4.9, 0.0]]) for side in (-1, 1)]
    nose = [np.array([[0.0, 1.0], [0.0, -0.2]])]
    return skin_map.blur(skin_map.curves([*cheeks, *nose], 2.0), 0.8)


def _stubble(skin_map: SkinMap, looks: Appearance, rng: np.random.Generator) -> Image:
    """Cover of beard and moustache hair."""
    if looks.beard == 0 and looks.moustache == 0:
        return np.zeros(skin_map.shape, np.float32)
    jaw = np.array([[-7.2, 1], [-6.5, -2], [-4, -2.2], [-3, -4.6], [0, -4.9], [3, -4.6], [4, -2.2]])
    jaw = np.vstack([jaw, [[6.5, -2], [7.2, 1], [7, -6], [4.5, -10], [0, -11], [-4.5, -10], [-7, -6]]])
    lip = np.array([[-3, -3.7], [-2, -2.3], [-0.6, -1.7], [0.6, -1.7], [2, -2.3], [3, -3.7]])
    lip = np.vstack([lip, [[1.8, -2.9], [0, -2.55], [-1.8, -2.9]]])
    cover = looks.beard * skin_map.area(jaw, 0.35) + looks.moustache * skin_map.area(lip, 0.12)
    hairs = np.clip(0.75 + 0.45 * skin_map.grain(0, rng), 0, 1.3)
    return np.clip(cover * hairs, 0, 0.95).astype(np.float32)
