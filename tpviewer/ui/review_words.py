"""Judgements in words; an intensity is never written without that word: no letter is taken for a look."""

from collections.abc import Mapping

from tpviewer.core.action_units import ACTION_UNITS, au_number
from tpviewer.core.annotations import INTENSITIES, WHOLE_FACE, Annotation, Reason, Side, Verdict
from tpviewer.core.doubt import Reason as DoubtReason
from tpviewer.core.letters import letter
from tpviewer.ui.language import tr
from tpviewer.ui.review_queue import ReviewItem

SIGNS: Mapping[Verdict, str] = {"present": "✓", "absent": "✗", "unsure": "?", "not scorable": "⊘"}
"""One shape for each verdict, so that none is told by its colour alone."""

_NAMES = {unit.number: unit.name for unit in ACTION_UNITS}


def au_name(au: str) -> str:
    """FACS name of an Action Unit, empty where it has none here."""
    return _NAMES.get(au_number(au), "")


def verdict_words(verdict: Verdict) -> str:
    """A verdict with its sign."""
    words = {
        "present": tr("present"),
        "absent": tr("absent"),
        "unsure": tr("unsure"),
        "not scorable": tr("not scorable"),
    }
    return f"{SIGNS[verdict]} {words[verdict]}"


def reason_words(reason: Reason) -> str:
    """Why something cannot be scored."""
    return {
        "": tr("no reason given"),
        "turned": tr("head turned"),
        "occluded": tr("occluded"),
        "blurred": tr("blurred"),
        "speech": tr("speech"),
    }[reason]


def side_words(side: Side) -> str:
    """A side of the face."""
    return {
        "": tr("side not given"),
        "both": tr("both sides"),
        "left": tr("left"),
        "right": tr("right"),
        "asymmetric": tr("asymmetric"),
    }[side]


def intensity_words(intensity: int) -> str:
    """``intensity c``; empty for none."""
    return tr("intensity {0}").format(INTENSITIES[intensity - 1]) if intensity else ""


def lane_words(annotation: Annotation) -> str:
    """What an annotation is about."""
    if annotation.au != WHOLE_FACE:
        return annotation.au
    return tr("Speech") if annotation.reason == "speech" else tr("Whole face")


def annotation_words(annotation: Annotation) -> str:
    """Everything that an annotation says, apart from its range and its note."""
    parts = [verdict_words(annotation.verdict), intensity_words(annotation.intensity)]
    if annotation.side:
        parts.append(side_words(annotation.side))
    if annotation.reason:
        parts.append(reason_words(annotation.reason))
    return " · ".join(filter(None, parts))


def doubt_words(reason: DoubtReason, item: ReviewItem) -> str:
    """Why a stage is in doubt."""
    look = dict(item.key).get(reason.au)
    words = {
        "near threshold": tr("{0}: probability near the threshold"),
        "weak grounding": tr("{0}: the network looks elsewhere on the face"),
        "short": tr("a short stage"),
        "far from look": tr("{0}: its relevance is unlike the rest of look {1}"),
    }[reason.kind]
    return words.format(reason.au, letter(look) if look is not None else "–")


def range_words(start: int, stop: int) -> str:
    """First and last frame of a half-open range."""
    return tr("frames {0}–{1}").format(start, stop - 1)
