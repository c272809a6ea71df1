"""Grounding of the maps of a set of faces beside its three nulls (method, section 11)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.grounding import LEAST_GROUNDING, gradient_magnitude, groundings, mirrored
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.au_shapes import AUS
from tpviewer.training.explanation_maps import Pairs, explainer, randomised, weighted_layers
from tpviewer.training.explanation_sets import ExplainedFaces

NULLS = ("random weights", "edges", "mirrored region")
"""Maps that know nothing of the Action Unit, and the region where it does not belong."""

_LEAST_PERSONS = 5
_RESAMPLES = 1000
_RANDOM_NETWORKS = 2


def grounding_table(
    package: ModelPackage, faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32], seed: int
) -> dict[str, Any]:
    """Grounding per Action Unit with 95 % intervals, and what its nulls reach on the same faces.

    Parameters
    ----------
    package : ModelPackage
    faces : ExplainedFaces
    pairs : Pairs
    maps : ndarray, shape (m, H, W), float32
        Relevance of the pairs.
    seed : int
        Of random weights and bootstrap.

    Returns
    -------
    dict
        Per Action Unit that occurs: `maps` and `persons` (numbers), `covered` (the region's mean share of
        the crop), `grounding` with `low` and `high` (95 % bootstrap over persons), `nulls` and `above_nulls`
        (name to mean, and whether the grounding is above it at the 95 % level, by pairs), `passes` (at least
        `LEAST_GROUNDING` and above all nulls; None with fewer than 5 persons).
    """
    masks = faces.masks[pairs.face, pairs.au]
    values = {"grounding": groundings(maps, masks)} | _nulls(package, faces, pairs, maps, masks, seed)
    found = {}
    for k, au in enumerate(AUS):
        rows = np.flatnonzero((pairs.au == k) & np.isfinite(values["grounding"]))
        if len(rows):
            here = {name: value[rows] for name, value in values.items()}
            covered = float(masks[rows].mean())
            found[au] = _row(here, faces.persons[pairs.face[rows]], seed) | {"covered": round(covered, 3)}
    return found


def bootstrap(values: NDArray[np.float64], persons: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """95 % interval of a mean, by drawing persons, not pictures, anew.

    Parameters
    ----------
    values : ndarray, shape (m,)
    persons : ndarray, shape (m,)
    seed : int
    """
    _, who = np.unique(persons, return_inverse=True)
    sums, counts = np.bincount(who, values), np.bincount(who)
    drawn = np.random.default_rng(seed).integers(len(counts), size=(_RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def _nulls(
    package: ModelPackage,
    faces: ExplainedFaces,
    pairs: Pairs,
    maps: NDArray[np.float32],
    masks: NDArray[np.bool_],
    seed: int,
) -> dict[str, NDArray[np.float64]]:
    edges = np.stack([gradient_magnitude(crop) for crop in faces.crops])[pairs.face]
    random = [_by_random_weights(package, faces, pairs, masks, seed + i) for i in range(_RANDOM_NETWORKS)]
    random_weights, of_edges, of_mirrored = NULLS
    return {
        random_weights: np.nan_to_num(np.stack(random)).mean(axis=0),
        of_edges: np.nan_to_num(groundings(edges, masks)),
        of_mirrored: groundings(maps, mirrored(masks)),
    }


def _by_random_weights(
    package: ModelPackage, faces: ExplainedFaces, pairs: Pairs, masks: NDArray[np.bool_], seed: int
) -> NDArray[np.float64]:
    """Grounding of maps of random weights; relevance counts for what the logit says, whatever its sign."""
    with explainer(randomised(package, weighted_layers(package), seed), faces) as blind:
        sign = np.where(blind.logits(pairs) < 0, -1, 1).astype(np.float32)
        return groundings(blind.maps(pairs) * sign[:, None, None], masks)


def _row(values: dict[str, NDArray[np.float64]], persons: NDArray[np.int64], seed: int) -> dict[str, Any]:
    own = values["grounding"]
    low, high = bootstrap(own, persons, seed)
    above = {name: bootstrap(own - values[name], persons, seed)[0] > 0 for name in NULLS}
    enough = len(np.unique(persons)) >= _LEAST_PERSONS
    return {
        "maps": len(own),
        "persons": len(np.unique(persons)),
        "grounding": round(float(own.mean()), 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "nulls": {name: round(float(values[name].mean()), 3) for name in NULLS},
        "above_nulls": above,
        "passes": bool(own.mean() >= LEAST_GROUNDING and all(above.values())) if enough else None,
    }


def mean_groundings(
    faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32]
) -> dict[str, float | dict[str, float]]:
    """Mean grounding per Action Unit (`aus`), and the mean of these (`grounding`).

    Parameters
    ----------
    faces : ExplainedFaces
    pairs : Pairs
        m pairs.
    maps : ndarray, shape (m, H, W), float32
        Relevance of the pairs.

    Returns
    -------
    dict
        Action Units without a map whose grounding is defined are left out; `grounding` is NaN where all are.
    """
    values = groundings(maps, faces.masks[pairs.face, pairs.au])
    rows = {au: values[(pairs.au == k) & np.isfinite(values)] for k, au in enumerate(AUS)}
    aus = {au: round(float(row.mean()), 3) for au, row in rows.items() if len(row)}
    return {"aus": aus, "grounding": round(float(np.mean(list(aus.values()))), 3) if aus else float("nan")}
