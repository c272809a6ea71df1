"""Section 3.3 of the paper, and the graph it stands on, as dense matrices and plain loops."""

from fractions import Fraction

import numpy as np
from sklearn.cluster import KMeans


def knn_affinity(vectors, neighbours):
    """Binary nearest-neighbour graph from exact distances, symmetrised."""
    count = len(vectors)
    exact = [[Fraction(float(value)) for value in row] for row in vectors]
    graph = np.zeros((count, count))
    for i in range(count):
        others = [j for j in range(count) if j != i]
        others.sort(key=lambda j: (sum((a - b) ** 2 for a, b in zip(exact[i], exact[j], strict=True)), j))
        for j in others[:neighbours]:
            graph[i, j] = graph[j, i] = 1
    return graph


def laplacian(graph):
    """I - D^-1/2 A D^-1/2, entry by entry; a node without neighbours has an empty row."""
    degrees = graph.sum(axis=1)
    matrix = np.zeros(graph.shape)
    for i in range(len(graph)):
        for j in range(len(graph)):
            if i == j and degrees[i] > 0:
                matrix[i, j] = 1
            if graph[i, j]:
                matrix[i, j] -= graph[i, j] / np.sqrt(degrees[i] * degrees[j])
    return matrix


def spectrum(graph):
    """All eigenvalues of the Laplacian, ascending."""
    return np.linalg.eigvalsh(laplacian(graph))


def clusters(graph, count, starts, seed):
    """k-means of scikit-learn on the row-normalised eigenvectors of all of the dense Laplacian."""
    rows = np.linalg.eigh(laplacian(graph))[1][:, :count]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return KMeans(count, n_init=starts, random_state=seed).fit_predict(rows)


def adjusted_rand_index(first, second):
    """Hubert and Arabie (1985), by counting pairs."""
    pairs = [(i, j) for i in range(len(first)) for j in range(i)]
    in_first = sum(first[i] == first[j] for i, j in pairs)
    in_second = sum(second[i] == second[j] for i, j in pairs)
    in_both = sum(first[i] == first[j] and second[i] == second[j] for i, j in pairs)
    expected = in_first * in_second / len(pairs)
    largest = (in_first + in_second) / 2
    return 1.0 if largest == expected else (in_both - expected) / (largest - expected)


def merge_alike(vectors, labels, cosine):
    """Merge the two most similar means again and again, from a fresh list of members each time."""
    groups = {
        int(name): [i for i, label in enumerate(labels) if label == name] for name in set(labels.tolist())
    }
    while len(groups) > 1:
        means = {
            name: np.mean([vectors[i] for i in rows], axis=0, dtype=float) for name, rows in groups.items()
        }
        names = sorted(groups)
        scored = [(cosine_of(means[a], means[b]), -a, -b) for a in names for b in names if a < b]
        best, first, second = max(scored)
        if best < cosine:
            break
        groups[-first] += groups.pop(-second)
    merged = np.zeros(len(labels), int)
    for name, rows in groups.items():
        merged[rows] = name
    return merged


def cosine_of(first, second):
    return float(first @ second / np.sqrt((first @ first) * (second @ second)))
