"""Logits of a network (paper, section 3.1)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.normalisation import normalise_crop
from tpviewer.models.protocols import TILE, AUClassifier
from tpviewer.models.runtime import Runtime, by_tiles


class NetworkClassifier(AUClassifier):
    """Classifies crops with a Keras network, tile by tile.

    Parameters
    ----------
    runtime : Runtime
        In which `model` was built.
    model : keras.Model
        (n, H, W, 1) normalised crops to (n, K) logits.
    """

    def __init__(self, runtime: Runtime, model: Any) -> None:
        self._runtime = runtime
        self._model = model
        self._none = np.zeros((0, model.output_shape[1]), np.float32)
        with runtime.building():
            self._tile(np.zeros((TILE, *model.input_shape[1:3]), np.uint8))

    def logits(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return logits, before any sigmoid.

        Parameters
        ----------
        crops : (n, H, W) uint8
            Any number of aligned grey crops.

        Returns
        -------
        (n, K) float32
            A row does not depend on the crops beside it.

        Raises
        ------
        RuntimeError
            If called from another thread than the one that built the network.
        """
        with self._runtime.active():
            return np.concatenate([self._none, *by_tiles(self._tile, crops)])

    def _tile(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        logits: NDArray[np.float32] = self._model.predict_on_batch(normalise_crop(crops))
        return logits
