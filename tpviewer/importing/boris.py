"""Aggregated events of BORIS: one line an event, with start and stop.

References
----------
Friard, O., Gamba, M. (2016). BORIS: a free, versatile open-source event-logging software for video/audio
coding and live observations. Methods in Ecology and Evolution 7, 1325-1330.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from tpviewer.core.action_units import au_number
from tpviewer.core.annotations import WHOLE_FACE
from tpviewer.core.errors import ParameterError
from tpviewer.importing.apex import with_apexes
from tpviewer.importing.codes import Code, read_codes, read_value
from tpviewer.importing.rated import Ratings, TimedAnnotation
from tpviewer.importing.tables import numbers, read_table

BEHAVIOUR, START, STOP, KIND = "Behavior", "Start (s)", "Stop (s)", "Behavior type"
OBSERVATION, SUBJECT, OFFSET, LENGTH = "Observation id", "Subject", "Time offset (s)", "Media duration (s)"
COMMENT = "Comment start"

JUDGED = "judgement"
"""`Behavioral category` of what a reviewer said, in tables that this program writes."""

_CATEGORY = "Behavioral category"
_NOBODY = ("", "No focal subject")


def is_boris(names: tuple[str, ...]) -> bool:
    """Whether these are the columns of events of BORIS."""
    return BEHAVIOUR in names


def read_boris(path: Path, names: tuple[str, ...]) -> tuple[Ratings, ...]:
    """Read one `Ratings` for each observation, and for each subject where there are several.

    A behaviour names an Action Unit (``AU12``, ``12C``, ``AU12 absent``), or its apex in another event
    (``AU12 apex``); modifiers tell intensity and side.
    An event of type ``POINT`` has no duration. The time offset of an observation is taken off.

    Parameters
    ----------
    path : Path
    names : tuple of str
        Its columns.

    Raises
    ------
    ParameterError
        If these are no aggregated events, a line cannot be understood, or no behaviour is an Action Unit.
    """
    missing = [name for name in (START, STOP) if name not in names]
    if missing:
        raise ParameterError(
            f"{path}: has no column {missing[0]!r}; export the observation from BORIS as aggregated events"
        )
    modifiers = [name for name in names if "modifier" in name.lower() or name.startswith("(")]
    wanted = (BEHAVIOUR, START, STOP, KIND, OBSERVATION, SUBJECT, OFFSET, LENGTH, COMMENT, _CATEGORY)
    text = (BEHAVIOUR, KIND, OBSERVATION, SUBJECT, COMMENT, _CATEGORY)
    table = read_table(path, (*wanted, *modifiers), (*text, LENGTH, *modifiers))
    for name in (*text, LENGTH, OFFSET):
        if name not in table:
            table[name] = 0 if name == OFFSET else ""
    owners = table.groupby([OBSERVATION, SUBJECT], sort=False)
    several = table[SUBJECT].nunique() > 1
    found = [
        _ratings(path, _rater(str(observation), str(subject), several), rows, modifiers)
        for (observation, subject), rows in owners
    ]
    said = tuple(ratings for ratings in found if ratings.intervals)
    if not said:
        raise ParameterError(
            f"{path}: no behaviour names an Action Unit; name behaviours like AU12 in the ethogram"
        )
    return said


def _rater(observation: str, subject: str, several: bool) -> str:
    name = observation or "BORIS"
    return f"{name}, {subject}" if several and subject not in _NOBODY else name


def _ratings(path: Path, rater: str, rows: pd.DataFrame, modifiers: list[str]) -> Ratings:
    offset = np.nan_to_num(numbers(path, rows[OFFSET]))
    starts = numbers(path, rows[START]) - offset
    stops = np.where(rows[KIND] == "POINT", starts, numbers(path, rows[STOP]) - offset)
    lengths = pd.to_numeric(rows[LENGTH], errors="coerce").dropna()
    intervals: list[TimedAnnotation] = []
    apexes: list[TimedAnnotation] = []
    warnings: list[str] = []
    for line, row, start, stop in zip(rows.index, rows.to_dict("records"), starts, stops, strict=True):
        if not np.isfinite([start, stop]).all():
            warnings.append(f"{path}, line {line}: start or stop is missing; the event was left out")
            continue
        codes = read_codes(row[BEHAVIOUR])
        said = " ".join(row[name] for name in modifiers if row[name])
        codes = tuple(read_value(said, code) if said else code for code in codes)
        if not codes:
            warnings.append(
                f"{path}, line {line}: behaviour {row[BEHAVIOUR]!r} names no Action Unit and was left out"
            )
        warnings += [
            f"{path}, line {line}: {code.rest!r} was not understood and is kept as a note"
            for code in codes
            if code.rest
        ]
        for code in codes:
            timed = _timed(code, float(start), float(stop), row[COMMENT])
            (apexes if code.apex else intervals).append(timed)
    merged = with_apexes(intervals, apexes)
    return Ratings(
        rater=rater,
        source=path,
        aus=tuple(sorted({one.au for one in merged} - {WHOLE_FACE}, key=au_number)),
        intervals=merged,
        end_s=float(lengths.max()) if len(lengths) else None,
        marks_absence=bool((rows[_CATEGORY] == JUDGED).any()),
        warnings=tuple(warnings),
    )


def _timed(code: Code, start: float, stop: float, comment: str) -> TimedAnnotation:
    return TimedAnnotation(
        au=code.au,
        start_s=start,
        stop_s=max(stop, start),
        verdict=code.verdict,
        intensity=code.intensity or None,
        side=code.side,
        note=f"{code.rest} {comment}".strip(),
        reason=code.reason if code.verdict == "not scorable" else "",
    )
