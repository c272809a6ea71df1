"""Relevance maps of a network by layer-wise relevance propagation (paper, section 3.2)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_presets import Factory
from tpviewer.models.normalisation import network_input, paired
from tpviewer.models.protocols import TILE, RelevanceAnalyzer
from tpviewer.models.runtime import Runtime, by_tiles


class LRPAnalyzer(RelevanceAnalyzer):
    """Computes LRP maps with iNNvestigate, tile by tile.

    Propagation starts from the logit's own value, so it can be asked about Action Units that are not seen.

    Parameters
    ----------
    runtime : Runtime
        In which `model` was built.
    model : keras.Model
        (n, H, W, 1 or 2) normalised crops to (n, K) logits.
    preset : Factory
        See `tpviewer.models.lrp_presets`.
    """

    def __init__(self, runtime: Runtime, model: Any, preset: Factory) -> None:
        self._runtime = runtime
        self._outputs: int = model.output_shape[1]
        self._channels: int = model.input_shape[-1]
        with runtime.building():
            self._analyzer = preset(model)
            self._tile(np.zeros(TILE, int), np.zeros((TILE, *model.input_shape[1:3]), np.uint8))

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        """Return one map per crop, each for its own Action Unit.

        Parameters
        ----------
        crops : (n, H, W) uint8
            Any number of aligned grey crops; the same crop may come several times.
        au_index : (n,) int
            Position of the Action Unit in the model's order.
        neutrals : (n, H, W) uint8, optional
            The same people's neutral crops, all zero where there is none.

        Returns
        -------
        (n, H, W) float32
            Signed, summed over channels: what the neutral crop says counts at its place. A map
            does not depend on the crops beside it.

        Raises
        ------
        IndexError
            If there is no such Action Unit.
        ValueError
            If crops, Action Units and neutral crops differ in number, or crops in size.
        RuntimeError
            If called from another thread than the one that built the network.
        """
        if len(crops) != len(au_index):
            raise ValueError(f"{len(crops)} crops, but {len(au_index)} Action Units")
        if not np.isin(au_index, np.arange(self._outputs)).all():
            raise IndexError(f"the model has Action Units 0 to {self._outputs - 1}")
        with self._runtime.active():
            maps = by_tiles(self._tile, au_index, *paired(crops, neutrals))
        return np.concatenate([np.zeros((0, *crops.shape[1:]), np.float32), *maps])

    def _tile(
        self,
        au_index: NDArray[np.int_],
        crops: NDArray[np.uint8],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        normal = network_input(crops, neutrals, self._channels)
        maps = self._analyzer.analyze(normal, neuron_selection=au_index)
        summed: NDArray[np.float32] = maps.sum(axis=-1)
        return summed
