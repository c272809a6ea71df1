"""Relations between the temporal prototypes of sessions as JSON and as tables."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tpviewer.core.errors import ParameterError
from tpviewer.core.relations import FoundPattern, Hit, Relations
from tpviewer.core.stages import ASCII_ARROW, StageKey, prototype_notation
from tpviewer.export.library import Letters, LibraryEntry

Rows = list[dict[str, Any]]


def relations_told(found: Relations, entries: Sequence[LibraryEntry], letters: Letters) -> dict[str, Any]:
    """JSON types of relations.

    Returns
    -------
    dict
        ``letters``, ``gaps``, ``least_support``, ``longest``; ``sequences`` with ``nearest`` and ``group``;
        ``identical`` and ``inclusions`` by number of the sequence, from 0; ``patterns`` with ``labels`` and
        ``hits``. A hit names session, stages and frames: stages count from 0 in the session's own order,
        frames from 0, ranges are half-open.
    """
    params = found.params
    return {
        "letters": letters,
        "gaps": params.gaps,
        "least_support": params.least,
        "longest": params.longest,
        "sequences": sequence_rows(found, entries),
        "identical": [list(group) for group in found.identical],
        "inclusions": [{"part": part, "whole": whole} for part, whole in found.inclusions],
        "patterns": [_pattern_told(one, found, entries) for one in found.patterns],
    }


def sequence_rows(found: Relations, entries: Sequence[LibraryEntry]) -> Rows:
    """What is told of each video: name, label, temporal prototype, group and nearest others."""
    return [
        {
            "number": number,
            "name": entry.name,
            "session": str(entry.path),
            "label": entry.label,
            "person": entry.person,
            "profile": entry.profile,
            "stages": len(sequence.stages),
            "temporal_prototype": prototype_notation(sequence.prototype),
            "group": int(found.groups[number]),
            "nearest": [
                {"number": int(other), "distance": round(float(found.distances[number, other]), 6)}
                for other in found.nearest[number]
            ],
        }
        for number, (entry, sequence) in enumerate(zip(entries, found.sequences, strict=True))
    ]


def _pattern_told(one: FoundPattern, found: Relations, entries: Sequence[LibraryEntry]) -> dict[str, Any]:
    return {
        "pattern": prototype_notation(one.pattern.stages),
        "stages": len(one.pattern.stages),
        "support": one.pattern.support,
        "maximal": one.pattern.maximal,
        "labels": [
            {
                "label": spread.label,
                "support": spread.support,
                "size": spread.size,
                "lift": None if math.isnan(spread.lift) else round(spread.lift, 6),
                "p": spread.p,
                "q": spread.q,
            }
            for spread in one.spread
        ],
        "hits": [hit_told(hit, found, entries) for hit in found.hits(one)],
    }


def hit_told(hit: Hit, found: Relations, entries: Sequence[LibraryEntry]) -> dict[str, Any]:
    """Where an occurrence is: session, stages, frames and seconds."""
    entry, sequence = entries[hit.sequence], found.sequences[hit.sequence]
    start, stop = sequence.stages[hit.places[0]].start, sequence.stages[hit.places[-1]].stop
    return {
        "number": hit.sequence,
        "name": entry.name,
        "session": str(entry.path),
        "stages": [sequence.numbers[place] for place in hit.places],
        "start": start,
        "stop": stop,
        "start_s": round(float(entry.bounds[start]), 6),
        "stop_s": round(float(entry.bounds[stop]), 6),
    }


def write_relations(found: Relations, entries: Sequence[LibraryEntry], folder: Path) -> list[Path]:
    """Write ``sequences.csv``, ``inclusions.csv``, ``patterns.csv`` and ``hits.csv`` into a folder.

    Raises
    ------
    ParameterError
        If they cannot be written.
    """
    tables = {
        "sequences": [_flat(row) for row in sequence_rows(found, entries)],
        "inclusions": _inclusion_rows(found, entries),
        "patterns": [row for number, one in enumerate(found.patterns) for row in _pattern_rows(number, one)],
        "hits": list(_hit_rows(found, entries)),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / f"{name}.csv", COLUMNS[name], rows) for name, rows in tables.items()]
    except OSError as error:
        raise ParameterError(
            f"{folder}: the tables cannot be written ({error.strerror}); choose another folder"
        ) from error


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sequences": (
        *("number", "name", "session", "label", "person", "profile", "stages", "temporal_prototype", "group"),
        *("nearest", "distance"),
    ),
    "inclusions": ("part", "whole", "part_session", "whole_session"),
    "patterns": (
        *("number", "pattern", "stages", "support", "maximal", "label", "label_support", "label_size"),
        *("lift", "p", "q"),
    ),
    "hits": ("pattern", "name", "session", "stages", "start", "stop", "start_s", "stop_s"),
}
"""Columns of each table."""


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    closest = row["nearest"][0] if row["nearest"] else {"number": None, "distance": None}
    return {**row, "nearest": closest["number"], "distance": closest["distance"]}


def _inclusion_rows(found: Relations, entries: Sequence[LibraryEntry]) -> Rows:
    return [
        {
            "part": part,
            "whole": whole,
            "part_session": str(entries[part].path),
            "whole_session": str(entries[whole].path),
        }
        for part, whole in found.inclusions
    ]


def _pattern_rows(number: int, one: FoundPattern) -> Rows:
    """One row a label; one without a label where there are none."""
    common = {
        "number": number,
        "pattern": prototype_notation(one.pattern.stages),
        "stages": len(one.pattern.stages),
        "support": one.pattern.support,
        "maximal": int(one.pattern.maximal),
    }
    return [
        {
            **common,
            "label": spread.label,
            "label_support": spread.support,
            "label_size": spread.size,
            "lift": "" if math.isnan(spread.lift) else f"{spread.lift:.4f}",
            "p": f"{spread.p:.4g}",
            "q": f"{spread.q:.4g}",
        }
        for spread in one.spread
    ] or [common]


def _hit_rows(found: Relations, entries: Sequence[LibraryEntry]) -> Iterable[dict[str, Any]]:
    for number, one in enumerate(found.patterns):
        for hit in found.hits(one):
            told = hit_told(hit, found, entries)
            yield {**told, "pattern": number, "stages": " ".join(map(str, told["stages"]))}


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def short_notation(stages: Sequence[StageKey], most: int) -> str:
    """Notation in at most so many characters; of a stage that follows itself the count: ``(AU25_A) ×7``."""
    counted = ((prototype_notation([key]), sum(1 for _ in same)) for key, same in groupby(stages))
    text = ASCII_ARROW.join(one if count == 1 else f"{one} ×{count}" for one, count in counted)
    return text if len(text) <= most else text[: most - 1] + "…"
