"""Agreement of raters as a table, as JSON and in words."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tpviewer.core.rater_agreement import FEW_VIDEOS, FIGURES, AuAgreement, Figure, RaterAgreement

SHOWN = ("kappa", "f1", "precision", "recall", "icc", "event_f1")
"""Figures that are shown with their intervals, in this order."""


def agreement_table(found: Sequence[RaterAgreement]) -> pd.DataFrame:
    """One row for each pair of raters and Action Unit.

    ``precision`` and ``recall`` take ``reference`` as the truth; ``kappa_low`` and ``kappa_high`` are the
    ends of the 95 % interval, empty where there is none; ``tolerance`` is of events, in frames. Columns of
    figures are those of `tpviewer.core.rater_agreement.AuAgreement`.
    """
    rows = []
    for pair in found:
        for one in pair.aus:
            row: dict[str, Any] = {"reference": pair.reference, "other": pair.other, **_counts(one)}
            row["tolerance"] = pair.tolerance
            for name in FIGURES:
                figure = one.figures[name]
                row |= {name: figure.value, f"{name}_low": figure.low, f"{name}_high": figure.high}
            rows.append(row)
    return pd.DataFrame(rows).round(4)


def agreement_told(found: Sequence[RaterAgreement]) -> list[dict[str, Any]]:
    """JSON types of agreements: each pair with its ``aus``, each figure with ``value``, ``low``, ``high``.

    None stands for a figure that is undefined and for an interval that there is not.
    """
    return [
        {
            "reference": pair.reference,
            "other": pair.other,
            "tolerance_frames": pair.tolerance,
            "videos": pair.videos,
            "aus": [_counts(one) | {n: _told(one.figures[n]) for n in FIGURES} for one in pair.aus],
        }
        for pair in found
    ]


def agreement_provenance(
    found: Sequence[RaterAgreement], videos: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Who was compared over which videos, and how the machine's results were made, as JSON types."""
    pairs = [
        {
            "reference": pair.reference,
            "other": pair.other,
            "tolerance_frames": pair.tolerance,
            "videos": pair.videos,
        }
        for pair in found
    ]
    return {"agreement": pairs, "videos": list(videos)}


def write_agreement(
    found: Sequence[RaterAgreement], path: Path, videos: Sequence[Mapping[str, Any]]
) -> list[Path]:
    """Write a CSV table, or a figure where the name ends with .pdf, .svg or .png.

    Parameters
    ----------
    found : sequence of RaterAgreement
    path : Path
    videos : sequence of mapping
        What was compared, as `agreement_provenance` tells it: beside a table (``NAME.provenance.json``), and
        inside a figure.

    Returns
    -------
    list of Path
        Files written, `path` first.
    """
    told = agreement_provenance(found, videos)
    if path.suffix.lower() == ".csv":
        agreement_table(found).to_csv(path, index=False)
        beside = path.with_suffix(".provenance.json")
        beside.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return [path, beside]
    from tpviewer.export.agreement_figure import write_agreement_figure  # matplotlib is slow to come

    return [write_agreement_figure(found, path, json.dumps(told, sort_keys=True))]


def figure_text(figure: Figure) -> str:
    """Write a figure with its interval: ``.72 [.61, .80]``, ``.72``, or ``–`` where it is undefined."""
    if math.isnan(figure.low):
        return number(figure.value)
    return f"{number(figure.value)} [{number(figure.low)}, {number(figure.high)}]"


def number(value: float) -> str:
    """Write a number of -1 to 1 with two decimals, the statistical way; ``–`` for NaN."""
    if math.isnan(value):
        return "–"
    text = f"{abs(value):.2f}"
    sign = "−" if value < 0 and float(text) else ""
    return sign + (text if float(text) >= 1 else text[1:])


def intervals_text(videos: int, shown: str = "in brackets") -> str:
    """Say what the intervals are of and how they are shown, or why there are none."""
    if videos < 2:
        return "one video: no intervals, they are drawn over videos"
    rough = f", rough for fewer than {FEW_VIDEOS}" if videos < FEW_VIDEOS else ""
    return f"{videos} videos; {shown} 95 % intervals, bootstrapped over videos{rough}"


def _counts(one: AuAgreement) -> dict[str, Any]:
    return {
        "au": one.au,
        "videos": one.videos,
        "frames": one.frames,
        "rated_frames": one.rated,
        "events_reference": one.events_reference,
        "events_other": one.events_other,
        "events_matched": one.events_matched,
    }


def _told(figure: Figure) -> dict[str, float | None]:
    ends = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if math.isnan(value) else round(value, 4) for name, value in ends.items()}
