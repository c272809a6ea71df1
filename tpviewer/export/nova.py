"""Annotations for NOVA: a header (``.annotation``) and its lines (``.annotation~``) for each scheme.

References
----------
Baur, T. et al. (2020). eXplainable Cooperative Machine Learning with NOVA. KI - Künstliche Intelligenz 34.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.annotations import WHOLE_FACE, Annotation, Verdict
from tpviewer.core.letters import letter_index
from tpviewer.core.palette import colour
from tpviewer.core.stages import Stage, stage_label
from tpviewer.export.carried import carried_text
from tpviewer.export.events import (
    Event,
    borders,
    judged_lanes,
    judgement_words,
    machine_events,
    machine_name,
)
from tpviewer.export.provenance import exported
from tpviewer.export.review import ReviewerResult, reviewer_result
from tpviewer.store.patient import shown_name
from tpviewer.store.session import Session

SUFFIX = ".annotation"
"""The lines lie in a file whose name has a tilde behind it."""

_NO_LOOK = "no look"
_GREYS: Mapping[Verdict, str] = {"absent": "#FFBDBDBD", "unsure": "#FFDDD9C3", "not scorable": "#FF757575"}


def write_nova(session: Session, path: Path, profile: str | None = None, top_x: float = 25.0) -> list[Path]:
    """Write ``NAME.AU04``, ``NAME.AU04_p`` and ``NAME.stages``, as header and lines, to a folder ``NAME``.

    An Action Unit is a discrete scheme of its looks, with its mean probability as confidence. Probabilities
    are continuous at the usual frame rate: of the frame that is shown, ``nan`` where no face was seen. Stages
    are a free scheme.

    Of each reviewer, who is the annotator, it writes ``NAME.AU04.REVIEWER`` for every lane with judgements (a
    scheme of NOVA holds nothing that overlaps) and ``NAME.stages.REVIEWER``. The items of such a scheme are
    judgements in words, such as ``AU04 present intensity b left``; apexes and notes are not written.

    Parameters
    ----------
    session : Session
    path : Path
        ``NAME.annotation``; it is no file itself, the folder lies beside it.
    profile : str, optional
        Name of the results, by default those that the window shows.
    top_x : float
        Percent of the positive relevance that the window draws.

    Returns
    -------
    list of Path

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    stops, written = borders(session), list[Path]()
    meta = {
        "annotator": machine_name(session),
        "role": shown_name(session),
        "provenance": carried_text(session, profile, top_x),
    }
    seen = session.arrays.require("seen").astype(bool)
    with np.errstate(over="ignore"):
        probabilities = expit(session.logits().astype(np.float64))
    probabilities[~seen] = np.nan
    by_au = dict(zip(session.aus, probabilities.T, strict=True))
    for au, events in machine_events(session, profile).items():
        items = {name: place for place, name in enumerate(sorted({one.look or _NO_LOOK for one in events}))}
        lines = [_line(stops, one, items, by_au.get(au)) for one in events]
        written += _write(_file(folder, au), meta, _discrete(au, items), lines)
    rate = round(1 / float(np.median(np.diff(stops))), 3)
    for au, values in by_au.items():
        lines = [f"{value:.4f};1" for value in _regular(values, stops, rate)]
        written += _write(_file(folder, f"{au}_p"), meta, _continuous(f"{au}_p", rate), lines)
    written += _write_stages(_file(folder, "stages"), meta, session.stages(profile=profile), stops)
    for reviewer, ending in _endings(session.reviews.reviewers()).items():
        result = reviewer_result(session, reviewer, profile)
        written += _write_reviewer(session, folder, ending, meta | {"annotator": reviewer}, result)
    return written


def _write_reviewer(
    session: Session, folder: Path, ending: str, meta: Mapping[str, str], result: ReviewerResult
) -> list[Path]:
    """Write a scheme for each lane, and the stages after review."""
    stops, written = borders(session), list[Path]()
    for name, said in judged_lanes(session, result.judgements).items():
        labels = {judgement_words(one): one for one in said}
        items = {label: place for place, label in enumerate(labels)}
        lines = [f"{_times(stops, one)};{items[judgement_words(one)]};1" for one in said]
        written += _write(_file(folder, f"{name}.{ending}"), meta, _judged(name, labels), lines)
    return written + _write_stages(_file(folder, f"stages.{ending}"), meta, result.after.stages, stops)


def _endings(reviewers: Iterable[str]) -> dict[str, str]:
    """Part of a file's name for each reviewer: only signs that every file system takes, no two the same."""
    endings: dict[str, str] = {}
    for name in reviewers:
        ending = re.sub(r"[^\w -]", "_", name)
        while ending.casefold() in {other.casefold() for other in endings.values()}:
            ending += "_"
        endings[name] = ending
    return endings


def _file(folder: Path, scheme: str) -> Path:
    return folder / f"{folder.name}.{scheme}{SUFFIX}"


def _line(
    stops: NDArray[np.float64], one: Event, items: Mapping[str, int], values: NDArray[np.float64] | None
) -> str:
    part = np.array([1.0]) if values is None else values[one.start : one.stop]
    known = part[np.isfinite(part)]
    confidence = float(known.mean()) if len(known) else 0.0
    return f"{_times(stops, one)};{items[one.look or _NO_LOOK]};{confidence:.4f}"


def _times(stops: NDArray[np.float64], one: Event | Stage | Annotation) -> str:
    return f"{stops[one.start]:.6f};{stops[one.stop]:.6f}"


def _write_stages(
    path: Path, meta: Mapping[str, str], stages: Iterable[Stage], stops: NDArray[np.float64]
) -> list[Path]:
    free = Xml.Element("scheme", name="stages", type="FREE", color="#FFDDD9C3")
    lines = [f"{_times(stops, stage)};{stage_label(stage)};{stage.purity:.4f}" for stage in stages]
    return _write(path, meta, free, lines)


def _discrete(au: str, items: Mapping[str, int]) -> Xml.Element:
    scheme = Xml.Element("scheme", name=au, type="DISCRETE", color="#FFDDD9C3")
    for name, place in items.items():
        shade = colour(au, letter_index(name) if name != _NO_LOOK else 0)
        label = f"{au}_{name}" if name != _NO_LOOK else au
        Xml.SubElement(scheme, "item", name=label, id=str(place), color=f"#FF{shade[1:].upper()}")
    return scheme


def _judged(name: str, labels: Mapping[str, Annotation]) -> Xml.Element:
    scheme = Xml.Element("scheme", name=name, type="DISCRETE", color="#FFDDD9C3")
    for place, (label, one) in enumerate(labels.items()):
        of_au = one.verdict == "present" and one.au != WHOLE_FACE
        shade = f"#FF{colour(one.au, one.intensity)[1:].upper()}" if of_au else _GREYS[one.verdict]
        Xml.SubElement(scheme, "item", name=label, id=str(place), color=shade)
    return scheme


def _continuous(name: str, rate: float) -> Xml.Element:
    bounds = {"sr": f"{rate:g}", "min": "0", "max": "1", "mincolor": "#FFFFFFFF", "maxcolor": "#FF4F81BD"}
    return Xml.Element("scheme", {"name": name, "type": "CONTINUOUS"} | bounds)


def _regular(values: NDArray[np.float64], stops: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Value of the frame that is shown in the middle of each step of 1 / rate."""
    times = np.arange(int(np.floor((stops[-1] - stops[0]) * rate + 1e-6))) / rate
    shown = np.searchsorted(stops[:-1] - stops[0], times + 0.5 / rate, side="right") - 1
    return np.asarray(values[shown])


def _write(path: Path, meta: Mapping[str, str], scheme: Xml.Element, lines: Sequence[str]) -> list[Path]:
    root = Xml.Element("annotation", {"ssi-v": "3"})
    Xml.SubElement(root, "info", ftype="ASCII", size=str(len(lines)))
    Xml.SubElement(root, "meta", dict(meta))
    root.append(scheme)
    Xml.indent(root)
    Xml.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
    data = path.with_name(path.name + "~")
    data.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [path, data]
