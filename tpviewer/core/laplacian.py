"""Spectrum of the symmetric normalised graph Laplacian (SpRAy; paper, section 3.3).

References
----------
von Luxburg, U. (2007). A tutorial on spectral clustering. Statistics and Computing 17, 395-416.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, eigsh

from tpviewer.core.one_thread import one_thread

DENSE_BELOW = 2000
"""Parts of a graph with fewer nodes are solved as dense matrices, larger ones by Lanczos iteration."""

_TOLERANCE = 1e-9
_BASIS = 60  # Lanczos vectors: on graphs like a chain in time 2.5 times as fast as scipy's 20


@dataclass(frozen=True)
class Spectrum:
    """The lower end of a Laplacian's spectrum.

    Attributes
    ----------
    values : ndarray of float64, shape (m,)
        Eigenvalues of L = I - D^-1/2 A D^-1/2, ascending from 0, not the 1 - λ of some SpRAy code.
    vectors : ndarray of float64, shape (N, m)
        Their eigenvectors, of length 1; the entry of largest size in each is positive.
    """

    values: NDArray[np.float64]
    vectors: NDArray[np.float64]


def smallest_eigenpairs(affinity: sparse.csr_array, count: int) -> Spectrum:
    """Smallest eigenvalues of the symmetric normalised Laplacian, with their eigenvectors.

    The spectrum of a graph is the union of the spectra of its connected parts, so each part is solved by
    itself: the number of zeros is then exactly the number of parts, where an iteration over the whole
    graph would lose some of them. The answer does not depend on the number of threads.

    Parameters
    ----------
    affinity : csr_array of float, shape (N, N)
        Symmetric, without negative values.
    count : int
        Eigenvalues wanted, at most N are given.

    Returns
    -------
    Spectrum
        Equal eigenvalues in order of their part: larger parts first, then the one that begins earlier.
    """
    parts = _parts(affinity)
    wanted = min(count, affinity.shape[0])
    with one_thread():
        if len(parts) >= wanted:
            solved = [_constant(affinity, part) for part in parts[:wanted]]
        else:
            solved = [_solve(affinity, part, wanted) for part in parts]
    return _merge(parts, solved, affinity.shape[0], wanted)


def _parts(affinity: sparse.csr_array) -> list[NDArray[np.intp]]:
    """Nodes of each connected part, the largest part first."""
    # Of a symmetric graph these are the connected parts, and unlike those they need no transposed copy.
    _, part_of = connected_components(affinity, connection="strong")
    order = np.argsort(part_of, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1) if len(order) else []
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _constant(affinity: sparse.csr_array, part: NDArray[np.intp]) -> Spectrum:
    """Eigenvector of a connected part's eigenvalue 0: the root of the degrees."""
    vector = np.sqrt(np.asarray(affinity.sum(axis=1), np.float64)[part])
    if len(part) == 1:
        vector[:] = 1
    return Spectrum(np.zeros(1), (vector / np.linalg.norm(vector))[:, None])


def _solve(affinity: sparse.csr_array, part: NDArray[np.intp], wanted: int) -> Spectrum:
    """Smallest eigenpairs of one connected part; the first is known without computing."""
    first = _constant(affinity, part)
    more = min(wanted, len(part)) - 1
    if more < 1:
        return first
    matrix = affinity if len(part) == affinity.shape[0] else affinity[part][:, part]
    matrix = matrix.astype(np.float64, copy=False)
    solve = _dense if len(part) < DENSE_BELOW else _lanczos
    rest = solve(matrix, more + 1)
    vectors = np.hstack([first.vectors, rest.vectors[:, 1:]])
    return Spectrum(np.append(first.values, np.maximum(rest.values[1:], 0)), vectors)


def _scale(affinity: sparse.csr_array) -> NDArray[np.float64]:
    """Diagonal of D^-1/2."""
    return np.asarray(1 / np.sqrt(affinity.sum(axis=1)))


def _dense(affinity: sparse.csr_array, count: int) -> Spectrum:
    scale = sparse.diags_array(_scale(affinity))
    laplacian = np.eye(affinity.shape[0]) - (scale @ affinity @ scale).toarray()
    values, vectors = linalg.eigh(laplacian, subset_by_index=(0, count - 1), check_finite=False)
    return Spectrum(values, _fix_signs(vectors))


def _lanczos(affinity: sparse.csr_array, count: int) -> Spectrum:
    """Largest eigenpairs of D^-1/2 A D^-1/2, which is not formed, by Lanczos iteration from a fixed start."""
    scale = _scale(affinity)
    similarity = LinearOperator(
        affinity.shape, matvec=lambda x: scale * (affinity @ (scale * x.ravel())), dtype=np.float64
    )
    start = np.random.default_rng(0).uniform(0.5, 1.5, len(scale))
    basis = min(max(_BASIS, 4 * count), len(start) - 1)
    values, vectors = eigsh(similarity, k=count, which="LA", v0=start, tol=_TOLERANCE, ncv=basis)
    order = np.argsort(-values, kind="stable")
    return Spectrum(1 - values[order], _fix_signs(vectors[:, order]))


def _fix_signs(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make the entry of largest size in each column positive; among near-equal ones the first decides."""
    sizes = np.abs(vectors)
    largest = np.argmax(sizes >= sizes.max(axis=0) * (1 - 1e-6), axis=0)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    return np.asarray(vectors * signs)


def _merge(parts: list[NDArray[np.intp]], solved: list[Spectrum], size: int, wanted: int) -> Spectrum:
    """Smallest eigenpairs of all parts, spread out over the nodes of the whole graph."""
    if not solved:
        return Spectrum(np.zeros(0), np.zeros((size, 0)))
    values = np.concatenate([part.values for part in solved])
    owner = np.repeat(np.arange(len(solved)), [len(part.values) for part in solved])
    rank = np.concatenate([np.arange(len(part.values)) for part in solved])
    vectors = np.zeros((size, wanted))
    chosen = np.argsort(values, kind="stable")[:wanted]
    for column, index in enumerate(chosen):
        vectors[parts[owner[index]], column] = solved[owner[index]].vectors[:, rank[index]]
    return Spectrum(values[chosen], vectors)
