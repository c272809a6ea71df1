"""Every sequence of a corpus through the one pipeline, then the letters that all of them share."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from tpviewer.corpus.executors import Executor
from tpviewer.corpus.joint import JOINT, joint_letters
from tpviewer.corpus.processes import Told
from tpviewer.corpus.recording import Recording
from tpviewer.corpus.work import Analysis, Job
from tpviewer.pipeline.params import Params, ProfileName
from tpviewer.pipeline.progress import Event
from tpviewer.store.corpus import Corpus, CorpusSequence, write_corpus
from tpviewer.store.session import Session

Tell = Callable[[str, Event | None, str], None]
"""Is told the name of a sequence, how far it is (None at its end), and its error if there is one."""


def run_corpus(
    recordings: Sequence[Recording],
    layout: str,
    out: Path,
    params: Params,
    model: Path | None,
    executor: Executor,
    analysis: Analysis,
    tell: Tell = lambda name, event, error: None,
) -> Corpus:
    """Analyse what is not analysed yet, cluster jointly, and write the corpus file.

    A sequence that fails is named and stops no other. What is finished is kept whenever this is stopped:
    each session is a file of its own, and the next run goes on from there.

    Parameters
    ----------
    recordings : sequence of Recording
    layout : str
        Name of their layout.
    out : Path
        Existing folder for the sessions and the corpus file.
    params : Params
        With its profile.
    model : Path or None
        Model package; None is the bundled one.
    executor : Executor
    analysis : callable
        How a job is analysed; at the top of a module.
    tell : callable

    Returns
    -------
    Corpus
        As it was written.

    Raises
    ------
    SessionError
        If the corpus file cannot be written.
    """
    profile = cast(ProfileName, params.profile)
    errors = _analyse(recordings, out, params, model, executor, analysis, tell)
    sequences = [
        CorpusSequence(one.name, one.person, one.label, one.session, errors.get(one.name))
        for one in recordings
    ]
    finished = [out.resolve() / one.session for one in sequences if one.error is None]
    joint, looks = joint_letters(finished, profile)
    shared = iter(joint)
    corpus = Corpus(
        layout=layout,
        profile=profile,
        provenance=_provenance(finished),
        sequences=tuple(one if one.error else replace(one, joint=next(shared)) for one in sequences),
        looks=looks,
    )
    write_corpus(out, corpus)
    return corpus


def _analyse(
    recordings: Sequence[Recording],
    out: Path,
    params: Params,
    model: Path | None,
    executor: Executor,
    analysis: Analysis,
    tell: Tell,
) -> dict[str, str]:
    """Run the pipeline; returns why sequences have no session, by name."""
    errors = {one.name: one.error for one in recordings if one.error}
    for name, error in errors.items():
        tell(name, None, error)
    good = [one for one in recordings if not one.error]
    at = None if model is None else model.resolve()
    jobs = [(Job(one.path.resolve(), out.resolve() / one.session, params, at),) for one in good]
    for told in executor.run(analysis, jobs):
        one = good[told.job]
        if isinstance(told, Told):
            tell(one.name, told.event, "")
            continue
        if told.error:
            errors[one.name] = told.error if str(one.path) in told.error else f"{one.path}: {told.error}"
        tell(one.name, None, errors.get(one.name, ""))
    return errors


def _provenance(finished: Sequence[Path]) -> dict[str, Any]:
    """What made the results; the sessions of one run differ in their neutral face at most."""
    if not finished:
        return {}
    with Session(finished[0]) as session:
        known = {key: value for key, value in session.provenance.items() if key != "neutral"}
    return known | {"joint": asdict(JOINT)}
