"""Annotations for ELAN (.eaf 3.0): what the machine says, and what each reviewer says.

References
----------
Wittenburg, P. et al. (2006). ELAN: a Professional Framework for Multimodality Research. LREC. Schema:
https://www.mpi.nl/tools/elan/EAFv3.0.xsd
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from mimetypes import guess_type
from operator import itemgetter
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.annotations import Annotation
from tpviewer.core.stages import stage_label
from tpviewer.export.carried import carried, carried_text
from tpviewer.export.events import (
    apex_code,
    borders,
    judged_lanes,
    judgement_words,
    machine_events,
    machine_name,
    unseen_ranges,
)
from tpviewer.export.provenance import exported
from tpviewer.export.review import reviewer_result
from tpviewer.export.whole import set_aside
from tpviewer.store.patient import patient_of, shown_name
from tpviewer.store.session import Session

LOOK, STAGE, UNSEEN, JUDGEMENT = "look", "stage", "unseen", "judgement"
"""Linguistic types of the tiers: they tell a reader that a letter is a look, and no intensity."""

Part = tuple[int, int, str]
"""Half-open range of frames and value of an annotation."""

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"


class _Document:
    """Gathers tiers and time slots, and puts them into the order of the schema."""

    def __init__(self, stops: NDArray[np.float64], participant: str) -> None:
        self._ms = np.rint(1000 * (stops - stops[0])).astype(np.int64)
        self._participant = participant
        self._tiers = list[Xml.Element]()
        self._slots = list[tuple[int, Xml.Element, str]]()
        self._annotations = 0

    @property
    def annotations(self) -> int:
        """Annotations so far."""
        return self._annotations

    def add_tier(self, name: str, kind: str, annotator: str, parts: Iterable[Part]) -> None:
        """Add a tier; its parts are in order and do not overlap."""
        tier = Xml.Element(
            "TIER",
            ANNOTATOR=annotator,
            LINGUISTIC_TYPE_REF=kind,
            PARTICIPANT=self._participant,
            TIER_ID=name,
        )
        end = 0
        for start, stop, value in parts:
            first = max(int(self._ms[start]), end)
            end = max(int(self._ms[stop]), first + 1)  # ELAN knows no empty annotation
            self._annotations += 1
            key = {"ANNOTATION_ID": f"a{self._annotations}"}
            one = Xml.SubElement(Xml.SubElement(tier, "ANNOTATION"), "ALIGNABLE_ANNOTATION", key)
            self._slots += [(first, one, "TIME_SLOT_REF1"), (end, one, "TIME_SLOT_REF2")]
            Xml.SubElement(one, "ANNOTATION_VALUE").text = value
        self._tiers.append(tier)

    def write(self, path: Path, author: str, header: Xml.Element) -> None:
        """Write the file."""
        root = Xml.Element(
            "ANNOTATION_DOCUMENT",
            {
                "AUTHOR": author,
                "DATE": datetime.now(UTC).isoformat(timespec="seconds"),
                "FORMAT": "3.0",
                "VERSION": "3.0",
                f"{{{_XSI}}}noNamespaceSchemaLocation": _SCHEMA,
            },
        )
        root.extend([header, self._time_order(), *self._tiers])
        for kind in (LOOK, STAGE, UNSEEN, JUDGEMENT):
            Xml.SubElement(
                root,
                "LINGUISTIC_TYPE",
                GRAPHIC_REFERENCES="false",
                LINGUISTIC_TYPE_ID=kind,
                TIME_ALIGNABLE="true",
            )
        Xml.register_namespace("xsi", _XSI)
        Xml.indent(root)
        with set_aside(path) as aside:
            Xml.ElementTree(root).write(aside, encoding="UTF-8", xml_declaration=True)

    def _time_order(self) -> Xml.Element:
        """Slots by time; each annotation has its own, so that in ELAN it moves alone."""
        order = Xml.Element("TIME_ORDER")
        for number, (ms, annotation, attribute) in enumerate(sorted(self._slots, key=itemgetter(0)), start=1):
            key = f"ts{number}"
            Xml.SubElement(order, "TIME_SLOT", {"TIME_SLOT_ID": key, "TIME_VALUE": str(ms)})
            annotation.set(attribute, key)
        return order


def write_eaf(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
) -> Path:
    """Write tiers of Action Units and stages, and of each reviewer's lanes and stages; return `path`.

    The value of an Action Unit's tier is the letter of its look (``-`` without one), that of a stage its
    label, that of a judgement says it in words, such as ``AU04 present intensity b left: note``. Apexes lie
    in tiers of their own, such as ``AU04 apex NAME``. The header tells how the results were made. With a
    pseudonym the video is not named.

    Parameters
    ----------
    session : Session
    path : Path
    profile : str, optional
        Name of the results, by default those that the window shows.
    video : Path, optional
        Where the video lies now, if it was moved.
    top_x : float
        Percent of the positive relevance that the window draws.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    machine = machine_name(session)
    document = _Document(borders(session), shown_name(session))
    for au, events in machine_events(session, profile).items():
        document.add_tier(au, LOOK, machine, ((one.start, one.stop, one.look or "-") for one in events))
    stages = session.stages(profile=profile)
    document.add_tier("stages", STAGE, machine, ((s.start, s.stop, stage_label(s)) for s in stages))
    document.add_tier("face", UNSEEN, machine, ((a, b, "UNSEEN") for a, b in unseen_ranges(session)))
    for reviewer in session.reviews.reviewers():
        _add_reviewer(document, session, reviewer, profile)
    header = _header(session, profile, path, video, top_x, document.annotations)
    document.write(path, str(session.provenance["program"]), header)
    return path


def _add_reviewer(document: _Document, session: Session, reviewer: str, profile: str) -> None:
    result = reviewer_result(session, reviewer, profile)
    for name, annotations in judged_lanes(session, result.judgements).items():
        parts = ((one.start, one.stop, _value(one)) for one in annotations)
        document.add_tier(f"{name} {reviewer}", JUDGEMENT, reviewer, parts)
        apexes = [(*one.apex, apex_code(one)) for one in annotations if one.apex is not None]
        if apexes:
            document.add_tier(f"{name} apex {reviewer}", JUDGEMENT, reviewer, apexes)
    stages = ((s.start, s.stop, stage_label(s)) for s in result.after.stages)
    document.add_tier(f"stages {reviewer}", STAGE, reviewer, stages)


def _value(annotation: Annotation) -> str:
    said = judgement_words(annotation)
    return f"{said}: {' '.join(annotation.note.split())}" if annotation.note else said


def _header(
    session: Session, profile: str, path: Path, video: Path | None, top_x: float, annotations: int
) -> Xml.Element:
    header = Xml.Element("HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    if not patient_of(session).pseudonym and session.video.kind == "video":
        _add_media(header, video or Path(session.video.path), path)
    told = carried(session, profile, top_x)
    shown = {
        name: told[name] if isinstance(told[name], str | float) else json.dumps(told[name], sort_keys=True)
        for name in ("program", "model", "model_version", "model_sha256", "results", "top_x", "thresholds")
        if name in told
    }
    properties = {f"tpviewer.{name}": str(value) for name, value in shown.items()}
    properties["tpviewer.provenance"] = carried_text(session, profile, top_x)
    properties["lastUsedAnnotationId"] = str(annotations)
    for name, text in properties.items():
        Xml.SubElement(header, "PROPERTY", NAME=name).text = text
    return header


def _add_media(header: Xml.Element, video: Path, path: Path) -> None:
    media = {"MEDIA_URL": video.resolve().as_uri(), "MIME_TYPE": guess_type(video.name)[0] or "video/*"}
    folder = path.resolve().parent
    if video.resolve().is_relative_to(folder):
        media["RELATIVE_MEDIA_URL"] = f"./{video.resolve().relative_to(folder).as_posix()}"
    Xml.SubElement(header, "MEDIA_DESCRIPTOR", media)
