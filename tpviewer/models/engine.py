"""A loaded model, ready to classify and to explain."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.au_classifier import NetworkClassifier
from tpviewer.models.lrp_presets import DEFAULT_PRESET, find_preset
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import build_keras
from tpviewer.models.protocols import AUEngine
from tpviewer.models.quiet import import_keras
from tpviewer.models.relevance_analyzer import LRPAnalyzer
from tpviewer.models.runtime import Runtime


class Engine(AUEngine):
    """Owns TensorFlow's graph for one model; must be used in the thread that made it.

    Parameters
    ----------
    package : ModelPackage
    preset : str
        A key of `tpviewer.models.lrp_presets.PRESETS`.

    Raises
    ------
    ParameterError
        If there is no such preset.
    """

    def __init__(self, package: ModelPackage, preset: str = DEFAULT_PRESET) -> None:
        factory = find_preset(preset)
        self.card = package.card
        self._runtime = Runtime()
        with self._runtime.building():
            model = build_keras(package.network, import_keras())
        self._classifier = NetworkClassifier(self._runtime, model)
        self._analyzer = LRPAnalyzer(self._runtime, model, factory)

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, K) float32 logits; see `NetworkClassifier.logits`."""
        return self._classifier.logits(crops, neutrals)

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        """Return (n, H, W) float32 relevance; see `LRPAnalyzer.relevance`."""
        return self._analyzer.relevance(crops, au_index, neutrals)

    def close(self) -> None:
        """Free TensorFlow's session; the engine cannot be used afterwards."""
        self._runtime.close()
