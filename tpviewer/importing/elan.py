"""Annotations of ELAN (.eaf): tiers named after an Action Unit, or values that name Action Units.

References
----------
Wittenburg, P. et al. (2006). ELAN: a Professional Framework for Multimodality Research. LREC. Format:
https://www.mpi.nl/tools/elan/EAFv3.0.xsd
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np

from tpviewer.core.action_units import au_number
from tpviewer.core.annotations import WHOLE_FACE
from tpviewer.core.errors import ParameterError
from tpviewer.importing.apex import with_apexes
from tpviewer.importing.codes import Code, read_codes, read_value
from tpviewer.importing.rated import Ratings, TimedAnnotation

LOOK_TYPE, STAGE_TYPE, UNSEEN_TYPE, JUDGEMENT_TYPE = "look", "stage", "unseen", "judgement"
"""Linguistic types of the tiers that this program writes."""


@dataclass(frozen=True)
class Tier:
    """A tier with its annotations.

    Attributes
    ----------
    name, kind, annotator, participant : str
        `kind` is its linguistic type.
    parts : tuple of (float, float, str)
        Start and stop in seconds, and value.
    """

    name: str
    kind: str
    annotator: str
    participant: str
    parts: tuple[tuple[float, float, str], ...]


def is_elan(start: str) -> bool:
    """Whether a file that begins so is one of ELAN."""
    return "<ANNOTATION_DOCUMENT" in start


def read_elan(path: Path) -> tuple[Ratings, ...]:
    """Read one `Ratings` for each owner of tiers: annotator, and participant where there are several.

    A tier that is named after an Action Unit (``AU12``, ``12 left``) has values such as ``c``, ``B left``,
    ``absent``, or none; in any other tier the values name Action Units themselves (``4B+7C``). Of dependent
    tiers the times are those of their parents, slots without time lie evenly between those that have one.
    ``AU12 apex``, as a tier or a value, is the apex of the annotation that it lies in.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ParameterError
        If it cannot be read, or no tier names an Action Unit.
    """
    root = _root(path)
    author = root.get("AUTHOR", "")
    tiers = _tiers(path, root)
    owners = {(tier.annotator or author or "ELAN", tier.participant): None for tier in tiers}
    several = len({participant for _, participant in owners}) > 1
    found = []
    for annotator, participant in owners:
        own = [
            tier
            for tier in tiers
            if (tier.annotator or author or "ELAN", tier.participant) == (annotator, participant)
        ]
        name = f"{annotator}, {participant}" if several and participant else annotator
        found.append(_ratings(path, name, own))
    said = tuple(ratings for ratings in found if ratings.aus or ratings.intervals)
    if not said:
        raise ParameterError(
            f"{path}: no tier and no annotation names an Action Unit; name tiers like AU12, or write values"
            f" like 12C{_examples(found)}"
        )
    lost = tuple(text for ratings in found if ratings not in said for text in ratings.warnings)
    return (_with_warnings(said[0], lost), *said[1:])


def _root(path: Path) -> Xml.Element:
    try:
        return Xml.parse(path).getroot()
    except (Xml.ParseError, UnicodeDecodeError) as error:
        raise ParameterError(
            f"{path}: is a damaged file of ELAN ({error}); open it in ELAN and save it again"
        ) from error


def _tiers(path: Path, root: Xml.Element) -> list[Tier]:
    header = root.find("HEADER")
    if header is not None and header.get("TIME_UNITS", "milliseconds") != "milliseconds":
        raise ParameterError(
            f"{path}: its times are in {header.get('TIME_UNITS')}; save it with a newer ELAN, in milliseconds"
        )
    slots = {
        slot.get("TIME_SLOT_ID", ""): _milliseconds(path, slot)
        for slot in root.iterfind("TIME_ORDER/TIME_SLOT")
    }
    elements = list(root.iterfind("TIER"))
    spans: dict[str, tuple[float, float]] = {}
    for element in elements:
        spans |= _aligned(path, element, slots)
    parents = {
        ref.get("ANNOTATION_ID", ""): ref.get("ANNOTATION_REF", "")
        for ref in root.iterfind("TIER/ANNOTATION/REF_ANNOTATION")
    }
    return [_tier(element, spans, parents) for element in elements]


def _milliseconds(path: Path, slot: Xml.Element) -> float:
    text = slot.get("TIME_VALUE")
    if text is None:
        return float("nan")
    try:
        return float(text)
    except ValueError as error:
        raise ParameterError(
            f"{path}: time slot {slot.get('TIME_SLOT_ID')} has the time {text!r}; open it in ELAN and save it"
            " again"
        ) from error


def _aligned(path: Path, tier: Xml.Element, slots: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Start and stop in seconds of the annotations of a tier that have slots of their own."""
    parts = [
        (one.get("ANNOTATION_ID", ""), one.get("TIME_SLOT_REF1", ""), one.get("TIME_SLOT_REF2", ""))
        for one in tier.iterfind("ANNOTATION/ALIGNABLE_ANNOTATION")
    ]
    for key, *refs in parts:
        missing = [ref for ref in refs if ref not in slots]
        if missing:
            raise ParameterError(
                f"{path}: tier {tier.get('TIER_ID')}, annotation {key}: there is no time slot {missing[0]};"
                " open it in ELAN and save it again"
            )
    chain = list(dict.fromkeys(ref for _, *refs in parts for ref in refs))
    times = np.array([slots[ref] for ref in chain])
    known = np.isfinite(times)
    if not known.any():
        return {}
    filled = np.interp(np.arange(len(times)), np.flatnonzero(known), times[known]) / 1000
    place = dict(zip(chain, filled.tolist(), strict=True))
    return {key: (place[first], place[last]) for key, first, last in parts}


def _tier(element: Xml.Element, spans: Mapping[str, tuple[float, float]], parents: Mapping[str, str]) -> Tier:
    parts = []
    for one in element.iterfind("ANNOTATION/*"):
        key = one.get("ANNOTATION_ID", "")
        seen = {key}
        while key in parents and parents[key] not in seen:
            key = parents[key]
            seen.add(key)
        if key in spans:
            parts.append((*spans[key], (one.findtext("ANNOTATION_VALUE") or "").strip()))
    return Tier(
        name=element.get("TIER_ID", ""),
        kind=element.get("LINGUISTIC_TYPE_REF", ""),
        annotator=element.get("ANNOTATOR", ""),
        participant=element.get("PARTICIPANT", ""),
        parts=tuple(parts),
    )


def _ratings(path: Path, rater: str, tiers: Sequence[Tier]) -> Ratings:
    intervals: list[TimedAnnotation] = []
    apexes: list[TimedAnnotation] = []
    warnings: list[str] = []
    aus: dict[str, None] = {}
    for tier in tiers:
        if tier.kind == STAGE_TYPE:
            continue
        named = _named(tier)
        aus |= dict.fromkeys(code.au for code in named)
        for start, stop, value in tier.parts:
            codes, problem = _said(tier, named, value)
            for code in codes:
                (apexes if code.apex else intervals).append(_timed(code, start, stop, value))
            if problem:
                warnings.append(f"{path}: tier {tier.name}, {start:.3f} s: {problem}")
            if stop < start:
                warnings.append(f"{path}: tier {tier.name}, {start:.3f} s: ends before it begins")
    said = with_apexes(intervals, apexes)
    aus |= dict.fromkeys(one.au for one in said)
    return Ratings(
        rater=rater,
        source=path,
        aus=tuple(sorted((au for au in aus if au != WHOLE_FACE), key=au_number)),
        intervals=said,
        end_s=None,
        marks_absence=any(tier.kind == JUDGEMENT_TYPE for tier in tiers),
        warnings=tuple(warnings),
    )


def _named(tier: Tier) -> tuple[Code, ...]:
    """Action Units that a tier's name tells."""
    codes = () if tier.kind == JUDGEMENT_TYPE else read_codes(tier.name)
    return codes if len(codes) == 1 and codes[0].au != WHOLE_FACE else ()


def _said(tier: Tier, named: Sequence[Code], value: str) -> tuple[tuple[Code, ...], str]:
    """Codes of a value, and what was not understood of it."""
    if tier.kind == LOOK_TYPE and named:
        return (replace(named[0], look=value.strip("-")),), ""
    if tier.kind == UNSEEN_TYPE:
        return (Code(WHOLE_FACE, "not scorable", rest="no face seen"),), ""
    told = value.partition(": ")[0] if tier.kind == JUDGEMENT_TYPE else value
    codes = (read_value(told, named[0]),) if named else read_codes(told)
    if not codes:
        return (), f"{value!r} names no Action Unit and was left out; write it like AU12 or 12C"
    rest = next((code.rest for code in codes if code.rest), "")
    return codes, f"{rest!r} was not understood and is kept as a note" if rest else ""


def _timed(code: Code, start: float, stop: float, value: str) -> TimedAnnotation:
    note = f"look {code.look}" if code.look else code.rest or value.partition(": ")[2]
    return TimedAnnotation(
        au=code.au,
        start_s=start,
        stop_s=max(stop, start),
        verdict=code.verdict,
        intensity=code.intensity or None,
        side=code.side,
        note=note,
        reason=code.reason if code.verdict == "not scorable" else "",
    )


def _with_warnings(ratings: Ratings, more: tuple[str, ...]) -> Ratings:
    return replace(ratings, warnings=(*ratings.warnings, *more))


def _examples(found: Sequence[Ratings]) -> str:
    lost = [text for ratings in found for text in ratings.warnings]
    return f" (the first one: {lost[0].split(': ', 1)[1]})" if lost else ""
