"""Relevance maps of chosen faces, by the true network and by ones that know nothing."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.engine import Engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET
from tpviewer.models.model_package import ModelPackage
from tpviewer.training.au_shapes import AUS
from tpviewer.training.explanation_sets import ExplainedFaces


@dataclass(frozen=True, eq=False)
class Pairs:
    """Which Action Units of which faces are explained.

    Attributes
    ----------
    face : ndarray, shape (m,), int64
        Numbers of faces.
    au : ndarray, shape (m,), int64
        Positions in `AUS`.
    """

    face: NDArray[np.int64]
    au: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.face)

    def part(self, chosen: NDArray[np.int64]) -> "Pairs":
        """Return the pairs with these numbers.

        Parameters
        ----------
        chosen : ndarray, shape (k,), int64
        """
        return Pairs(self.face[chosen], self.au[chosen])


class Explainer:
    """A loaded model that is asked about pairs of faces and Action Units.

    Parameters
    ----------
    engine : Engine
    faces : ExplainedFaces
        At the size of the model's input.
    """

    def __init__(self, engine: Engine, faces: ExplainedFaces) -> None:
        self._engine, self._faces = engine, faces
        self._position = np.array([engine.card.aus.index(au) if au in engine.card.aus else -1 for au in AUS])

    def pairs(self) -> Pairs:
        """Pairs that a user would be shown: present by the label or, where there is none, by the model."""
        known = self._position >= 0
        logits = np.full(self._faces.labels.shape, -np.inf, np.float64)
        logits[:, known] = self._logits(self._faces.crops)[:, self._position[known]]
        threshold = np.array([self._threshold(position) for position in self._position])
        found = (self._faces.labels == 1) | ((self._faces.labels < 0) & (logits >= threshold))
        return Pairs(*np.nonzero(found & known))

    def maps(self, pairs: Pairs, crops: NDArray[np.uint8] | None = None) -> NDArray[np.float32]:
        """Relevance maps (m, H, W) of pairs; `crops` (m, H, W) are shown instead of the faces' own."""
        shown = self._faces.crops[pairs.face] if crops is None else crops
        return self._engine.relevance(shown, self._position[pairs.au], self._neutrals(pairs.face))

    def logits(self, pairs: Pairs, crops: NDArray[np.uint8] | None = None) -> NDArray[np.float32]:
        """Logits (m,) of the pairs' Action Units, as for `maps`."""
        shown = self._faces.crops[pairs.face] if crops is None else crops
        rows = self._logits(shown, pairs.face)
        return np.asarray(rows[np.arange(len(pairs)), self._position[pairs.au]])

    def _logits(
        self, crops: NDArray[np.uint8], faces: NDArray[np.int64] | slice = slice(None)
    ) -> NDArray[np.float32]:
        return self._engine.logits(crops, self._neutrals(faces))

    def _neutrals(self, faces: NDArray[np.int64] | slice) -> NDArray[np.uint8] | None:
        return self._faces.neutrals[faces] if self._engine.card.channels == 2 else None

    def _threshold(self, position: int) -> float:
        p = self._engine.card.thresholds[position]
        return float(np.log(p / (1 - p)))


@contextmanager
def explainer(
    package: ModelPackage, faces: ExplainedFaces, preset: str = DEFAULT_PRESET
) -> Iterator[Explainer]:
    """Load a model for a set of faces, and free it afterwards."""
    engine = Engine(package, preset)
    try:
        yield Explainer(engine, faces)
    finally:
        engine.close()


def few_of_each(pairs: Pairs, most: int, seed: int) -> NDArray[np.int64]:
    """Numbers, ascending, of at most `most` pairs of each Action Unit, drawn at random.

    Parameters
    ----------
    pairs : Pairs
    most : int
    seed : int

    Returns
    -------
    ndarray, shape (k,), int64
        Of `pairs`, for `Pairs.part`.
    """
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(pairs.au == k) for k in range(len(AUS))]
    drawn = [rng.choice(row, most, replace=False) if len(row) > most else row for row in rows]
    return np.sort(np.concatenate(drawn))


def randomised(package: ModelPackage, layers: Sequence[str], seed: int) -> ModelPackage:
    """The same network with the weights of some layers replaced by noise.

    Biases are drawn anew from a normal distribution with their own mean and deviation, kernels from one about
    zero, as before a fit: with the mean of thousands of fitted weights, mostly a little below zero,
    a layer would be silent, and its maps flat whatever the layers before it do.

    Parameters
    ----------
    package : ModelPackage
    layers : sequence of str
        Names of layers; see `weighted_layers`.
    seed : int
        A layer's noise depends on it and on the layer's name only.
    """

    def noise(name: str, weight: NDArray[np.float32]) -> NDArray[np.float32]:
        rng = np.random.default_rng((seed, zlib.crc32(name.encode()), weight.ndim))
        mean = weight.mean() if weight.ndim == 1 else 0.0
        return rng.normal(mean, weight.std(), weight.shape).astype(np.float32)

    changed = tuple(
        replace(layer, weights=tuple(noise(layer.name, weight) for weight in layer.weights))
        if layer.name in layers
        else layer
        for layer in package.network.layers
    )
    return replace(package, network=replace(package.network, layers=changed))


def weighted_layers(package: ModelPackage) -> tuple[str, ...]:
    """Names of the layers that have weights, from the output to the input."""
    return tuple(layer.name for layer in reversed(package.network.layers) if layer.weights)
