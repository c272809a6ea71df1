"""What an evaluation found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from tpviewer import __version__
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.evaluate_clips import KINDS, ClipRow, mean_correlation
from tpviewer.training.evaluate_events import AUEvents, share_in_time

_CORRELATIONS = ("r_probability", "r_logit", "r_probability_smooth", "r_logit_smooth")


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What was measured.

    Attributes
    ----------
    package : ModelPackage
    thresholds : tuple of float
    sets : list of dict
        See `measure_set`.
    clips : list of ClipRow
    events : list of AUEvents
    explanations : dict
        See `tpviewer.training.explanations.explanation_quality`; empty where they were not asked for.
    """

    package: ModelPackage
    thresholds: tuple[float, ...]
    sets: list[dict[str, Any]] = field(default_factory=list)
    clips: list[ClipRow] = field(default_factory=list)
    events: list[AUEvents] = field(default_factory=list)
    explanations: dict[str, Any] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """Everything as JSON types."""
        card = self.package.card
        return {
            "program": f"TPViewer {__version__}",
            "model": {
                "name": card.name,
                "version": card.version,
                "sha256": self.package.sha256,
                "channels": card.channels,
            },
            "thresholds": dict(zip(card.aus, self.thresholds, strict=True)),
            "experimental": list(card.experimental),
            "sets": self.sets,
            "clips": [_finite(asdict(row)) for row in self.clips],
            "clip_means": {
                against: _finite(
                    {name: mean_correlation(self.clips, against, name) for name in _CORRELATIONS}
                )
                for against in KINDS
            },
            "events": [_event(one) for one in self.events],
            "explanations": self.explanations,
            "events_in_time": share_in_time([one for one in self.events if not one.experimental]),
        }


def _event(one: AUEvents) -> dict[str, Any]:
    return {
        "video": one.video,
        "au": one.au,
        "experimental": one.experimental,
        "onset_errors_s": np.round(one.onset_errors, 3).tolist(),
        "offset_errors_s": np.round(one.offset_errors, 3).tolist(),
        "missed": one.missed,
        "spurious": one.spurious,
    }


def _means(rows: Sequence[ClipRow], against: str) -> dict[str, Any]:
    return _finite({name: mean_correlation(rows, against, name) for name in _CORRELATIONS})


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """Values with None instead of what is no number, which JSON does not know."""
    return {
        name: (None if np.isnan(value) else round(value, 4)) if isinstance(value, float) else value
        for name, value in values.items()
    }
