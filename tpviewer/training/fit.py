"""Fit a network to labelled crops; a stopped fit goes on from its last checkpoint."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.architectures import build
from tpviewer.models.normalisation import normalise_crop
from tpviewer.models.quiet import import_tensorflow
from tpviewer.training.au_shapes import AUS
from tpviewer.training.augment import augment, centre
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.measure import areas_under_roc

_SMOOTHING = 0.02
_MOST_WEIGHT = 3.0
_WARM_UP = 100


@dataclass(frozen=True)
class FitParams:
    """How to fit.

    Attributes
    ----------
    minutes : float
        Time of the whole fit, over all its runs.
    batch : int
        Crops per step.
    real_share : float
        Share of photographs in each batch, where there are any.
    rate : float
        Highest learning rate of Adam; falls to 0 along a cosine.
    patience : int
        Checkpoints (one a minute) without a better mean area under the ROC curve before it stops.
    seed : int
    """

    minutes: float
    batch: int = 64
    real_share: float = 0.15
    rate: float = 1e-3
    patience: int = 8
    seed: int = 0


@dataclass(frozen=True)
class FitProgress:
    """State after a checkpoint."""

    step: int
    minutes: float
    loss: float
    held_out_auc: float


def masked_loss(
    labels: NDArray[np.int8], logits: NDArray[np.floating[Any]], weights: NDArray[np.float32]
) -> float:
    """Weighted cross entropy over the labels that are there (Pahl, Rieger, Seuss 2020).

    A missing label (-1) adds neither loss nor gradient; the sum is divided by the number of labels present.

    Parameters
    ----------
    labels : (n, K) int8
    logits : (n, K) float
    weights : (K,) float32
        Weight of a present Action Unit against an absent one.

    Returns
    -------
    float
        0 where every label is missing.
    """
    tensorflow = import_tensorflow()
    return float(_loss(tensorflow, labels.astype(np.float32), logits.astype(np.float32), weights))


def label_weights(labels: NDArray[np.int8]) -> NDArray[np.float32]:
    """Root of absent over present per Action Unit, 1 to 3: balances labels without inventing any."""
    present = np.maximum((labels == 1).sum(axis=0), 1)
    weights = np.clip(np.sqrt((labels == 0).sum(axis=0) / present), 1, _MOST_WEIGHT)
    return np.asarray(weights, np.float32)


def fit(
    sets: list[LabelledCrops], held_out: LabelledCrops, folder: Path, params: FitParams
) -> Iterator[FitProgress]:
    """Fit the small network and keep the best checkpoint as ``best.weights.h5`` in `folder`.

    Parameters
    ----------
    sets : list of LabelledCrops
        Renders first, then photographs, if any.
    held_out : LabelledCrops
        Persons that are in none of the `sets`.
    folder : Path
        Checkpoints; a fit that was stopped goes on from them.
    params : FitParams

    Yields
    ------
    FitProgress
        Once a minute.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(sets, held_out, folder, params)
    yield from run.steps()


def best_network(folder: Path) -> Any:
    """Return the Keras model of the best checkpoint."""
    model = _network()
    model.load_weights(folder / "best.weights.h5")
    return model


def predict(model: Any, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Logits (n, K) of crops with their margin."""
    parts = [
        model(normalise_crop(centre(crops[i : i + 256])), training=False).numpy()
        for i in range(0, len(crops), 256)
    ]
    return np.concatenate(parts)


def _network() -> Any:
    return build("small", (96, 96), 1, len(AUS))


def _loss(tensorflow: Any, labels: Any, logits: Any, weights: Any) -> Any:
    there = tensorflow.cast(labels >= 0, tensorflow.float32)
    target = tensorflow.maximum(labels, 0.0) * (1 - 2 * _SMOOTHING) + _SMOOTHING
    entropy = tensorflow.nn.weighted_cross_entropy_with_logits(target, logits, weights)
    return tensorflow.reduce_sum(entropy * there) / tensorflow.maximum(tensorflow.reduce_sum(there), 1.0)


class _Run:
    def __init__(
        self, sets: list[LabelledCrops], held_out: LabelledCrops, folder: Path, params: FitParams
    ) -> None:
        self._sets, self._held_out, self._folder, self._params = sets, held_out, folder, params
        self._tensorflow = import_tensorflow()
        self._tensorflow.keras.utils.set_random_seed(params.seed)
        self._model = _network()
        self._optimizer = self._tensorflow.keras.optimizers.legacy.Adam(params.rate)
        weights = label_weights(np.concatenate([part.labels for part in sets]))
        self._train_step = self._tensorflow.function(self._make_step(weights))
        self._step, self._spent, self._best, self._stale = 0, 0.0, 0.0, 0
        self._resume()

    def steps(self) -> Iterator[FitProgress]:
        began = saved = time.monotonic()
        earlier = self._spent
        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(self._batch, self._step)
            while self._spent < self._params.minutes and self._stale < self._params.patience:
                crops, labels = coming.result()
                self._step += 1
                coming = pool.submit(self._batch, self._step)
                self._optimizer.learning_rate = self._rate()
                loss = float(self._train_step(crops, labels))
                self._spent = earlier + (time.monotonic() - began) / 60
                if time.monotonic() - saved > 60 or self._spent >= self._params.minutes:
                    saved = time.monotonic()
                    yield self._checkpoint(loss)

    def _rate(self) -> float:
        share = min(1.0, self._spent / self._params.minutes)
        return self._params.rate * min(1.0, self._step / _WARM_UP) * 0.5 * (1 + float(np.cos(np.pi * share)))

    def _batch(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rng = np.random.default_rng([self._params.seed, number])
        crops, labels = [], []
        real = round(self._params.batch * self._params.real_share) if len(self._sets) > 1 else 0
        for part, count in zip(self._sets, (self._params.batch - real, real), strict=False):
            for row in rng.integers(len(part), size=count):
                crops.append(augment(part.crops[row], rng))
                labels.append(part.labels[row])
        return normalise_crop(np.stack(crops)), np.stack(labels).astype(np.float32)

    def _make_step(self, weights: NDArray[np.float32]) -> Any:
        def step(crops: Any, labels: Any) -> Any:
            with self._tensorflow.GradientTape() as tape:
                loss = _loss(self._tensorflow, labels, self._model(crops, training=True), weights)
            variables = self._model.trainable_variables
            self._optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
            return loss

        return step

    def _checkpoint(self, loss: float) -> FitProgress:
        auc = float(
            np.nanmean(areas_under_roc(self._held_out.labels, predict(self._model, self._held_out.crops)))
        )
        self._stale = 0 if auc > self._best else self._stale + 1
        if auc > self._best:
            self._best = auc
            self._model.save_weights(self._folder / "best.weights.h5")
        self._model.save_weights(self._folder / "last.weights.h5")
        state = {"step": self._step, "minutes": self._spent, "best": self._best, "stale": self._stale}
        (self._folder / "state.json").write_text(json.dumps(state))
        return FitProgress(self._step, self._spent, loss, auc)

    def _resume(self) -> None:
        path = self._folder / "state.json"
        if path.exists():
            state = json.loads(path.read_text())
            self._model.load_weights(self._folder / "last.weights.h5")
            self._step, self._spent = int(state["step"]), float(state["minutes"])
            self._best, self._stale = float(state["best"]), int(state["stale"])
