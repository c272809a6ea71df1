"""Spectral Relevance Analysis: clusters of an Action Unit's relevance maps (paper, section 3.3).

Steps: `relevance.sum_pool`, L2 norm, `affinity`, `laplacian`, the number of clusters from the eigenvalues,
`kmeans` on the row-normalised eigenvectors and, in the *steady* profile, `merging` of like clusters.

References
----------
Lapuschkin, S. et al. (2019). Unmasking Clever Hans predictors and assessing what machines really learn.
Nature Communications 10, 1096.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.affinity import knn_affinity
from tpviewer.core.cluster_quality import silhouettes
from tpviewer.core.errors import ParameterError
from tpviewer.core.kmeans import kmeans
from tpviewer.core.laplacian import Spectrum, smallest_eigenpairs
from tpviewer.core.letters import relabel
from tpviewer.core.merging import join_small, merge_alike

NEAR_ZERO = 1e-6
"""An eigenvalue below this stands for a part of the graph of its own."""


@dataclass(frozen=True)
class SprayParams:
    """Parameters of the clustering; method, section 5.

    Attributes
    ----------
    pool : int
        Cells per side of the sum-pooled maps.
    normalise : {'l2', 'none'}
        ``l2`` removes the strength of a map, so that a rise in intensity alone does not split a cluster.
    neighbours : {'log2', 'sqrt'}
        Neighbours in the graph: max(3, ceil(log2 N)) or max(7, round(sqrt(N))), at most N - 1.
    count_rule : {'gap', 'tau'}
        Number of clusters: the number of zero eigenvalues if over one, otherwise the place of the largest
        eigengap; or the number of eigenvalues below `tau`.
    tau : float
        Only with the rule ``tau``.
    max_clusters : int
    min_maps : int
        Fewer maps are one cluster.
    min_cluster : int
        Clusters with fewer maps join the nearest mean; 0 keeps all.
    merge_cosine : float or None
        The most similar cluster means are merged while their cosine is at least this; None merges none.
    seed, starts : int
        Of k-means.
    """

    pool: int = 24
    normalise: Literal["l2", "none"] = "l2"
    neighbours: Literal["log2", "sqrt"] = "sqrt"
    count_rule: Literal["gap", "tau"] = "tau"
    tau: float = 0.2
    max_clusters: int = 8
    min_maps: int = 8
    min_cluster: int = 5
    merge_cosine: float | None = 0.85
    seed: int = 0
    starts: int = 10

    def __post_init__(self) -> None:
        if min(self.pool, self.max_clusters, self.min_maps, self.starts) < 1:
            raise ParameterError(
                "pool, max_clusters, min_maps and starts of the clustering must be at least 1"
            )
        if not 0 < self.tau <= 2:
            raise ParameterError(f"tau of the clustering is {self.tau}; give an eigenvalue over 0, up to 2")

    @classmethod
    def paper(cls) -> "SprayParams":
        """Rules of the *paper* profile."""
        return cls(neighbours="log2", count_rule="gap", min_cluster=0, merge_cosine=None)

    @classmethod
    def steady(cls) -> "SprayParams":
        """Rules of the *steady* profile."""
        return cls()


@dataclass(frozen=True)
class Clustering:
    """Clusters of one Action Unit's maps within one video.

    Attributes
    ----------
    labels : ndarray of int32, shape (N,)
        Cluster of each map, which is its letter index: 0 occurs first.
    eigenvalues : ndarray of float64, shape (m,)
        Smallest eigenvalues, ascending; one more than could have become clusters; empty with too few maps.
    embedding : ndarray of float32, shape (N, m)
        Their eigenvectors, rows not normalised.
    count : int
        Number of clusters.
    count_from_spectrum : int
        Number that the eigenvalues gave, whatever the expert chose.
    count_before_merge : int
        Number after small clusters were joined and before like ones were merged.
    too_few : bool
        Too few maps to cluster: they are one cluster by rule.
    silhouette : ndarray of float64, shape (count,)
        Mean silhouette of each cluster's maps, NaN for a single cluster.
    """

    labels: NDArray[np.int32]
    eigenvalues: NDArray[np.float64]
    embedding: NDArray[np.float32]
    count: int
    count_from_spectrum: int
    count_before_merge: int
    too_few: bool
    silhouette: NDArray[np.float64]


def spray(pooled: NDArray[np.float32], params: SprayParams, clusters: int | None = None) -> Clustering:
    """Cluster relevance maps (paper, section 3.3).

    The same maps give the same bytes, whatever the number of threads.

    Parameters
    ----------
    pooled : ndarray of float32, shape (N, s, s)
        Sum-pooled relevance maps in temporal order; equal maps and maps of zeros are allowed.
    params : SprayParams
    clusters : int or None
        Number of clusters that the expert chose: then nothing is joined or merged.

    Returns
    -------
    Clustering

    Raises
    ------
    ParameterError
        If the expert's number is not at least 1.
    """
    if clusters is not None and clusters < 1:
        raise ParameterError(f"{clusters} clusters were asked for; ask for at least 1")
    if len(pooled) < params.min_maps:
        return _too_few(len(pooled))
    found = _clustered(pooled, params, clusters)
    return replace(found, silhouette=silhouettes(normalise_maps(pooled, params.normalise), found.labels))


def cluster_labels(pooled: NDArray[np.float32], params: SprayParams) -> NDArray[np.int32]:
    """Labels alone, as `spray` gives them, in less time.

    Parameters
    ----------
    pooled : ndarray of float32, shape (N, s, s)
        Sum-pooled relevance maps in temporal order.
    params : SprayParams

    Returns
    -------
    ndarray of int32, shape (N,)
    """
    if len(pooled) < params.min_maps:
        return _too_few(len(pooled)).labels
    return _clustered(pooled, params, None).labels


def _clustered(pooled: NDArray[np.float32], params: SprayParams, clusters: int | None) -> Clustering:
    """Everything but the silhouettes."""
    vectors = normalise_maps(pooled, params.normalise)
    most = min(max(params.max_clusters, clusters or 0), len(vectors) - 1)
    spectrum = _spectrum(vectors, params, most + 1)
    proposed = count_clusters(spectrum.values, params)
    labels = _embed_and_cluster(spectrum, min(clusters or proposed, len(vectors)), params)
    if clusters is None:
        labels = join_small(vectors, labels, params.min_cluster)
    before = _number(labels)
    if clusters is None and params.merge_cosine is not None:
        labels = merge_alike(vectors, labels, params.merge_cosine)
    labels = relabel(labels)
    count = _number(labels)
    return Clustering(
        labels=labels,
        eigenvalues=spectrum.values,
        embedding=spectrum.vectors.astype(np.float32),
        count=count,
        count_from_spectrum=proposed,
        count_before_merge=before,
        too_few=False,
        silhouette=np.full(count, np.nan),
    )


def normalise_maps(pooled: NDArray[np.float32], how: Literal["l2", "none"]) -> NDArray[np.float32]:
    """Flatten maps and, with ``l2``, divide each by its length; a map of zeros stays zero.

    Returns
    -------
    ndarray of float32, shape (N, s * s)
    """
    vectors = pooled.reshape(len(pooled), math.prod(pooled.shape[1:]))
    if how == "none":
        return vectors
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    units = np.empty(vectors.shape, np.float32)
    divisors = np.where(lengths > 0, lengths, 1)[:, None]
    return np.divide(vectors, divisors, out=units, casting="same_kind", dtype=np.float64)


def neighbour_count(maps: int, rule: Literal["log2", "sqrt"]) -> int:
    """Neighbours of each map in the graph: method, section 5."""
    wanted = max(3, math.ceil(math.log2(maps))) if rule == "log2" else max(7, round(math.sqrt(maps)))
    return min(wanted, maps - 1)


def _spectrum(vectors: NDArray[np.float32], params: SprayParams, count: int) -> Spectrum:
    """Smallest eigenpairs of the graph of neighbours, which is let go: it is the largest thing in memory."""
    graph = knn_affinity(vectors, neighbour_count(len(vectors), params.neighbours))
    return smallest_eigenpairs(graph, count)


def count_clusters(eigenvalues: NDArray[np.float64], params: SprayParams) -> int:
    """Number of clusters from the eigenvalues "near or equal to zero" (paper, section 3.3).

    Parameters
    ----------
    eigenvalues : ndarray of float64, shape (m,)
        Ascending from 0, at least one.
    params : SprayParams

    Returns
    -------
    int
        At least 1, at most `max_clusters` and m - 1.
    """
    below = int(np.count_nonzero(eigenvalues < (params.tau if params.count_rule == "tau" else NEAR_ZERO)))
    most = max(1, min(params.max_clusters, len(eigenvalues) - 1))
    if params.count_rule == "gap" and below < 2 and len(eigenvalues) > 1:
        return 1 + int(np.argmax(np.diff(eigenvalues[: most + 1])))
    return min(max(below, 1), most)


def _embed_and_cluster(spectrum: Spectrum, count: int, params: SprayParams) -> NDArray[np.int32]:
    """k-means on the row-normalised first eigenvectors."""
    rows = spectrum.vectors[:, :count]
    lengths = np.linalg.norm(rows, axis=1)
    return kmeans(rows / np.where(lengths > 0, lengths, 1)[:, None], count, params.starts, params.seed)


def _number(labels: NDArray[np.int32]) -> int:
    return len(np.unique(labels))


def _too_few(maps: int) -> Clustering:
    count = min(maps, 1)
    return Clustering(
        labels=np.zeros(maps, np.int32),
        eigenvalues=np.zeros(0),
        embedding=np.zeros((maps, 0), np.float32),
        count=count,
        count_from_spectrum=count,
        count_before_merge=count,
        too_few=True,
        silhouette=np.full(count, np.nan),
    )
