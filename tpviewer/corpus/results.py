"""What each session of a corpus says by the variants of the method, and what is known to be true of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from tpviewer.core.activity import BLINK
from tpviewer.core.stages import Stage, stages_from_states
from tpviewer.core.statistics import SequenceResult
from tpviewer.core.timeline import compose
from tpviewer.corpus.recording import Recording
from tpviewer.pipeline.basis import stored_basis
from tpviewer.pipeline.params import ProfileName
from tpviewer.store.corpus import Corpus, CorpusSequence
from tpviewer.store.session import Session
from tpviewer.store.truth import Truth, read_truth


@dataclass(frozen=True)
class Analysed:
    """A sequence of a corpus with its results.

    Attributes
    ----------
    sequence : CorpusSequence
    recording : Recording
    found : SequenceResult
    true : SequenceResult or None
        The same from the known truth of a rendered sequence, over the Action Units that take part.
    """

    sequence: CorpusSequence
    recording: Recording
    found: SequenceResult
    true: SequenceResult | None


def analysed(corpus: Corpus, recordings: tuple[Recording, ...], folder: Path) -> Iterator[Analysed]:
    """Read the results of each finished sequence.

    Raises
    ------
    SessionError
        If a session cannot be read, or is not finished.
    MediaError
        If a known truth cannot be read.
    """
    by_name = {recording.name: recording for recording in recordings}
    for sequence in corpus.sequences:
        if sequence.error is None:
            with Session(folder / sequence.session) as session:
                yield _analysed(session, sequence, by_name[sequence.name], cast(ProfileName, corpus.profile))


def _analysed(
    session: Session, sequence: CorpusSequence, recording: Recording, profile: ProfileName
) -> Analysed:
    clusterings = session.results.clusterings(profile)
    found = SequenceResult(
        label=sequence.label,
        stages=session.stages(profile=profile),
        cooccurrence=_cooccurrence(session, profile),
        joint=None if sequence.joint is None else sequence.joint.stages,
        too_few=frozenset(au for au, summary in clusterings.items() if summary.too_few),
    )
    true = None if recording.truth is None else _true(session, sequence.label, read_truth(recording.truth)[0])
    return Analysed(sequence, recording, found, true)


def _cooccurrence(session: Session, profile: ProfileName) -> tuple[Stage, ...]:
    """Stages of a profile whose clusters are ignored: every Action Unit has one look."""
    basis = stored_basis(session, profile)
    return compose(basis.activity(), {}, basis.bounds, basis.profile.timeline)["absorbed"].stages


def _true(session: Session, label: str | None, truth: Truth) -> SequenceResult:
    chosen = [au for au in truth.aus if au in session.chosen and au != BLINK]
    states = truth.states()[: session.video.frames, [truth.aus.index(au) for au in chosen]]
    return SequenceResult(
        label=label,
        stages=stages_from_states(states, chosen),
        cooccurrence=stages_from_states(np.minimum(states, 0), chosen),
    )
