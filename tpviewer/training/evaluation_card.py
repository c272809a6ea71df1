"""Write what was measured into the card of a model package."""

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tpviewer.core.errors import ModelError
from tpviewer.models.model_card import ModelCard
from tpviewer.models.model_package import CARD, load_package
from tpviewer.training.evaluate_clips import KINDS, ClipRow
from tpviewer.training.evaluate_events import AUEvents, share_in_time
from tpviewer.training.evaluation import Evaluation
from tpviewer.training.explanations import ungrounded

LEAST_AREA = 0.90
"""Area under the ROC curve that a reliable Action Unit reaches on every set on which it was measured."""

LEAST_CORRELATION = 0.5
"""Mean correlation with the teacher on clips, where it was measured, of a reliable Action Unit."""

_GROUNDING = ("grounding", "low", "high", "passes")
_CURVE = ("said", "was", "count")


def write_card(folder: Path, evaluation: Evaluation) -> Evaluation:
    """Put quality, thresholds and experimental Action Units into ``card.json``, in one step.

    Figures that the card has under other names stay.

    Parameters
    ----------
    folder : Path
        The model package that was evaluated.
    evaluation : Evaluation

    Returns
    -------
    Evaluation
        The same, of the package as it is now.

    Raises
    ------
    ModelError
        If the package is a zip, or its folder cannot be written.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder}: the card of a zip is not rewritten; unpack the model package first")
    card = evaluation.package.card
    found = quality_of(evaluation)
    new = replace(
        card,
        thresholds=evaluation.thresholds,
        quality={**card.quality, **found},
        experimental=not_reliable(card.aus, evaluation),
    )
    text = json.dumps(new.to_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    ModelCard.from_json(json.loads(text))
    unfinished = folder / f".{CARD}.{os.getpid()}"
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(folder / CARD)
    except OSError as error:
        raise ModelError(f"{folder / CARD}: cannot be written ({error.strerror})") from error
    return replace(evaluation, package=load_package(folder))


def quality_of(evaluation: Evaluation) -> dict[str, Any]:
    """Quality as the card keeps it: by data set, then by Action Unit."""
    found: dict[str, Any] = {part["name"]: part["aus"] for part in evaluation.sets if part["aus"]}
    for key, against in zip(("clips, against the teacher", "clips, brow height"), KINDS, strict=False):
        rows = [row for row in evaluation.clips if row.counted and row.against == against]
        if rows:
            found[key] = {au: _correlation(rows, au) for au in sorted({row.au for row in rows})}
    if evaluation.events:
        found["onset and offset"] = _events(evaluation.events)
    for name, explained in evaluation.explanations.items():
        found[f"grounding, {name}"] = {
            au: {key: row[key] for key in _GROUNDING} for au, row in explained["grounding"].items()
        }
    for key in ("calibration", "intensity"):
        known = next((part for part in evaluation.sets if part[key]), None)
        if known is not None:
            found[key] = {au: _without_curve(figures) for au, figures in known[key].items()}
    return found


def not_reliable(aus: Sequence[str], evaluation: Evaluation) -> tuple[str, ...]:
    """Action Units that were not measured, or that fail a bound on anything on which they were."""
    areas: dict[str, list[float]] = {}
    for part in evaluation.sets:
        for au, figures in part["aus"].items():
            areas.setdefault(au, []).append(figures["roc_auc"])
    rows = [row for row in evaluation.clips if row.counted and row.against == KINDS[0]]
    weak = {au for au in aus if min(areas.get(au, [0.0])) < LEAST_AREA}
    weak |= {row.au for row in rows if _correlation(rows, row.au)["correlation"] < LEAST_CORRELATION}
    weak |= set(ungrounded(evaluation.explanations))
    return tuple(au for au in aus if au in weak)


def _correlation(rows: list[ClipRow], au: str) -> dict[str, Any]:
    values = [row.r_probability_smooth for row in rows if row.au == au]
    return {"correlation": round(float(np.mean(np.nan_to_num(values))), 3), "clips": len(values)}


def _events(events: list[AUEvents]) -> dict[str, Any]:
    found = {}
    for au in sorted({one.au for one in events}):
        own = [one for one in events if one.au == au]
        share = share_in_time(own)
        found[au] = {
            "in_time": None if share is None else round(share, 3),
            "events": sum(one.true_events for one in own),
            "spurious": sum(one.spurious for one in own),
        }
    return found


def _without_curve(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name not in _CURVE}
