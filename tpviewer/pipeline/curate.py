"""Clusters that an expert overruled: logged as edits, shown as a set of results beside the machine's."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.cluster_quality import silhouettes
from tpviewer.core.curation import Change, Cut, Operation, Redo, Undo, changed
from tpviewer.core.errors import ParameterError
from tpviewer.core.letters import first_occurrence, relabel
from tpviewer.core.spray import Clustering, normalise_maps, spray
from tpviewer.pipeline.basis import Basis, stored_basis
from tpviewer.pipeline.cluster import Clustered, put_clusters
from tpviewer.pipeline.derive_stages import put_stages
from tpviewer.pipeline.params import ProfileName, fingerprint
from tpviewer.pipeline.progress import Notice
from tpviewer.store.edits import LIVE, Edit
from tpviewer.store.review_log import SUBJECT as REVIEW
from tpviewer.store.session import PROFILES, Session, edited_name

VERSION = 1  # raise when edited results change, so that older ones are found out of date


def apply(session_path: Path, operation: Operation, author: str) -> None:
    """Make a change of clusters, or take back the author's last; edit and all that follows are one commit.

    The machine's results are never overwritten: the edits of a profile lead to a set of results of their
    own, which is gone when all of them are undone.

    Parameters
    ----------
    session_path : Path
        A session whose analysis is finished.
    operation : Operation
        Speaks of the clusters as they are shown.
    author : str
        Who made it.

    Raises
    ------
    ParameterError
        If the change makes no sense, or there is nothing to undo or redo.
    SessionError
        If the session cannot be read or written, or its analysis is not finished.
    """
    with Session(session_path) as session:  # a file that is missing is not made
        stored_basis(session, "steady")
    with Session(session_path, writable=True) as session, session.transaction():
        if isinstance(operation, Undo):
            edit = session.edits.undo(author)
        elif isinstance(operation, Redo):
            edit = session.edits.redo(author)
        else:
            edit = _log(session, operation, author)
        if not edit.subject.startswith(REVIEW):  # of a judgement there is nothing to rebuild
            profile, _ = _subject(edit)
            refresh(stored_basis(session, profile))


def refresh_all(bases: list[Basis]) -> Iterator[Notice]:
    """Bring the edited results of a new analysis up to date, and say which edits do not apply to it."""
    session = bases[0].session
    for basis in bases:
        with session.transaction():
            refresh(basis)
    applying = {edit.subject for profile in PROFILES for edit in session.edits.applying(f"{profile}/")}
    every = (edit for profile in PROFILES for edit in session.edits.all(f"{profile}/"))
    live = [edit for edit in every if edit.undone == LIVE]
    lost = sorted({edit.subject for edit in live} - applying)
    if lost:
        count = sum(edit.subject in lost for edit in live)
        yield Notice(
            f"edits of clusters that do not apply to this result: {count} ({', '.join(lost)}); they are kept"
            " and apply again when the parameters go back"
        )


def refresh(basis: Basis) -> None:
    """Make the edited results of a profile what its edits say; belongs inside a transaction."""
    session, target = basis.session, edited_name(basis.name)
    last = {_subject(edit)[1]: edit for edit in session.edits_of(target)}
    stages = session.steps.get(f"stages/{basis.name}")
    content = fingerprint("edited", VERSION, stages.content if stages else "")
    record = {"content": content, "edits": {au: edit.number for au, edit in last.items()}}
    known = session.meta.get(f"edited/{basis.name}") or {}
    there = target in session.result_sets()
    if not last:
        session.forget(target)
    elif not there or known != record:
        same = there and known.get("content") == content
        _rebuild(basis, target, last, known["edits"] if same else {})
        session.meta.put(f"edited/{basis.name}", record)


def _rebuild(basis: Basis, target: str, last: dict[str, Edit], built: dict[str, int]) -> None:
    """Clusters of every Action Unit, then stages; `built` has the edits whose clusters are there already."""
    results = basis.session.results
    for au in results.clusterings(basis.name):
        if au not in last:
            results.copy_clustering(basis.name, target, au)
        elif built.get(au) != last[au].number:
            _put_edited(basis, target, au, last[au])
        # As clustering leaves them, so that the letters don't depend on the way to this state.
        order = first_occurrence(results.clustering_array(target, au, "labels").astype(np.int32))
        results.rename_clusters(target, au, order)
    put_stages(basis, target)


def _put_edited(basis: Basis, target: str, au: str, edit: Edit) -> None:
    array, name = basis.session.results.clustering_array, basis.name
    summary = basis.session.results.clusterings(name)[au]
    frames = array(name, au, "frames").astype(np.int64)
    labels = relabel(np.frombuffer(basis.session.edits.data(edit.number), "<i4"))
    pooled = basis.pooled(au, frames)
    count = int(labels.max()) + 1
    found = Clustering(
        labels=labels,
        eigenvalues=array(name, au, "eigenvalues").astype(np.float64),
        embedding=array(name, au, "embedding").astype(np.float32),
        count=count,
        count_from_spectrum=summary.count_from_spectrum,
        count_before_merge=summary.count_before_merge,
        too_few=summary.too_few and count == 1,
        silhouette=silhouettes(normalise_maps(pooled, basis.profile.spray.normalise), labels),
    )
    # Stability is of the rule that made the clusters; an expert is no rule.
    put_clusters(basis, target, au, Clustered(frames, None, pooled, found, float("nan")))


def _log(session: Session, change: Change, author: str) -> Edit:
    """Log a change together with the labels that it leads to."""
    if change.profile not in PROFILES:
        raise ParameterError(f"there is no profile {change.profile}; the profiles are {', '.join(PROFILES)}")
    basis, shown = stored_basis(session, cast(ProfileName, change.profile)), session.shown(change.profile)
    if change.au not in session.results.clusterings(shown):
        raise ParameterError(f"{change.au} has no clusters in profile {change.profile}; nothing to change")
    frames = session.results.clustering_array(shown, change.au, "frames").astype(np.int64)
    labels = session.results.clustering_array(shown, change.au, "labels").astype(np.int32)
    after = changed(change, frames, labels, _spectral_cut(basis, change.au, frames))
    value: dict[str, Any] = asdict(change)
    kind, subject = type(change).__name__, f"{change.profile}/{change.au}"
    return session.edits.add(author, kind, subject, value, after.astype("<i4").tobytes())


def _spectral_cut(basis: Basis, au: str, frames: NDArray[np.int64]) -> Cut:
    """Spectral clustering of some of the maps alone; the expert's number holds for few maps too."""

    def cut(rows: NDArray[np.bool_], count: int) -> NDArray[np.int32]:
        params = replace(basis.profile.spray, min_maps=min(2, basis.profile.spray.min_maps))
        return spray(basis.pooled(au, frames[rows]), params, count).labels

    return cut


def _subject(edit: Edit) -> tuple[ProfileName, str]:
    profile, au = edit.subject.split("/")
    return cast(ProfileName, profile), au
