"""Many sessions read for comparison: a corpus, or all sessions below a folder."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.core.relations import SequenceStages, sequence_stages
from tpviewer.core.stages import Stage
from tpviewer.export.provenance import exported
from tpviewer.store.corpus import CORPUS_FILE, read_corpus
from tpviewer.store.patient import shown_name
from tpviewer.store.session import Session

Letters = Literal["own", "joint", "none"]
"""Letters of each video, those that mean the same look in all videos of a corpus, or co-occurrence only."""

SUFFIX = ".tpv"


@dataclass(frozen=True)
class Listed:
    """A session that is to be read.

    Attributes
    ----------
    path : Path
    name : str
        In its corpus; empty for a session by itself.
    person, label : str or None
    profile : str or None
        Results that its corpus speaks of; None for those that the window shows.
    joint : tuple of Stage or None
        Stages with the letters of its corpus.
    """

    path: Path
    name: str = ""
    person: str | None = None
    label: str | None = None
    profile: str | None = None
    joint: tuple[Stage, ...] | None = None


@dataclass(frozen=True, eq=False)
class LibraryEntry:
    """What is compared of one session.

    Attributes
    ----------
    path : Path
    name : str
        Pseudonym, else the name in its corpus or that of the video's file.
    person, label : str or None
    profile : str
        Name of the results that `own` belongs to.
    own : tuple of Stage
        Stages with the session's own letters.
    joint : tuple of Stage or None
        Stages with those of its corpus.
    bounds : (N + 1,) float64
        Presentation time of each frame in seconds, and the end of the last one.
    """

    path: Path
    name: str
    person: str | None
    label: str | None
    profile: str
    own: tuple[Stage, ...]
    joint: tuple[Stage, ...] | None
    bounds: NDArray[np.float64]

    def sequence(self, letters: Letters) -> SequenceStages:
        """Stages with some letters.

        Raises
        ------
        ParameterError
            If joint letters are asked for and there are none.
        """
        if letters == "joint" and self.joint is None:
            raise ParameterError(
                f"{self.path}: has no joint letters; `tpviewer corpus` gives them, or take its own letters"
            )
        stages = self.joint if letters == "joint" and self.joint is not None else self.own
        return sequence_stages(self.name, self.label, stages, letters != "none")


def listed(inputs: Sequence[Path]) -> tuple[Listed, ...]:
    """Find the sessions of files and folders.

    A folder with a corpus file is a corpus. Of any other, sessions in folders below it bear the name of the
    first of these as their label.

    Raises
    ------
    ParameterError
        If a folder holds no session.
    SessionError
        If a corpus file cannot be read.
    """
    found: dict[Path, Listed] = {}
    for path in inputs:
        for one in _of_folder(path) if path.is_dir() else [Listed(path)]:
            found.setdefault(one.path.absolute(), one)
    return tuple(found.values())


def _of_folder(folder: Path) -> list[Listed]:
    if (folder / CORPUS_FILE).exists():
        corpus = read_corpus(folder)
        return [
            Listed(
                *(folder / one.session, one.name, one.person, one.label, corpus.profile),
                joint=None if one.joint is None else one.joint.stages,
            )
            for one in corpus.sequences
            if one.error is None
        ]
    paths = sorted(path for path in folder.rglob(f"*{SUFFIX}") if path.is_file())
    if not paths:
        raise ParameterError(f"{folder}: holds no session; analyse its videos, or choose another folder")
    return [Listed(path, label=_sub_folder(path, folder)) for path in paths]


def _sub_folder(path: Path, folder: Path) -> str | None:
    parts = path.relative_to(folder).parts
    return parts[0] if len(parts) > 1 else None


def read_entry(
    one: Listed, profile: str | None = None, check: Callable[[Session], None] | None = None
) -> LibraryEntry:
    """Read what is compared of a session.

    Parameters
    ----------
    one : Listed
    profile : str, optional
        Name of the results; by default its corpus' own, else those that the window shows.
    check : callable, optional
        May refuse a session by a `SessionError`.

    Raises
    ------
    SessionError
        If it cannot be read, is not finished, or has no such results.
    """
    with Session(one.path) as session, session.reading():
        if check is not None:
            check(session)
        name = exported(session, profile or one.profile)
        known_as = shown_name(session)
        if one.name and known_as == Path(session.video.path).name:
            known_as = one.name
        joint = one.joint if profile in (None, one.profile) else None
        return LibraryEntry(
            *(one.path, known_as, one.person, one.label, name, tuple(session.stages(profile=name)), joint),
            bounds=np.append(session.times, session.end),
        )


def read_entries(
    found: Sequence[Listed], profile: str | None = None, check: Callable[[Session], None] | None = None
) -> Iterator[LibraryEntry | str]:
    """Read sessions one after the other; of one that cannot be used comes why."""
    for one in found:
        try:
            yield read_entry(one, profile, check)
        except SessionError as error:
            yield str(error)


def default_letters(entries: Sequence[LibraryEntry]) -> Letters:
    """Joint letters where all have some, else their own."""
    return "joint" if entries and all(entry.joint is not None for entry in entries) else "own"
