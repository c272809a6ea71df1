"""Aggregated events for BORIS: one line an event, of the machine and of each reviewer.

References
----------
Friard, O., Gamba, M. (2016). BORIS. Methods in Ecology and Evolution 7, 1325-1330.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tpviewer.core.action_units import action_unit
from tpviewer.core.annotations import Annotation
from tpviewer.export.events import (
    apex_code,
    borders,
    judgement_code,
    judgement_details,
    machine_events,
    machine_name,
    unseen_ranges,
    write_provenance,
)
from tpviewer.export.provenance import exported
from tpviewer.store.patient import shown_name
from tpviewer.store.session import Session

COLUMNS = (
    *("Observation id", "Observation date", "Description", "Observation type", "Source", "Time offset (s)"),
    *("Coding duration", "Media duration (s)", "FPS (frame/s)", "Subject"),
    *("Observation duration by subject by observation", "Behavior", "Behavioral category", "Modifier #1"),
    *("Behavior type", "Start (s)", "Stop (s)", "Duration (s)", "Media file name"),
    *("Image index start", "Image index stop", "Image file path start", "Image file path stop"),
    *("Comment start", "Comment stop"),
)
"""Columns of BORIS 8, in its order."""

JUDGED, UNSEEN = "judgement", "unseen"
"""Behavioural categories of what a reviewer said, and of frames without a face."""

_Told = tuple[str, str, str, int, int, str]  # behaviour, category, modifier, start, stop, comment


def boris_table(session: Session, profile: str) -> pd.DataFrame:
    """One row an event; the observation names who coded it.

    The behaviour of the machine's events is the Action Unit, the comment its look. A judgement's behaviour is
    the Action Unit, with the verdict where it is not ``present``; its modifier tells intensity and side. Its
    apex is an event of its own, ``AU04 apex``.

    Parameters
    ----------
    session : Session
    profile : str
        Name of the results.
    """
    stops, name = borders(session), shown_name(session)
    length = round(float(stops[-1] - stops[0]), 3)
    rate = round(1 / float(np.median(np.diff(stops))), 3)
    common = {
        "Observation date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "Description": f"{session.provenance['program']}, results {profile}",
        "Observation type": "Media file(s)",
        "Source": f"player #1:{name}",
        "Time offset (s)": 0.0,
        "Coding duration": length,
        "Media duration (s)": length,
        "FPS (frame/s)": rate,
        "Subject": "No focal subject",
        "Observation duration by subject by observation": length,
        "Behavior type": "STATE",
        "Media file name": name,
    }
    rows: list[dict[str, Any]] = []
    for coder, told in _told(session, profile):
        behaviour, category, modifier, start, stop, comment = told
        first, last = (round(float(stops[frame]), 3) for frame in (start, stop))
        row = {"Observation id": f"{name} {coder}", "Behavior": behaviour, "Behavioral category": category}
        row |= {"Modifier #1": modifier, "Comment start": comment}
        times = {"Start (s)": first, "Stop (s)": last, "Duration (s)": round(last - first, 3)}
        images = {"Image index start": start, "Image index stop": stop}
        rows.append(common | row | times | images)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write_boris(session: Session, path: Path, profile: str | None = None, top_x: float = 25.0) -> list[Path]:
    """Write `boris_table`, and beside it how it was made.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    boris_table(session, profile).to_csv(path, index=False)
    return [path, write_provenance(session, path, profile, top_x)]


def _told(session: Session, profile: str) -> Iterator[tuple[str, _Told]]:
    """Coder and event, coder by coder, in order."""
    machine = machine_name(session)
    events: list[_Told] = [
        (one.au, action_unit(one.au).region, "", one.start, one.stop, f"look {one.look}" if one.look else "")
        for found in machine_events(session, profile).values()
        for one in found
    ]
    events += [("face not scorable", UNSEEN, "", a, b, "no face seen") for a, b in unseen_ranges(session)]
    yield from ((machine, one) for one in sorted(events, key=lambda one: one[3]))
    for reviewer in session.reviews.reviewers():
        for judgement in session.reviews.judgements(reviewer):
            if judgement.annotation.stop <= session.video.frames:
                yield from ((reviewer, told) for told in _judged(judgement.annotation))


def _judged(one: Annotation) -> Iterator[_Told]:
    """A judgement, and its apex where it has one."""
    behaviour = judgement_code(one).removesuffix(" present")
    yield behaviour, JUDGED, judgement_details(one), one.start, one.stop, one.note
    if one.apex is not None:
        yield apex_code(one), JUDGED, "", *one.apex, ""
