"""Checks of relevance maps that need no truth: stability, dependence on the weights, likeness, flipping."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.integrate import trapezoid
from scipy.stats import rankdata

from tpviewer.core.relevance import sum_pool
from tpviewer.core.types import FloatArray
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.au_shapes import AUS
from tpviewer.training.explanation_maps import Explainer, Pairs, explainer, randomised, weighted_layers
from tpviewer.training.explanation_sets import ExplainedFaces

JITTERS = (
    (1.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0),
    (0.0, 1.0, 0.0),
    (0.0, -1.0, 0.0),
    (0.0, 0.0, 2.0),
    (0.0, 0.0, -2.0),
)
"""Right, down (pixels) and turn (degrees) by which crops are moved."""

FLIPPED = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Shares of the crop that have been flipped."""

_CELLS = 24  # flipped at once: a cell of a 24 x 24 grid
_BLUR = 0.08  # of the crop's side: sigma of the blur that a flipped cell shows


def jitter_stability(
    model: Explainer, faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32]
) -> dict[str, Any]:
    """Correlation of maps with those of a crop moved a little, laid back.

    The crop moves as if its alignment had erred; the neutral face beside it stays.

    Returns
    -------
    dict
        `aus` (mean correlation per Action Unit) and `mean` over all maps.
    """
    found = []
    for jitter in JITTERS:
        moved = _moved(faces.crops[pairs.face], jitter)
        back = _moved(model.maps(pairs, moved), jitter, back=True)
        found.append(correlations(maps, back))
    return _by_au(pairs, np.mean(found, axis=0))


def layer_randomisation(
    package: ModelPackage, faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32], seed: int
) -> list[dict[str, Any]]:
    """Correlation of maps with those after randomising the layers, from the output down, one more each time.

    Parameters
    ----------
    package : ModelPackage
    faces : ExplainedFaces
    pairs : Pairs
        m pairs.
    maps : ndarray, shape (m, H, W), float32
        Relevance of the pairs.
    seed : int
        Of the random weights.

    Returns
    -------
    list of dict
        From the output to the input: `layer`, `correlation`, `rank_correlation` (Spearman), means over maps.
    """
    names, rows = weighted_layers(package), []
    for count, name in enumerate(names, start=1):
        with explainer(randomised(package, names[:count], seed), faces) as changed:
            other = changed.maps(pairs)
        rows.append(
            {
                "layer": name,
                "correlation": round(float(correlations(maps, other).mean()), 3),
                "rank_correlation": round(float(correlations(_ranks(maps), _ranks(other)).mean()), 3),
            }
        )
    return rows


def same_frame_similarity(pairs: Pairs, maps: NDArray[np.float32]) -> list[dict[str, Any]]:
    """Mean cosine of the maps of two Action Units of one face, the most alike first.

    Returns
    -------
    list of dict
        `aus` (two names), `cosine`, `faces` (number); only pairs of Action Units seen on three faces.
    """
    flat = maps.reshape(len(maps), -1).astype(np.float64)
    flat /= np.maximum(np.linalg.norm(flat, axis=1), 1e-30)[:, None]
    met: dict[tuple[int, int], list[float]] = {}
    for face in np.unique(pairs.face):
        rows = np.flatnonzero(pairs.face == face)
        cosines = flat[rows] @ flat[rows].T
        for i, j in zip(*np.triu_indices(len(rows), 1), strict=True):
            met.setdefault((int(pairs.au[rows[i]]), int(pairs.au[rows[j]])), []).append(float(cosines[i, j]))
    often = [(key, values) for key, values in met.items() if len(values) >= 3]
    return [
        {"aus": [AUS[a], AUS[b]], "cosine": round(float(np.mean(values)), 3), "faces": len(values)}
        for (a, b), values in sorted(often, key=lambda item: -float(np.mean(item[1])))
    ]


def flipping(
    model: Explainer, faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32], seed: int
) -> dict[str, Any]:
    """Fall of the logit when cells of the crop are blurred, the most relevant first.

    Returns
    -------
    dict
        `flipped` (shares), `relevance` and `random` (mean change of the logit at each, in logits).
    """
    rank = sum_pool(maps, _CELLS).reshape(len(maps), -1)
    noise = np.random.default_rng(seed).random(rank.shape).astype(np.float32)
    curves = {
        name: _curve(model, faces, pairs, order) for name, order in (("relevance", rank), ("random", noise))
    }
    return {"flipped": list(FLIPPED)} | {name: np.round(c, 3).tolist() for name, c in curves.items()}


def areas_under(curves: dict[str, Any]) -> dict[str, float]:
    """Mean change of the logit along the curves of `flipping`; the lower, the better the order."""
    shares = np.array(curves["flipped"])
    width = shares[-1] - shares[0]
    return {
        name: round(float(trapezoid(curves[name], shares) / width), 3) for name in ("relevance", "random")
    }


def correlations(one: FloatArray, other: FloatArray) -> NDArray[np.float64]:
    """Pearson correlation of each map (m, H, W) with its partner, (m,); 0 where one of them is flat."""
    a, b = (maps.reshape(len(maps), -1).astype(np.float64) for maps in (one, other))
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    size = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.asarray((a * b).sum(axis=1) / np.where(size > 0, size, 1.0))


def _curve(
    model: Explainer, faces: ExplainedFaces, pairs: Pairs, value: NDArray[np.float32]
) -> NDArray[np.float64]:
    crops = faces.crops[pairs.face]
    side = crops.shape[1:]
    soft = np.stack([cv2.GaussianBlur(crop, (0, 0), _BLUR * side[0]) for crop in crops])
    place = np.argsort(np.argsort(-value, axis=1, kind="stable"), axis=1).reshape(-1, _CELLS, _CELLS)
    rows, columns = (np.arange(length) * _CELLS // length for length in side)
    turn = place[:, rows][:, :, columns]
    steps = [np.where(turn < share * _CELLS**2, soft, crops) for share in FLIPPED]
    logits = np.stack([model.logits(pairs, shown) for shown in steps]).astype(np.float64)
    return np.asarray((logits - logits[0]).mean(axis=1))


def _moved(pictures: NDArray[Any], jitter: tuple[float, float, float], back: bool = False) -> NDArray[Any]:
    """Pictures (m, H, W) shifted and turned about their middle, or laid back."""
    height, width = pictures.shape[1:]
    right, down, degrees = jitter
    to = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    to[:, 2] += (right, down)
    flags = cv2.INTER_LINEAR | (cv2.WARP_INVERSE_MAP if back else 0)
    border = {"borderMode": cv2.BORDER_CONSTANT if back else cv2.BORDER_REPLICATE}
    return np.stack([cv2.warpAffine(p, to, (width, height), flags=flags, **border) for p in pictures])


def _ranks(maps: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(rankdata(maps.reshape(len(maps), -1), axis=1).reshape(maps.shape))


def _by_au(pairs: Pairs, values: NDArray[np.float64]) -> dict[str, Any]:
    rows = {au: values[pairs.au == k] for k, au in enumerate(AUS)}
    means = {au: round(float(row.mean()), 3) for au, row in rows.items() if len(row)}
    return {"aus": means, "mean": round(float(values.mean()), 3)}
