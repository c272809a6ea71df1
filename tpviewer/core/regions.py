"""Where an Action Unit shows on the face, as regions between the points of a face mesh (method, section 11).

The polygons follow what the FACS manual (Ekman, Friesen, Hager, 2002) says of each Action Unit: the skin that
the muscle moves and the places where the change of appearance is seen. They connect points of MediaPipe's
face mesh of 468 points, so that they go with the face; pixels are pixel centres at whole numbers.

Mean share c of the crop, measured on 158 photographs: AU05, 14, 15, 43, 45 .03-.05; 10, 18, 24, 25, 28 .05;
02, 04, 07, 17, 20 .06-.07; 01, 09, 12 .09; 06, 26 .10.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.types import BoolArray, FloatArray

MESH_POINTS = 468
"""Points of the mesh (without those of the irises)."""

_UPPER_LID = (226, 113, 225, 224, 223, 222, 221, 189, 244)
_EYE = (*_UPPER_LID, 233, 232, 231, 230, 229, 228, 31)
_MOUTH = (164, 165, 92, 57, 43, 106, 182, 83, 18)
_JAW = (0, 40, 57, 212, 210, 169, 149, 176, 152)
_SMILE = (129, 36, 50, 187, 192, 214, 202, 106, 181, 39, 165)
_LEVATOR = (2, 97, 98, 129, 36, 206, 216, 61, 78, 13)
_CHIN = (13, 78, 61, 43, 204, 211, 176, 152)

REGIONS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "AU01": (10, 8, 221, 222, 52, 105, 69, 109),
        "AU02": (66, 65, 223, 225, 113, 156, 71, 54, 103, 69),
        "AU04": (151, 6, 193, 221, 222, 223, 225, 124, 70, 63, 105, 66, 107, 108),
        "AU05": (*_UPPER_LID, 112, 26, 22, 23, 24, 110, 25),
        "AU06": (156, 127, 234, 123, 50, 205, 36, 142, 47, 233, 133, 145, 33, 226),
        "AU07": (*_UPPER_LID, 245, 128, 120, 119, 118, 117, 111),
        "AU09": (9, 107, 55, 189, 128, 47, 100, 36, 203, 165, 164),
        "AU10": _LEVATOR,
        "AU11": _LEVATOR,
        "AU12": _SMILE,
        "AU13": _SMILE,
        "AU14": (92, 207, 214, 202, 106, 91, 88, 80, 40),
        "AU15": (40, 186, 216, 214, 210, 211, 194, 181, 88, 80),
        "AU16": _CHIN,
        "AU17": _CHIN,
        "AU18": _MOUTH,
        "AU20": (39, 92, 206, 187, 192, 135, 210, 204, 181),
        "AU22": _MOUTH,
        "AU23": _MOUTH,
        "AU24": _MOUTH,
        "AU25": _MOUTH,
        "AU26": _JAW,
        "AU27": _JAW,
        "AU28": _MOUTH,
        "AU43": _EYE,
        "AU45": _EYE,
        "AU46": _EYE,
    }
)
"""Outline of each Action Unit's region on the person's right side, as numbers of mesh points."""

_LEFT_OF: Mapping[int, int] = MappingProxyType(
    dict(
        [
            *((22, 252), (23, 253), (24, 254), (25, 255), (26, 256), (31, 261), (33, 263), (36, 266)),
            *((39, 269), (40, 270), (43, 273), (47, 277), (50, 280), (52, 282), (54, 284), (55, 285)),
            *((57, 287), (61, 291), (63, 293), (65, 295), (66, 296), (69, 299), (70, 300), (71, 301)),
            *((78, 308), (80, 310), (83, 313), (88, 318), (91, 321), (92, 322), (97, 326), (98, 327)),
            *((100, 329), (103, 332), (105, 334), (106, 335), (107, 336), (108, 337), (109, 338)),
            *((110, 339), (111, 340), (112, 341), (113, 342), (117, 346), (118, 347), (119, 348)),
            *((120, 349), (123, 352), (124, 353), (127, 356), (128, 357), (129, 358), (133, 362)),
            *((135, 364), (142, 371), (145, 374), (149, 378), (156, 383), (165, 391), (169, 394)),
            *((176, 400), (181, 405), (182, 406), (186, 410), (187, 411), (189, 413), (192, 416)),
            *((193, 417), (194, 418), (202, 422), (203, 423), (204, 424), (205, 425), (206, 426)),
            *((207, 427), (210, 430)),
            *((211, 431), (212, 432), (214, 434), (216, 436), (221, 441), (222, 442), (223, 443)),
            *((224, 444), (225, 445), (226, 446), (228, 448), (229, 449), (230, 450), (231, 451)),
            *((232, 452), (233, 453), (234, 454), (244, 464), (245, 465)),
        ]
    )
)
"""The point of the left side that mirrors one of the right; points in the middle are their own."""


def region_mask(au: str, mesh: FloatArray, shape: tuple[int, int]) -> BoolArray:
    """Pixels in which an Action Unit shows on one face, both sides.

    Parameters
    ----------
    au : str
        "AU01", …
    mesh : ndarray of float, shape (468, 2)
        Mesh points (x, y) in pixels of the picture.
    shape : (int, int)
        Height and width of the picture in pixels.

    Returns
    -------
    ndarray of bool, shape `shape`
        The face may lie partly outside: what is not in the picture is left out.

    Raises
    ------
    ParameterError
        If no region is known for the Action Unit.
    ValueError
        If the mesh has another shape or points that are not finite.
    """
    return np.asarray(region_masks(au, np.asarray(mesh)[None], shape)[0])


def region_masks(au: str, meshes: FloatArray, shape: tuple[int, int]) -> BoolArray:
    """Pixels in which an Action Unit shows on each of many faces; see `region_mask`.

    Parameters
    ----------
    au : str
    meshes : ndarray of float, shape (n, 468, 2)
    shape : (int, int)

    Returns
    -------
    ndarray of bool, shape (n, H, W)

    Raises
    ------
    ParameterError
        If no region is known for the Action Unit.
    ValueError
        If the meshes have another shape or points that are not finite.
    """
    if au not in REGIONS:
        raise ParameterError(f"no region of the face is known for {au}; known are {', '.join(REGIONS)}")
    meshes = np.asarray(meshes, np.float64)
    if meshes.ndim != 3 or meshes.shape[1:] != (MESH_POINTS, 2) or not np.isfinite(meshes).all():
        raise ValueError(f"meshes must be finite, of shape (n, {MESH_POINTS}, 2), not {meshes.shape}")
    right = list(REGIONS[au])
    left = [_LEFT_OF.get(point, point) for point in right]
    sides = [fill_polygons(meshes[:, points], shape) for points in (right, left)]
    both: BoolArray = sides[0] | sides[1]
    return both


def fill_polygons(corners: NDArray[np.float64], shape: tuple[int, int]) -> BoolArray:
    """Pixels whose centres lie in a polygon by the even-odd rule, for many polygons of as many corners.

    A centre on an outline belongs to the polygon on its right or, on a level edge, below it, so that polygons
    side by side share no pixel.

    Parameters
    ----------
    corners : ndarray of float64, shape (n, m, 2)
        Corners (x, y) in order, either way round.
    shape : (int, int)
        Height and width.

    Returns
    -------
    ndarray of bool, shape (n, H, W)
    """
    height, width = shape
    following, rows = np.roll(corners, -1, axis=1), np.arange(height)
    falling = (following[..., 1] > corners[..., 1])[..., None]
    start = np.where(falling, corners, following)
    end = np.where(falling, following, corners)
    crosses = (start[..., 1:] <= rows) != (end[..., 1:] <= rows)
    polygon, edge, row = np.nonzero(crosses)
    start, end = start[polygon, edge], end[polygon, edge]
    place = start[:, 0] + (row - start[:, 1]) * (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1])
    first = np.clip(np.ceil(place), 0, width).astype(np.intp)
    turns = np.zeros((len(corners), height, width + 1), np.bool_)
    np.logical_xor.at(turns, (polygon, row, first), True)
    inside: BoolArray = np.logical_xor.accumulate(turns[..., :width], axis=-1)
    return inside
