"""How far the relevance maps of a model can be trusted: all that `tpviewer evaluate --explanations` measures.

Method, section 11. Randomised layers after Adebayo et al. (2018), Sanity checks for saliency maps; flipping
after Samek et al. (2017), Evaluating the visualization of what a deep neural network has learned.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_presets import DEFAULT_PRESET, PRESETS
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.explanation_checks import (
    areas_under,
    flipping,
    jitter_stability,
    layer_randomisation,
    same_frame_similarity,
)
from tpviewer.training.explanation_grounding import grounding_table, mean_groundings
from tpviewer.training.explanation_maps import Pairs, explainer, few_of_each
from tpviewer.training.explanation_sets import ExplainedFaces

Say = Callable[[str], None]


@dataclass(frozen=True)
class ExplanationParams:
    """How much is measured.

    Attributes
    ----------
    faces : int
        Most faces of each set, drawn at random.
    maps_per_au : int
        Most maps of an Action Unit for whatever needs many runs: stability, layers, presets, flipping.
    seed : int
    """

    faces: int = 200
    maps_per_au: int = 8
    seed: int = 0


def explanation_quality(
    package: ModelPackage,
    sets: Mapping[str, ExplainedFaces],
    params: ExplanationParams | None = None,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Measure the explanations of a model.

    Parameters
    ----------
    package : ModelPackage
        With one or two input channels.
    sets : mapping of str to ExplainedFaces
        Faces that the model was not trained on, by the name of the set, e.g. of `rendered_faces` and
        `photographed_faces`.
    params : ExplanationParams, optional
    say : callable
        Is told what is being measured.

    Returns
    -------
    dict
        JSON types. Per set: `faces`, `grounding` (see `grounding_table`), `jitter`, `layers`, `similarity`,
        `presets`, `flipping` (see `tpviewer.training.explanation_checks`).
    """
    params = params or ExplanationParams()
    return {name: _measure(package, name, faces, params, say) for name, faces in sets.items()}


def ungrounded(quality: Mapping[str, Any]) -> tuple[str, ...]:
    """Action Units that fail in a set: grounding too small, or not above all nulls; ascending."""
    failed = {
        au for found in quality.values() for au, row in found["grounding"].items() if row["passes"] is False
    }
    return tuple(sorted(failed))


def _measure(
    package: ModelPackage, name: str, faces: ExplainedFaces, params: ExplanationParams, say: Say
) -> dict[str, Any]:
    drawn = np.random.default_rng(params.seed).permutation(len(faces))[: params.faces]
    faces = faces.part(np.sort(drawn)).resized(package.card.input_size)
    say(f"{name}: relevance of {len(faces)} faces")
    with explainer(package, faces) as model:
        pairs = model.pairs()
        maps = model.maps(pairs)
        rows = few_of_each(pairs, params.maps_per_au, params.seed)
        few, few_maps = pairs.part(rows), maps[rows]
        say(f"{name}: {len(pairs)} maps; stability")
        jitter = jitter_stability(model, faces, few, few_maps)
        curves = flipping(model, faces, few, few_maps, params.seed)
    say(f"{name}: grounding and its nulls")
    table = grounding_table(package, faces, pairs, maps, params.seed)
    say(f"{name}: layers at random")
    layers = layer_randomisation(package, faces, few, few_maps, params.seed)
    presets = {DEFAULT_PRESET: _preset_row(faces, few, few_maps, curves)}
    for preset in PRESETS:
        if preset != DEFAULT_PRESET:
            say(f"{name}: preset {preset}")
            presets[preset] = _measure_preset(package, faces, few, preset, params.seed)
    return {
        "faces": len(faces),
        "grounding": table,
        "jitter": jitter,
        "layers": layers,
        "similarity": same_frame_similarity(pairs, maps),
        "presets": presets,
        "flipping": curves | {"areas": areas_under(curves)},
    }


def _measure_preset(
    package: ModelPackage, faces: ExplainedFaces, pairs: Pairs, preset: str, seed: int
) -> dict[str, Any]:
    with explainer(package, faces, preset) as model:
        maps = model.maps(pairs)
        return _preset_row(faces, pairs, maps, flipping(model, faces, pairs, maps, seed))


def _preset_row(
    faces: ExplainedFaces, pairs: Pairs, maps: NDArray[np.float32], curves: dict[str, Any]
) -> dict[str, Any]:
    """Grounding, and how much more than random order the order by relevance takes from the logit."""
    areas = areas_under(curves)
    gain = round(areas["random"] - areas["relevance"], 3)
    return mean_groundings(faces, pairs, maps) | {"flipping_gain": gain}
