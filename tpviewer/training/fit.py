"""Fit a network to labelled crops; a stopped fit goes on from its last checkpoint."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.models.architectures import ARCHITECTURES, build
from tpviewer.models.quiet import import_tensorflow
from tpviewer.training.au_shapes import AUS
from tpviewer.training.batches import Batches
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.inputs import predict
from tpviewer.training.loss import answer_entropy, label_weights, masked_entropy
from tpviewer.training.measure import areas_under_roc

_WARM_UP = 100
_CHECKPOINTS = 20  # of a fit whose length is given in steps
_SECONDS = 60.0  # between checkpoints of a fit whose length is given in minutes
# what a resumed fit cannot change
_SAME = ("architecture", "channels", "batch", "seed", "loss_mask", "bfloat16", "spoil", "committee")
_BEFORE: dict[str, Any] = {"spoil": True, "committee": []}  # of fits that do not name it


@dataclass(frozen=True)
class FitParams:
    """How to fit.

    Attributes
    ----------
    minutes : float
        Time of the whole fit, over all its runs.
    steps : int, optional
        Length in steps instead, where results must not depend on the computer's speed.
    architecture : str
        A key of `tpviewer.models.architectures.ARCHITECTURES`.
    channels : int
        2: the person's neutral face is the second channel; 1: it is not used.
    shares : tuple of float
        Share of each data set in a batch; empty: as the roots of their sizes.
    batch : int
        Crops per step.
    rate : float
        Highest learning rate of Adam; falls to 0 along a cosine.
    patience : int
        Checkpoints without a better mean area under the ROC curve before it stops.
    loss_mask : bool
        False: a missing label counts as absent. Only a study of the mask wants that.
    bfloat16 : bool
        Compute activations and gradients in bfloat16, with weights in float32: faster on processors that have
        it (AVX512-BF16, AMX), slower on others.
    seed : int
    spoil : bool
        See `tpviewer.training.augment.augment`.
    committee : tuple of str
        Weights of earlier fits with the same architecture and channels, ``best.weights.h5``. Not labels but
        the mean of their logits is learnt then, from the weights of the first; the last checkpoint counts.
    """

    minutes: float = 15.0
    steps: int | None = None
    architecture: str = "small"
    channels: int = 2
    shares: tuple[float, ...] = ()
    batch: int = 32
    rate: float = 1e-3
    patience: int = 30
    loss_mask: bool = True
    bfloat16: bool = False
    seed: int = 0
    spoil: bool = True
    committee: tuple[str, ...] = ()


@dataclass(frozen=True)
class FitProgress:
    """State after a checkpoint.

    Attributes
    ----------
    step : int
    minutes : float
        Spent so far, over all runs.
    minutes_left : float
    steps_per_second : float
        Since the last checkpoint.
    loss : float
        Of the last step.
    held_out_auc : tuple of float
        Mean area under the ROC curve of each held-out set.
    best : bool
        Whether this is the best checkpoint so far, by the mean over the held-out sets.
    """

    step: int
    minutes: float
    minutes_left: float
    steps_per_second: float
    loss: float
    held_out_auc: tuple[float, ...]
    best: bool


def fit(
    sets: Sequence[LabelledCrops],
    held_out: Sequence[LabelledCrops],
    folder: Path,
    params: FitParams,
    start: Path | None = None,
) -> Iterator[FitProgress]:
    """Fit a network and keep its best checkpoint as ``best.weights.h5`` in `folder`.

    Parameters
    ----------
    sets : sequence of LabelledCrops
    held_out : sequence of LabelledCrops
        Persons that are in none of the `sets`; each set counts alike when checkpoints are compared. Without
        any the last checkpoint is the best.
    folder : Path
        Checkpoints; a fit that was stopped goes on from them, with the optimiser's state.
    params : FitParams
    start : Path, optional
        Weights to start from, ``best.weights.h5`` of another fit.

    Yields
    ------
    FitProgress
        Once a minute, or 20 times in a fit whose length is given in steps.

    Raises
    ------
    ParameterError
        If the folder holds a fit with other parameters, a value makes no sense, or weights of the committee
        are not there or of another network.
    """
    folder.mkdir(parents=True, exist_ok=True)
    yield from _Run(sets, held_out, folder, params, start).checkpoints()


def best_network(folder: Path, params: FitParams) -> Any:
    """Return the Keras model of the best checkpoint.

    Raises
    ------
    ParameterError
        If no checkpoint has been written yet.
    """
    path = folder / "best.weights.h5"
    if not path.is_file():
        raise ParameterError(f"{folder}: the fit has no checkpoint yet; give it more time with --minutes")
    model = _network(replace(params, bfloat16=False))
    model.load_weights(path)
    return model


def mean_network(folders: Sequence[Path], params: FitParams) -> Any:
    """Return the Keras model whose weights are the means of those of several fits.

    Where the fits come from the same weights, that network answers about as all of them do in the mean
    (Wortsman et al. 2022, Model soups, ICML); where they do not, it is of no use.

    Parameters
    ----------
    folders : sequence of Path
        Of fits with the same architecture and channels.
    params : FitParams

    Raises
    ------
    ParameterError
        If weights are not there or of another network.
    """
    plain = replace(params, bfloat16=False)
    networks = [_member(folder / "best.weights.h5", plain) for folder in folders]
    weights = zip(*(network.get_weights() for network in networks), strict=True)
    networks[0].set_weights([np.mean(parts, axis=0) for parts in weights])
    return networks[0]


def _member(path: Path, params: FitParams) -> Any:
    """Return a network of the committee.

    Raises
    ------
    ParameterError
        If the weights are not there or do not fit.
    """
    if not path.is_file():
        raise ParameterError(f"{path}: no such weights; name the --work folder of a fit for --committee")
    model = _network(params)
    try:
        model.load_weights(path)
    except (OSError, ValueError) as error:
        raise ParameterError(
            f"{path}: these are not the weights of a network '{params.architecture}' with {params.channels}"
            " channels; give a committee of one architecture"
        ) from error
    return model


def _fixed(params: FitParams) -> dict[str, Any]:
    """Parameters that a resumed fit cannot change, as JSON gives them back."""
    fixed = asdict(params)
    return {key: list(fixed[key]) if isinstance(fixed[key], tuple) else fixed[key] for key in _SAME}


def _network(params: FitParams) -> Any:
    side = ARCHITECTURES[params.architecture].side
    precision = import_tensorflow().keras.mixed_precision
    precision.set_global_policy("mixed_bfloat16" if params.bfloat16 else "float32")
    try:
        return build(params.architecture, (side, side), params.channels, len(AUS))
    finally:
        precision.set_global_policy("float32")


class _Run:
    def __init__(
        self,
        sets: Sequence[LabelledCrops],
        held_out: Sequence[LabelledCrops],
        folder: Path,
        params: FitParams,
        start: Path | None,
    ) -> None:
        self._held_out, self._folder, self._params = held_out, folder, params
        self._tensorflow = import_tensorflow()
        self._tensorflow.keras.utils.set_random_seed(params.seed)
        self._model = _network(params)
        self._committee = [_member(Path(path), params) for path in params.committee]
        if self._committee:
            self._model.set_weights(self._committee[0].get_weights())
        if start is not None:
            self._model.load_weights(start)
        self._optimizer = self._tensorflow.keras.optimizers.Adam(params.rate)
        self._optimizer.build(self._model.trainable_variables)  # before a checkpoint is read into it
        self._state = self._tensorflow.train.Checkpoint(model=self._model, optimizer=self._optimizer)
        labels = np.concatenate([part.labels for part in sets])
        self._train_step = self._tensorflow.function(self._make_step(label_weights(self._seen(labels))))
        side = ARCHITECTURES[params.architecture].side
        self._batches = Batches(
            sets, params.shares, params.batch, side, params.channels, params.seed, spoil=params.spoil
        )
        self._step, self._spent, self._best, self._stale = 0, 0.0, 0.0, 0
        self._resume()

    def checkpoints(self) -> Iterator[FitProgress]:
        if self._done():
            return
        earlier, began = self._spent, time.monotonic()
        saved, saved_step = began, self._step
        for inputs, labels in self._batches.follow(self._step):
            self._optimizer.learning_rate = self._rate()
            loss = self._train_step(inputs, self._seen(labels))
            self._step += 1
            now = time.monotonic()
            self._spent = earlier + (now - began) / 60
            if self._due(now - saved):
                rate = (self._step - saved_step) / max(now - saved, 1e-9)
                yield self._checkpoint(float(loss), rate)
                saved, saved_step = time.monotonic(), self._step
            if self._done():
                return

    def _share(self) -> float:
        """How much of the fit is done, 0 to 1."""
        if self._params.steps is not None:
            return min(1.0, self._step / self._params.steps)
        return min(1.0, self._spent / self._params.minutes)

    def _done(self) -> bool:
        return self._share() >= 1 or self._stale >= self._params.patience

    def _due(self, seconds: float) -> bool:
        if self._share() >= 1:
            return True
        if self._params.steps is not None:
            return self._step % max(1, self._params.steps // _CHECKPOINTS) == 0
        return seconds > _SECONDS

    def _rate(self) -> float:
        warm = min(1.0, (self._step + 1) / _WARM_UP)
        return self._params.rate * warm * 0.5 * (1 + float(np.cos(np.pi * self._share())))

    def _seen(self, labels: NDArray[Any]) -> NDArray[Any]:
        """Labels as the loss takes them: a study of the mask lets missing ones count as absent."""
        return labels if self._params.loss_mask else np.maximum(labels, 0)

    def _make_step(self, weights: NDArray[np.float32]) -> Any:
        def step(inputs: Any, labels: Any) -> Any:
            answers = [member(inputs, training=False) for member in self._committee]
            with self._tensorflow.GradientTape() as tape:
                logits = self._model(inputs, training=True)
                if answers:
                    loss = answer_entropy(self._tensorflow.add_n(answers) / len(answers), logits)
                else:
                    loss = masked_entropy(labels, logits, weights)
            variables = self._model.trainable_variables
            self._optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
            return loss

        return step

    def _checkpoint(self, loss: float, rate: float) -> FitProgress:
        areas = tuple(_mean_area(part.labels, predict(self._model, part)) for part in self._held_out)
        score = float(np.mean(areas)) if areas else 0.0
        better = not areas or score > self._best or not (self._folder / "best.weights.h5").exists()
        better = better or bool(self._committee)  # labels do not judge what was not learnt from them
        self._best, self._stale = (score, 0) if better else (self._best, self._stale + 1)
        if better:
            self._model.save_weights(self._folder / "best.weights.h5")
        self._save()
        left = self._spent * (1 / max(self._share(), 1e-6) - 1)
        return FitProgress(self._step, self._spent, left, rate, loss, areas, better)

    def _save(self) -> None:
        """Write the state; the file that names the weights comes last, so that a stop leaves a whole one."""
        name = f"last-{self._step}"
        self._state.write(str(self._folder / name))
        state = {
            **_fixed(self._params),
            **{"step": self._step, "minutes": self._spent, "best": self._best, "stale": self._stale},
            "weights": name,
        }
        unfinished = self._folder / "state.json.tmp"
        unfinished.write_text(json.dumps(state), encoding="utf-8")
        unfinished.replace(self._folder / "state.json")
        for old in self._folder.glob("last-*"):
            if old.stem != name:
                old.unlink()

    def _resume(self) -> None:
        path = self._folder / "state.json"
        if not path.exists():
            return
        state = json.loads(path.read_text(encoding="utf-8"))
        for key, value in _fixed(self._params).items():
            earlier = state.get(key, _BEFORE.get(key))
            if earlier != value:
                raise ParameterError(
                    f"{self._folder}: holds a fit with {key} = {earlier}, not {value}; choose another --work"
                    " folder or delete it"
                )
        self._state.read(str(self._folder / state["weights"]))
        self._step, self._spent = int(state["step"]), float(state["minutes"])
        self._best, self._stale = float(state["best"]), int(state["stale"])


def _mean_area(labels: NDArray[np.int8], logits: NDArray[np.float32]) -> float:
    areas = areas_under_roc(labels, logits)
    return float(np.nanmean(areas)) if np.isfinite(areas).any() else 0.5
