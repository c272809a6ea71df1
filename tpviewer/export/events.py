"""What a session says as events, each with a beginning and an end: the form that annotation tools know."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import Annotation, intensity_letter, lane
from tpviewer.core.judgements import Judgement
from tpviewer.core.letters import letter
from tpviewer.core.runs import runs
from tpviewer.core.types import BoolArray, IntArray
from tpviewer.export.carried import carried
from tpviewer.store.raters import took_part
from tpviewer.store.session import Session


@dataclass(frozen=True)
class Event:
    """One stretch of frames in which an Action Unit is active with the same look.

    Attributes
    ----------
    au : str
    look : str
        Letter; empty where there is none.
    start, stop : int
        Half-open range of frames.
    """

    au: str
    look: str
    start: int
    stop: int


def machine_events(session: Session, profile: str) -> dict[str, tuple[Event, ...]]:
    """Events of each Action Unit that was looked for, from its smoothed activity."""
    activity = session.arrays.require(f"{profile}/activity/smoothed")
    states = session.states("smoothed", profile)
    return {
        au: tuple(_events(au, activity[:, column].astype(bool), states[:, column]))
        for au, column in took_part(session, profile).items()
    }


def unseen_ranges(session: Session) -> list[tuple[int, int]]:
    """Half-open ranges of frames without a face."""
    return [(start, stop) for start, stop in runs(~session.arrays.require("seen").astype(bool)).tolist()]


def borders(session: Session) -> NDArray[np.float64]:
    """Presentation times of the frames and the end of the last, (N + 1,), seconds from the first frame."""
    return np.append(session.times, session.end)


def judged_lanes(session: Session, judgements: Iterable[Judgement]) -> dict[str, list[Annotation]]:
    """What judgements say, lane by lane; without what lies behind the video's end."""
    lanes: dict[str, list[Annotation]] = {}
    for one in judgements:
        if one.annotation.stop <= session.video.frames:
            lanes.setdefault(lane(one.annotation), []).append(one.annotation)
    return lanes


def judgement_code(annotation: Annotation) -> str:
    """Action Unit and verdict in words: ``AU04 present``, ``face not scorable``."""
    return f"{lane(annotation)} {annotation.verdict}"


def judgement_details(annotation: Annotation) -> str:
    """Intensity, side and reason in words: ``intensity b left``; empty for none."""
    words = [
        f"intensity {intensity_letter(annotation.intensity)}" if annotation.intensity else "",
        annotation.side,
        annotation.reason if lane(annotation) != "speech" else "",
    ]
    return " ".join(word for word in words if word)


def apex_code(annotation: Annotation) -> str:
    """Action Unit and that it is its apex: ``AU04 apex``."""
    return f"{lane(annotation)} apex"


def judgement_words(annotation: Annotation) -> str:
    """Code and details: ``AU04 present intensity b left``; ASCII, and without a semicolon."""
    return f"{judgement_code(annotation)} {judgement_details(annotation)}".strip()


def machine_name(session: Session) -> str:
    """Name of the machine as an annotator."""
    return f"machine ({session.model['name']} {session.model['version']})"


def write_provenance(session: Session, path: Path, profile: str, top_x: float) -> Path:
    """Write how a table was made beside it (``NAME.provenance.json``), for a CSV has no place for it."""
    beside = path.with_suffix(".provenance.json")
    told = json.dumps(carried(session, profile, top_x), indent=2, sort_keys=True)
    beside.write_text(told + "\n", encoding="utf-8")
    return beside


def _events(au: str, active: BoolArray, states: IntArray) -> list[Event]:
    known = np.where(active, np.maximum(states, -1), -2)  # -1 active without a look, -2 not active
    edges = [0, *(np.flatnonzero(np.diff(known)) + 1).tolist(), len(known)]
    return [
        Event(au, letter(int(known[start])) if known[start] >= 0 else "", start, stop)
        for start, stop in pairwise(edges)
        if start < stop and known[start] > -2
    ]
