"""Letters that mean the same look in every sequence of a corpus (method, section 6: joint clusters)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.spray import SprayParams, spray
from tpviewer.core.timeline import compose, fill_letters
from tpviewer.pipeline.basis import stored_basis
from tpviewer.pipeline.params import ProfileName
from tpviewer.store.corpus import JointSequence, LetterRun
from tpviewer.store.session import Session

JOINT = SprayParams.steady()
"""Rules of joint clusters in both profiles. Those of *paper* cut single people off, whose frames are near one
another; with these nearly every cluster is a look of several people."""

_Labelled = tuple[NDArray[np.int64], NDArray[np.int32]]
"""Clustered frames (n,), ascending, and their letter indices (n,)."""


def joint_letters(
    sessions: Sequence[Path], profile: ProfileName
) -> tuple[list[JointSequence], dict[str, int]]:
    """Cluster each Action Unit's maps of all sessions at once, and read the stages off the new letters.

    The letter that a reader of the corpus meets first, sequence after sequence, is A. Sessions are only read.

    Parameters
    ----------
    sessions : sequence of Path
        Finished, all by one model with the same parameters, in the order of the corpus.
    profile : {'paper', 'steady'}

    Returns
    -------
    list of JointSequence
        One a session.
    dict of str to int
        Number of clusters of each Action Unit that has any.

    Raises
    ------
    SessionError
        If a session is not finished.
    """
    letters: list[dict[str, _Labelled]] = [{} for _ in sessions]
    counts = {}
    for au in _clustered(sessions, profile):
        frames, pooled = zip(*_maps(sessions, profile, au), strict=True)
        found = spray(np.concatenate(pooled), JOINT)
        counts[au] = found.count
        parts = np.split(found.labels, np.cumsum([len(part) for part in frames])[:-1])
        for of_sequence, known, labels in zip(letters, frames, parts, strict=True):
            if len(known):
                of_sequence[au] = known, labels
    return [_sequence(path, profile, found) for path, found in zip(sessions, letters, strict=True)], counts


def _clustered(sessions: Sequence[Path], profile: str) -> list[str]:
    """Action Units that have clusters in some session, in the model's order."""
    aus: dict[str, bool] = {}
    for path in sessions:
        with Session(path) as session:
            clustered = session.results.clusterings(profile)
            aus |= {au: aus.get(au, False) or au in clustered for au in session.aus}
    return [au for au, found in aus.items() if found]


def _maps(
    sessions: Sequence[Path], profile: ProfileName, au: str
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Clustered frames and pooled maps of an Action Unit, session by session; none where it was not seen."""
    for path in sessions:
        with Session(path) as session:
            frames = np.zeros(0, np.int64)
            if au in session.results.clusterings(profile):
                frames = session.results.clustering_array(profile, au, "frames").astype(np.int64)
            yield frames, stored_basis(session, profile).pooled(au, frames)


def _sequence(path: Path, profile: ProfileName, found: Mapping[str, _Labelled]) -> JointSequence:
    with Session(path) as session:
        basis = stored_basis(session, profile)
        letters = {au: fill_letters(basis.bounds, *labelled) for au, labelled in found.items()}
        layers = compose(basis.activity(), letters, basis.bounds, basis.profile.timeline)
    return JointSequence(
        letters={au: tuple(_letter_runs(*labelled)) for au, labelled in found.items()},
        stages=layers["absorbed"].stages,
    )


def _letter_runs(frames: NDArray[np.int64], labels: NDArray[np.int32]) -> Iterator[LetterRun]:
    """Runs of neighbouring frames with one letter."""
    by_frame = np.full(int(frames[-1]) + 1, -1, np.int32)
    by_frame[frames] = labels
    cuts = [0, *(np.flatnonzero(np.diff(by_frame)) + 1).tolist(), len(by_frame)]
    for start, stop in pairwise(cuts):
        if by_frame[start] >= 0:
            yield start, stop, int(by_frame[start])
