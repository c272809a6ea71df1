"""Logits of a network (paper, section 3.1)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.normalisation import network_input, paired
from tpviewer.models.protocols import TILE, AUClassifier
from tpviewer.models.quiet import import_tensorflow
from tpviewer.models.runtime import Runtime, by_tiles


class NetworkClassifier(AUClassifier):
    """Classifies crops with a Keras network, tile by tile.

    Parameters
    ----------
    runtime : Runtime
        In which `model` was built.
    model : keras.Model
        (n, H, W, 1 or 2) normalised crops to (n, K) logits.
    """

    def __init__(self, runtime: Runtime, model: Any) -> None:
        self._runtime = runtime
        self._channels = model.input_shape[-1]
        self._none = np.zeros((0, model.output_shape[1]), np.float32)
        with runtime.building():
            crops = import_tensorflow().compat.v1.placeholder("float32", (TILE, *model.input_shape[1:]))
            self._run = runtime.callable(model(crops), [crops])
            self._tile(np.zeros((TILE, *model.input_shape[1:3]), np.uint8))

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        """Return logits, before any sigmoid.

        Parameters
        ----------
        crops : (n, H, W) uint8
            Any number of aligned grey crops.
        neutrals : (n, H, W) uint8, optional
            The same people's neutral crops, all zero where there is none.

        Returns
        -------
        (n, K) float32
            A row does not depend on the crops beside it.

        Raises
        ------
        ValueError
            If crops and neutral crops differ in number or size.
        RuntimeError
            If called from another thread than the one that built the network.
        """
        pictures = paired(crops, neutrals)
        with self._runtime.active():
            return np.concatenate([self._none, *by_tiles(self._tile, *pictures, each=self._runtime.each)])

    def _tile(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        return self._run(network_input(crops, neutrals, self._channels))
