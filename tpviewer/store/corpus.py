"""A corpus: many sequences with labels, one session each, and the letters that they share."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tpviewer.core.errors import SessionError
from tpviewer.core.letters import letter, letter_index
from tpviewer.core.stages import Stage

FORMAT = "tpviewer-corpus-1"
CORPUS_FILE = "corpus.json"
"""Name of the corpus file; the sessions lie beside it."""

LetterRun = tuple[int, int, int]
"""Half-open range of frames, start and stop, and the letter index in them."""


@dataclass(frozen=True)
class JointSequence:
    """Letters of one sequence that mean the same look in every sequence of its corpus (method, section 6).

    Attributes
    ----------
    letters : mapping of str to tuple of LetterRun
        Of each clustered Action Unit over the frames whose maps were clustered, in order.
    stages : tuple of Stage
        What these letters make of the sequence; they partition its frames.
    """

    letters: Mapping[str, tuple[LetterRun, ...]]
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class CorpusSequence:
    """One sequence of a corpus.

    Attributes
    ----------
    name : str
        Unique within the corpus, for example ``S005/001``.
    person : str or None
        Who is seen; None where the layout does not say.
    label : str or None
        Emotion or other group; None where there is no label.
    session : str
        File name of its session, beside the corpus file.
    error : str or None
        Why there is no finished session.
    joint : JointSequence or None
        None while the corpus was not clustered jointly.
    """

    name: str
    person: str | None
    label: str | None
    session: str
    error: str | None = None
    joint: JointSequence | None = None


@dataclass(frozen=True)
class Corpus:
    """What a corpus file holds.

    Attributes
    ----------
    layout : str
        ``ckplus`` or ``folders``.
    profile : str
        Profile whose results the corpus speaks of: ``paper`` or ``steady``.
    provenance : mapping
        Program, model and every parameter, JSON types.
    sequences : tuple of CorpusSequence
        In the order of their names.
    looks : mapping of str to int
        Number of joint clusters of each Action Unit; empty while the corpus was not clustered jointly.
    """

    layout: str
    profile: str
    provenance: Mapping[str, Any]
    sequences: tuple[CorpusSequence, ...]
    looks: Mapping[str, int] = field(default_factory=dict)


def write_corpus(folder: Path, corpus: Corpus) -> Path:
    """Write the corpus file into the folder of its sessions, whole or not at all; returns its path.

    Raises
    ------
    SessionError
        If it cannot be written.
    """
    path = folder / CORPUS_FILE
    unfinished = path.with_suffix(".part")
    try:
        unfinished.write_text(json.dumps(_corpus_told(corpus), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise SessionError(
            f"{path}: cannot be written ({error.strerror}); make room, or choose another folder with -o"
        ) from error
    return path


def read_corpus(folder: Path) -> Corpus:
    """Read the corpus file of a folder.

    Raises
    ------
    SessionError
        If there is none, or it is damaged or from a newer version.
    """
    path = folder / CORPUS_FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(f"its format is {data['format']}, this program reads {FORMAT}")
        return _corpus(data)
    except OSError as error:
        raise SessionError(
            f"{path}: cannot be read ({error.strerror}); make it with `tpviewer corpus DIR -o {folder}`"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SessionError(
            f"{path}: no corpus file of this program ({error}); run `tpviewer corpus` again"
        ) from error


def _corpus_told(corpus: Corpus) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "layout": corpus.layout,
        "profile": corpus.profile,
        "provenance": dict(corpus.provenance),
        "looks": dict(corpus.looks),
        "sequences": [_sequence_told(sequence) for sequence in corpus.sequences],
    }


def _sequence_told(sequence: CorpusSequence) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": sequence.name,
        "person": sequence.person,
        "label": sequence.label,
        "session": sequence.session,
        "error": sequence.error,
        "joint": None,
    }
    if sequence.joint is not None:
        told["joint"] = {
            "letters": {
                au: [[start, stop, letter(look)] for start, stop, look in runs]
                for au, runs in sequence.joint.letters.items()
            },
            "stages": [_stage_told(stage) for stage in sequence.joint.stages],
        }
    return told


def _stage_told(stage: Stage) -> dict[str, Any]:
    return {
        "start": stage.start,
        "stop": stage.stop,
        "unseen": stage.unseen,
        "purity": stage.purity,
        "set": [[au, letter(look)] for au, look in stage.key],
    }


def _corpus(data: dict[str, Any]) -> Corpus:
    return Corpus(
        layout=str(data["layout"]),
        profile=str(data["profile"]),
        provenance=data["provenance"],
        sequences=tuple(_sequence(one) for one in data["sequences"]),
        looks={au: int(count) for au, count in data["looks"].items()},
    )


def _sequence(data: dict[str, Any]) -> CorpusSequence:
    joint = data["joint"]
    return CorpusSequence(
        name=str(data["name"]),
        person=data["person"],
        label=data["label"],
        session=str(data["session"]),
        error=data["error"],
        joint=None if joint is None else _joint(joint),
    )


def _joint(data: dict[str, Any]) -> JointSequence:
    return JointSequence(
        letters={
            au: tuple((int(start), int(stop), letter_index(look)) for start, stop, look in runs)
            for au, runs in data["letters"].items()
        },
        stages=tuple(_stage(stage) for stage in data["stages"]),
    )


def _stage(data: dict[str, Any]) -> Stage:
    return Stage(
        start=int(data["start"]),
        stop=int(data["stop"]),
        key=tuple((au, letter_index(look)) for au, look in data["set"]),
        unseen=bool(data["unseen"]),
        purity=float(data["purity"]),
    )
