"""How an expert overrules clusters: number, merge, split, lasso (method, section 5).

An operation speaks of clusters as they are shown, 0 for A. Here it turns the labels of an Action Unit's maps
into others; letters are given anew afterwards, to the cluster that occurs first first.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.core.letters import letter, relabel
from tpviewer.core.merging import merge_clusters
from tpviewer.core.types import IntArray

MOST_CLUSTERS = 26
"""More than this many letters of one Action Unit say nothing."""


@dataclass(frozen=True)
class SetCount:
    """Cluster the maps of an Action Unit anew, into a number of clusters that the expert chose."""

    profile: str
    au: str
    count: int


@dataclass(frozen=True)
class Merge:
    """Put two clusters together."""

    profile: str
    au: str
    first: int
    second: int


@dataclass(frozen=True)
class Split:
    """Cut one cluster into two."""

    profile: str
    au: str
    cluster: int


@dataclass(frozen=True)
class Assign:
    """Put the maps of some frames into another cluster, into a new one where `target` is None."""

    profile: str
    au: str
    frames: tuple[int, ...]
    target: int | None


@dataclass(frozen=True)
class Undo:
    """Take the last change back."""


@dataclass(frozen=True)
class Redo:
    """Make the change again that was taken back last."""


Change = SetCount | Merge | Split | Assign
Operation = Change | Undo | Redo

Cut = Callable[[NDArray[np.bool_], int], NDArray[np.int32]]
"""Clusters the maps of the marked rows, shape (N,) bool, into a number of clusters; labels of those rows.

It is handed in, so that what names these operations need not load the clustering."""


def changed(change: Change, frames: IntArray, labels: NDArray[np.int32], cut: Cut) -> NDArray[np.int32]:
    """Labels after a change.

    Parameters
    ----------
    change : SetCount, Merge, Split or Assign
    frames : ndarray of int, shape (N,)
        Clustered frames of the Action Unit, ascending.
    labels : ndarray of int32, shape (N,)
        Cluster of each, as shown.
    cut : callable
        See `Cut`.

    Returns
    -------
    ndarray of int32, shape (N,)
        Clusters that the change does not speak of keep their label; a label may become unused.

    Raises
    ------
    ParameterError
        If the change makes no sense, or would change nothing.
    """
    match change:
        case SetCount(count=count):
            after = set_count(labels, count, cut)
        case Merge(first=first, second=second):
            after = merge(labels, first, second)
        case Split(cluster=cluster):
            after = split(labels, cluster, cut)
        case Assign(frames=chosen, target=target):
            after = assign(frames, labels, np.array(chosen, np.int64), target)
    if np.array_equal(relabel(after), relabel(labels)):
        raise ParameterError(f"{change.au}: this would leave the clusters as they are; choose another change")
    return after


def set_count(labels: NDArray[np.int32], count: int, cut: Cut) -> NDArray[np.int32]:
    """All maps anew in `count` clusters.

    Parameters
    ----------
    labels : ndarray of int32, shape (N,)
        Cluster of each map; only their number counts.
    count : int
    cut : callable
        See `Cut`.

    Returns
    -------
    ndarray of int32, shape (N,)

    Raises
    ------
    ParameterError
        If `count` is below 1 or above `MOST_CLUSTERS` or N, or the maps are too alike for so many clusters.
    """
    if not 1 <= count <= min(MOST_CLUSTERS, len(labels)):
        raise ParameterError(
            f"{count} clusters were asked for; these {len(labels)} maps can be 1 to"
            f" {min(MOST_CLUSTERS, len(labels))}"
        )
    return _cut_into(np.ones(len(labels), bool), count, cut)


def merge(labels: NDArray[np.int32], first: int, second: int) -> NDArray[np.int32]:
    """Two clusters under the lower of their labels.

    Parameters
    ----------
    labels : ndarray of int32, shape (N,)
        Cluster of each map.
    first, second : int

    Returns
    -------
    ndarray of int32, shape (N,)
        The higher label becomes unused.

    Raises
    ------
    ParameterError
        If there is no such cluster, or both are the same one.
    """
    for cluster in (first, second):
        _require(labels, cluster)
    if first == second:
        raise ParameterError(f"look {letter(first)} cannot be merged with itself; choose two looks")
    return merge_clusters(labels, first, second)


def split(labels: NDArray[np.int32], cluster: int, cut: Cut) -> NDArray[np.int32]:
    """One cluster in two; what is not like its first map gets a new label.

    Parameters
    ----------
    labels : ndarray of int32, shape (N,)
        Cluster of each map, in temporal order.
    cluster : int
    cut : callable
        See `Cut`.

    Returns
    -------
    ndarray of int32, shape (N,)
        The new label is the one after the highest.

    Raises
    ------
    ParameterError
        If there is no such cluster, it has a single map, its maps are too alike for two clusters, or there
        are `MOST_CLUSTERS` already.
    """
    _require(labels, cluster)
    rows = labels == cluster
    if np.count_nonzero(rows) < 2:
        raise ParameterError(f"look {letter(cluster)} has a single map; it cannot be split")
    after = labels.copy()
    parts = relabel(_cut_into(rows, 2, cut))
    after[rows] = np.where(parts == 0, cluster, _new_label(labels))
    return after


def assign(
    frames: IntArray, labels: NDArray[np.int32], chosen: IntArray, target: int | None
) -> NDArray[np.int32]:
    """The maps of the `chosen` frames in cluster `target`, in a new one where it is None.

    Parameters
    ----------
    frames : ndarray of int, shape (N,)
        Clustered frames of the Action Unit.
    labels : ndarray of int32, shape (N,)
        Cluster of each.
    chosen : ndarray of int, shape (m,)
        Some of `frames`.
    target : int or None

    Returns
    -------
    ndarray of int32, shape (N,)
        The label of a new cluster is the one after the highest.

    Raises
    ------
    ParameterError
        If no frame is chosen, a chosen one is not clustered, there is no such cluster, or it would be one
        more than `MOST_CLUSTERS`.
    """
    if not len(chosen):
        raise ParameterError("no frame is chosen; choose the frames whose look is another")
    strangers = np.setdiff1d(chosen, frames)
    if len(strangers):
        raise ParameterError(
            f"frame {strangers[0]} has no map in these clusters; choose frames where the unit is active"
        )
    if target is not None:
        _require(labels, target)
    after = labels.copy()
    after[np.isin(frames, chosen)] = _new_label(labels) if target is None else target
    return after


def _new_label(labels: NDArray[np.int32]) -> int:
    if len(np.unique(labels)) >= MOST_CLUSTERS:
        raise ParameterError(f"there are {MOST_CLUSTERS} looks already, and no more can be; merge some first")
    return int(labels.max()) + 1


def _cut_into(rows: NDArray[np.bool_], count: int, cut: Cut) -> NDArray[np.int32]:
    parts = cut(rows, count)
    found = len(np.unique(parts))
    if found < count:
        raise ParameterError(
            f"these {np.count_nonzero(rows)} maps are too alike for {count} clusters; ask for at most {found}"
        )
    return parts


def _require(labels: NDArray[np.int32], cluster: int) -> None:
    if cluster < 0 or not (labels == cluster).any():
        shown = ", ".join(letter(int(name)) for name in np.unique(labels))
        named = letter(cluster) if cluster >= 0 else str(cluster)
        raise ParameterError(f"there is no look {named}; the looks are {shown}")
