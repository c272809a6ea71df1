from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from sklearn.metrics import silhouette_samples
from threadpoolctl import threadpool_limits

from tests.oracle import relevance as relevance_oracle
from tests.oracle import spectral as oracle
from tpviewer.core import affinity, laplacian
from tpviewer.core.affinity import knn_affinity
from tpviewer.core.cluster_quality import explained_by, silhouettes, time_chunk_eta
from tpviewer.core.errors import ParameterError
from tpviewer.core.kmeans import kmeans
from tpviewer.core.laplacian import smallest_eigenpairs
from tpviewer.core.merging import join_small, merge_alike, merge_clusters
from tpviewer.core.prototypes import cluster_prototypes, medoids
from tpviewer.core.spray import SprayParams, count_clusters, neighbour_count, normalise_maps, spray
from tpviewer.core.stability import adjusted_rand_index, stability

PAPER, STEADY = SprayParams.paper(), SprayParams.steady()
BOTH = pytest.mark.parametrize("params", [PAPER, STEADY], ids=["paper", "steady"])
LABELS = arrays(np.int32, st.integers(2, 20), elements=st.integers(0, 3))


def separated(order, noise=0.2, seed=0):
    """Maps of clearly different clusters, one map per entry of `order`."""
    random = np.random.default_rng(seed)
    centres = np.abs(random.normal(size=(max(order) + 1, 24, 24)))
    return (centres[order] + noise * random.normal(size=(len(order), 24, 24))).astype(np.float32)


def random_walk(count, seed=0, step=0.02):
    """Maps that drift over time: a chain without clusters."""
    random = np.random.default_rng(seed)
    start = np.abs(random.normal(size=(24, 24))) + 1
    return (start + np.cumsum(step * random.normal(size=(count, 24, 24)), axis=0)).astype(np.float32)


ORDER = np.repeat([0, 1, 0, 2, 1], [40, 30, 30, 35, 25])


@given(
    arrays(np.float32, st.tuples(st.integers(2, 12), st.just(3)), elements=st.integers(-3, 3).map(float)),
    st.integers(1, 12),
)
def test_neighbours_are_the_nearest_and_ties_go_to_the_earlier(vectors, k):
    # Points whose longest is a power of two long lie on the grid: nothing is rounded.
    vectors[0] = (4, 0, 0)
    vectors *= np.where(np.linalg.norm(vectors, axis=1, keepdims=True) > 4, 0.5, 1)
    assert np.array_equal(knn_affinity(vectors, k).toarray(), oracle.knn_affinity(vectors, k))


def test_neighbours_of_real_valued_maps_are_the_nearest():
    vectors = normalise_maps(separated(ORDER[::8]), "l2")
    assert np.array_equal(knn_affinity(vectors, 4).toarray(), oracle.knn_affinity(vectors, 4))


def test_the_graph_is_binary_symmetric_and_small():
    graph = knn_affinity(normalise_maps(separated(ORDER), "l2"), 5)
    assert set(graph.data.tolist()) == {1.0}
    assert (graph != graph.T).nnz == 0
    assert graph.diagonal().sum() == 0
    assert graph.indices.dtype == np.int32


def test_a_graph_of_several_blocks_of_rows_is_the_same(monkeypatch):
    vectors = normalise_maps(random_walk(300), "l2")
    whole = knn_affinity(vectors, 9)
    monkeypatch.setattr(affinity, "_ROWS", 70)
    assert (knn_affinity(vectors, 9) != whole).nnz == 0
    assert np.array_equal(knn_affinity(vectors, 9).indices, whole.indices)


@settings(max_examples=50)
@given(arrays(bool, (12, 12), elements=st.sampled_from([False, False, True])))
def test_eigenvalues_are_those_of_the_dense_laplacian(edges):
    graph = np.triu(edges, 1).astype(np.float64)
    graph += graph.T
    found = smallest_eigenpairs(sparse.csr_array(graph), 12)
    wanted = oracle.spectrum(graph)
    assert found.values == pytest.approx(wanted[: len(found.values)], abs=1e-9)


@settings(max_examples=50)
@given(arrays(bool, (10, 10), elements=st.sampled_from([False, False, True])), st.integers(1, 10))
def test_eigenvectors_solve_the_laplacian_and_are_orthonormal(edges, count):
    graph = np.triu(edges, 1).astype(np.float64)
    graph += graph.T
    found = smallest_eigenpairs(sparse.csr_array(graph), count)
    assert oracle.laplacian(graph) @ found.vectors == pytest.approx(found.vectors * found.values, abs=1e-9)
    assert found.vectors.T @ found.vectors == pytest.approx(np.eye(count), abs=1e-9)


@pytest.mark.parametrize("maps", [separated(np.arange(2400) % 4), random_walk(2100)], ids=["parts", "chain"])
def test_lanczos_agrees_with_the_dense_solution(maps, monkeypatch):
    graph = knn_affinity(normalise_maps(maps, "l2"), 7)
    monkeypatch.setattr(laplacian, "DENSE_BELOW", 100)
    sparse_way = smallest_eigenpairs(graph, 9)
    monkeypatch.setattr(laplacian, "DENSE_BELOW", 10**6)
    dense_way = smallest_eigenpairs(graph, 9)
    assert sparse_way.values == pytest.approx(dense_way.values, abs=1e-8)
    assert np.abs((sparse_way.vectors * dense_way.vectors).sum(axis=0)) == pytest.approx(np.ones(9), abs=1e-3)


def test_zero_eigenvalues_count_the_parts_of_a_large_graph():
    found = spray(separated(np.arange(2800) % 4), PAPER)
    assert np.count_nonzero(found.eigenvalues < 1e-9) == 4
    assert found.count == 4


@BOTH
def test_separated_clusters_are_found(params):
    found = spray(separated(ORDER), params)
    assert found.count == 3
    assert np.array_equal(found.labels, ORDER)


def test_a_random_walk_is_cut_by_time_in_the_paper_profile_and_left_whole_in_the_steady_one():
    walk = random_walk(400)
    assert spray(walk, PAPER).count > 1
    assert spray(walk, STEADY).count == 1


@BOTH
def test_labels_are_letters_in_order_of_first_occurrence(params):
    labels = spray(separated(ORDER[::-1]), params).labels
    assert labels[0] == 0
    assert np.all(np.diff(np.maximum.accumulate(labels)) <= 1)


@BOTH
def test_the_same_maps_give_the_same_bytes_with_any_number_of_threads(params):
    maps = random_walk(300) + separated(np.repeat([0, 1, 0], 100))
    found = [spray(maps, params)]
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            found.append(spray(maps, params))
    assert len({clustering.labels.tobytes() for clustering in found}) == 1
    assert len({clustering.eigenvalues.tobytes() for clustering in found}) == 1
    assert len({clustering.embedding.tobytes() for clustering in found}) == 1


@BOTH
@pytest.mark.parametrize("count", [8, 9, 100])
@pytest.mark.parametrize("value", [0, 1])
def test_equal_maps_are_one_cluster(params, count, value):
    assert spray(np.full((count, 24, 24), value, np.float32), params).labels.tolist() == [0] * count


@BOTH
@pytest.mark.parametrize("count", range(8))
def test_too_few_maps_are_one_cluster_and_say_so(params, count):
    found = spray(separated(np.arange(count)) if count else np.zeros((0, 24, 24), np.float32), params)
    assert found.labels.tolist() == [0] * count
    assert (found.count, found.too_few) == (min(count, 1), True)


@BOTH
@pytest.mark.parametrize("count", [8, 9, 12])
def test_few_maps_are_ordinary_input(params, count):
    found = spray(separated(np.arange(count) % 2), params)
    assert not found.too_few
    assert np.isfinite(found.eigenvalues).all()


def test_strength_alone_does_not_split_unless_maps_are_not_normalised():
    strength = np.repeat([1.0, 20.0], 60)[:, None, None].astype(np.float32)
    maps = separated(np.zeros(120, int), noise=0.3) * strength
    assert spray(maps, STEADY).count == 1
    assert spray(maps, SprayParams(normalise="none")).count == 1
    assert spray(maps, SprayParams(normalise="none", merge_cosine=None)).count == 2


@pytest.mark.parametrize("clusters", [1, 2, 5, 11])
def test_the_experts_number_is_kept(clusters):
    found = spray(separated(ORDER), STEADY, clusters)
    assert found.count == clusters
    assert found.count_from_spectrum == 3


def test_the_expert_cannot_ask_for_no_cluster():
    with pytest.raises(ParameterError, match="at least 1"):
        spray(separated(ORDER), STEADY, 0)


@pytest.mark.parametrize(
    ("maps", "rule", "neighbours"),
    [(8, "log2", 3), (9, "log2", 4), (1024, "log2", 10), (8, "sqrt", 7), (100, "sqrt", 10), (5, "sqrt", 4)],
)
def test_neighbours_grow_with_the_number_of_maps(maps, rule, neighbours):
    assert neighbour_count(maps, rule) == neighbours


@pytest.mark.parametrize(
    ("eigenvalues", "paper", "steady"),
    [
        ([0, 0.01, 0.5, 0.6], 2, 2),
        ([0, 1e-9, 1e-8, 0.6, 2.0], 3, 3),
        ([0, 0.6, 0.7, 0.8], 1, 1),
        ([0, 0.1, 0.15, 0.19], 1, 3),
        ([0.0] * 9, 8, 8),
    ],
)
def test_the_number_of_clusters_from_the_eigenvalues(eigenvalues, paper, steady):
    assert count_clusters(np.array(eigenvalues), PAPER) == paper
    assert count_clusters(np.array(eigenvalues), STEADY) == steady


def test_more_parts_than_clusters_allowed_is_ordinary_input():
    assert spray(separated(np.arange(300) % 12), PAPER).count == 8


@pytest.mark.parametrize("columns", [1, 2, 7, 8, 9, 16, 19])
def test_kmeans_puts_each_row_to_its_nearest_mean(columns):
    rows = np.random.default_rng(columns).normal(size=(80, columns))
    labels = kmeans(rows, 3, 2, 0)
    means = np.stack([rows[labels == label].mean(axis=0) for label in range(3)])
    assert np.array_equal(labels, np.linalg.norm(rows[:, None] - means, axis=2).argmin(axis=1))


@BOTH
@pytest.mark.parametrize("seed", range(3))
def test_clusters_are_those_of_the_dense_method(params, seed, monkeypatch):
    order = np.repeat(np.random.default_rng(seed).integers(0, 4, 24), 25)
    maps = separated(order, noise=0.6, seed=seed) + random_walk(len(order), seed, step=0.01)
    graph = knn_affinity(normalise_maps(maps, "l2"), neighbour_count(len(maps), params.neighbours))
    monkeypatch.setattr(laplacian, "DENSE_BELOW", 100)
    found = spray(maps, replace(params, min_cluster=0, merge_cosine=None))
    slow = oracle.clusters(graph.toarray(), found.count_from_spectrum, params.starts, params.seed)
    assert found.count > 1
    assert adjusted_rand_index(found.labels, slow) == 1


def test_kmeans_survives_fewer_different_rows_than_clusters():
    assert len(np.unique(kmeans(np.repeat(np.eye(2), 5, axis=0), 4, 3, 0))) == 2


def test_small_clusters_join_the_nearest_mean():
    vectors = np.array([[0.0]] * 6 + [[10.0]] * 6 + [[8.0]] * 2)
    labels = np.repeat([0, 1, 2], [6, 6, 2]).astype(np.int32)
    assert join_small(vectors, labels, 5).tolist() == [0] * 6 + [1] * 8


@given(LABELS, st.floats(0.5, 1))
def test_like_clusters_are_merged_as_by_hand(labels, cosine):
    vectors = np.random.default_rng(len(labels)).uniform(0.1, 1, (len(labels), 3))
    assert (
        merge_alike(vectors, labels, cosine).tolist() == oracle.merge_alike(vectors, labels, cosine).tolist()
    )


def test_merging_by_hand_keeps_the_other_labels():
    assert merge_clusters(np.array([0, 1, 2, 1], np.int32), 2, 0).tolist() == [0, 1, 0, 1]


@given(LABELS, LABELS)
def test_the_adjusted_rand_index_counts_pairs(first, second):
    size = min(len(first), len(second))
    slow = oracle.adjusted_rand_index(first[:size], second[:size])
    assert adjusted_rand_index(first[:size], second[:size]) == pytest.approx(slow)


def test_silhouettes_are_those_of_scikit_learn_with_squared_distances():
    vectors, labels = np.random.default_rng(0).normal(size=(60, 5)), np.repeat([0, 1, 2, 3], [30, 20, 9, 1])
    slow = silhouette_samples(vectors, labels, metric="sqeuclidean")
    assert silhouettes(vectors, labels) == pytest.approx([slow[labels == k].mean() for k in range(4)])


def test_one_cluster_has_no_silhouette():
    assert np.isnan(silhouettes(np.ones((9, 2)), np.zeros(9, int))).all()


def test_separated_clusters_are_stable_and_a_cut_chain_is_not():
    order = np.repeat(np.arange(12) % 3, 20)
    assert stability(separated(order), STEADY) == pytest.approx(1)
    assert stability(random_walk(240), PAPER) < 0.9


def test_stability_of_too_few_maps_is_not_defined():
    assert np.isnan(stability(separated(ORDER)[:10], STEADY))


def test_a_pose_that_goes_with_the_clusters_explains_them():
    labels = np.tile([0, 1], 50)
    yaw = labels * 20.0 + np.random.default_rng(0).normal(size=100)
    assert explained_by(labels, yaw) > 0.95
    assert time_chunk_eta(labels, yaw) < 0.1


def test_eta_squared_is_one_minus_the_share_within_clusters():
    assert explained_by(np.array([0, 0, 1, 1]), np.array([1.0, 3.0, 5.0, 7.0])) == pytest.approx(1 - 4 / 20)


def test_unknown_values_of_a_covariate_are_left_out():
    assert explained_by(np.array([0, 0, 1, 1]), np.array([1.0, np.nan, 2.0, 2.0])) == pytest.approx(1)


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0], [np.nan, np.nan]])
def test_a_covariate_that_does_not_vary_explains_nothing(values):
    assert np.isnan(explained_by(np.zeros(len(values), int), np.array(values)))


@settings(max_examples=30)
@given(arrays(np.float32, (6, 3, 4), elements=st.floats(-3, 3, width=32)))
def test_prototypes_are_means_of_maps_each_divided_by_its_peak(maps):
    labels = [0, 1, 0, 2, 1, 0]
    found = cluster_prototypes(zip(labels, maps, strict=True), 3)
    assert found == pytest.approx(relevance_oracle.prototypes(maps, labels, 3), abs=1e-6)


def test_the_medoid_has_the_smallest_summed_squared_distance_to_the_others():
    maps = separated(ORDER[:40], noise=0.5)
    vectors = normalise_maps(maps, "l2").astype(float)
    summed = ((vectors[:, None] - vectors) ** 2).sum(axis=(1, 2))
    assert medoids(maps, np.zeros(40, int), 1).tolist() == [int(np.argmin(summed))]


def test_of_equal_maps_the_earliest_is_the_medoid():
    assert medoids(np.ones((7, 24, 24), np.float32), np.array([0, 0, 1, 1, 0, 1, 1]), 2).tolist() == [0, 2]


def test_clusterings_with_other_parameters_that_make_no_sense_are_refused():
    with pytest.raises(ParameterError, match="tau"):
        SprayParams(tau=0)
