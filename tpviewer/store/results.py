"""Clusters, letters and stages of both profiles."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.letters import letter
from tpviewer.core.stages import Stage, StageKey
from tpviewer.store.arrays import ArrayTable
from tpviewer.store.database import Database

StageRow = tuple[int, int, int, str, float]
"""Start, stop, whether unseen, set as JSON, and purity of a stage."""


@dataclass(frozen=True)
class ClusterSummary:
    """One cluster of an Action Unit's relevance maps.

    Attributes
    ----------
    letter : str
        A, B, … in order of first occurrence.
    frames : int
        Number of relevance maps in it.
    medoid : int
        Frame whose map is nearest to the others.
    silhouette : float
        Mean silhouette of its maps, NaN for a single cluster.
    """

    letter: str
    frames: int
    medoid: int
    silhouette: float


@dataclass(frozen=True)
class ClusteringSummary:
    """What clustering found for one Action Unit.

    Attributes
    ----------
    au : str
    clusters : tuple of ClusterSummary
    count_from_spectrum, count_before_merge : int
        Number of clusters that the eigenvalues gave, and after small ones were joined.
    too_few : bool
        Fewer maps than clustering needs: one cluster by rule.
    stability : float
        Agreement (ARI) of clusterings of block subsamples, NaN where it is not defined.
    explained : dict of str to (float, float)
        How far yaw, brightness, blur and time explain the clusters (eta squared), beside the eta squared
        of equal chunks of time.
    """

    au: str
    clusters: tuple[ClusterSummary, ...]
    count_from_spectrum: int
    count_before_merge: int
    too_few: bool
    stability: float
    explained: dict[str, tuple[float, float]]


class ResultTable:
    """Results of the last steps by name: ``paper``, ``steady``, and each with an expert's edits."""

    def __init__(self, database: Database, arrays: ArrayTable) -> None:
        self._db = database
        self._arrays = arrays

    def clear(self, profile: str) -> None:
        """Forget clusters and stages of one profile."""
        self._db.query("DELETE FROM cluster WHERE profile = ?", (profile,))
        self._db.query("DELETE FROM stage WHERE profile = ?", (profile,))
        self._arrays.delete(f"{profile}/")

    def put_clustering(
        self,
        profile: str,
        index: int,
        summary: ClusteringSummary,
        arrays: dict[str, NDArray[np.generic]],
    ) -> None:
        """Store the clustering of Action Unit number `index` of the model.

        Parameters
        ----------
        profile : str
        index : int
        summary : ClusteringSummary
        arrays : dict
            Any of ``frames`` (N,), ``labels`` (N,), ``eigenvalues`` (m,), ``embedding`` (N, m) and
            ``prototypes`` (clusters, H, W); all are readable through `clustering_array`.
        """
        text = json.dumps(asdict(summary))
        self._db.query("INSERT OR REPLACE INTO cluster VALUES (?, ?, ?)", (profile, index, text))
        for name, array in arrays.items():
            self._arrays.put(f"{profile}/{summary.au}/{name}", array)

    def clusterings(self, profile: str) -> dict[str, ClusteringSummary]:
        """Return the clusterings of a profile by Action Unit, in the model's order."""
        rows = self._db.query("SELECT summary FROM cluster WHERE profile = ? ORDER BY au", (profile,))
        with self._db.content():
            found = [_clustering(json.loads(row[0])) for row in rows]
            return {summary.au: summary for summary in found}

    def clustering_array(self, profile: str, au: str, name: str) -> NDArray[np.generic]:
        """Return one array of a clustering; see `put_clustering`.

        Parameters
        ----------
        profile : str
            Name of the results.
        au : str
        name : str
            One of those that `put_clustering` names, with their shapes.

        Returns
        -------
        ndarray
            Of the shape and dtype with which it was put.

        Raises
        ------
        MissingResultError
            If the Action Unit was not clustered in this profile.
        """
        return self._arrays.require(f"{profile}/{au}/{name}")

    def copy_clustering(self, source: str, target: str, au: str) -> None:
        """Give another set of results the clustering that an Action Unit has in `source`."""
        summaries = self._db.query("SELECT au, summary FROM cluster WHERE profile = ?", (source,)).fetchall()
        row = next((index, text) for index, text in summaries if json.loads(text)["au"] == au)
        self._db.query("INSERT OR REPLACE INTO cluster VALUES (?, ?, ?)", (target, *row))
        self._arrays.copy(f"{source}/{au}/", f"{target}/{au}/")

    def rename_clusters(self, profile: str, au: str, order: NDArray[np.int32]) -> None:
        """Give the clusters of an Action Unit other letters.

        Parameters
        ----------
        profile, au : str
        order : (clusters,) int32
            New letter index of each; a permutation.
        """
        rows = self._db.query("SELECT au, summary FROM cluster WHERE profile = ?", (profile,)).fetchall()
        found = {number: _clustering(json.loads(text)) for number, text in rows}
        (index, old) = next((number, value) for number, value in found.items() if value.au == au)
        back = np.argsort(order)
        clusters = tuple(
            replace(old.clusters[before], letter=letter(after)) for after, before in enumerate(back.tolist())
        )
        labels = self.clustering_array(profile, au, "labels")
        prototypes = self.clustering_array(profile, au, "prototypes")
        changed = {"labels": order[labels], "prototypes": prototypes[back]}
        self.put_clustering(profile, index, replace(old, clusters=clusters), changed)

    def put_stages(self, profile: str, layer: str, stages: Sequence[Stage]) -> None:
        """Store or replace the stages of one layer (``raw``, ``smoothed`` or ``absorbed``)."""
        self._db.query("DELETE FROM stage WHERE profile = ? AND layer = ?", (profile, layer))
        rows = [
            (profile, layer, number, s.start, s.stop, int(s.unseen), json.dumps(s.key), s.purity)
            for number, s in enumerate(stages)
        ]
        with self._db.errors():
            self._db.connection.executemany("INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def stages(self, profile: str, layer: str) -> list[Stage]:
        """Return the stages of one layer in order."""
        return stages_of(self.stage_rows(profile, layer))

    def stage_rows(self, profile: str, layer: str) -> list[StageRow]:
        """Return the rows of one layer in order, for `stages_of`: reading them is quick however many."""
        rows = self._db.query(
            "SELECT start, stop, unseen, parts, purity FROM stage"
            " WHERE profile = ? AND layer = ? ORDER BY number",
            (profile, layer),
        )
        with self._db.content():
            found = [(int(a), int(b), int(unseen), parts, float(p)) for a, b, unseen, parts, p in rows]
            for parts in {row[3] for row in found}:
                _key(parts)
            return found


def stages_of(rows: Sequence[StageRow]) -> list[Stage]:
    """Stages from their rows."""
    keys: dict[str, StageKey] = {}
    found = []
    for start, stop, unseen, parts, purity in rows:
        key = keys.get(parts)
        if key is None:
            key = keys[parts] = _key(parts)
        found.append(Stage(start, stop, key, bool(unseen), purity))
    return found


def _key(parts: str) -> StageKey:
    return tuple((str(au), int(letter)) for au, letter in json.loads(parts))


def _clustering(value: dict) -> ClusteringSummary:  # type: ignore[type-arg]
    clusters = tuple(ClusterSummary(**cluster) for cluster in value.pop("clusters"))
    explained = {name: (pair[0], pair[1]) for name, pair in value.pop("explained").items()}
    return ClusteringSummary(clusters=clusters, explained=explained, **value)
