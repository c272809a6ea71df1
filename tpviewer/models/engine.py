"""A loaded model, ready to classify and to explain."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.au_classifier import NetworkClassifier
from tpviewer.models.lrp_engines import BATCHED, choose_engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET, find_preset
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import build_keras
from tpviewer.models.protocols import AUEngine
from tpviewer.models.quiet import import_keras
from tpviewer.models.relevance_analyzer import BatchedAnalyzer, InnvestigateAnalyzer, LRPAnalyzer
from tpviewer.models.runtime import Runtime


class Engine(AUEngine):
    """Owns TensorFlow's graph for one model; must be used in the thread that made it.

    Parameters
    ----------
    package : ModelPackage
    preset : str
        A key of `tpviewer.models.lrp_presets.PRESETS`.
    relevance_engine : {'batched', 'innvestigate'}
        What computes relevance; see `choose_engine`.

    Raises
    ------
    ParameterError
        If there is no such preset or relevance engine.
    """

    def __init__(
        self, package: ModelPackage, preset: str = DEFAULT_PRESET, relevance_engine: str = BATCHED
    ) -> None:
        rules, network = find_preset(preset), package.network
        chosen = choose_engine(network, relevance_engine)
        self.card = package.card
        self._runtime = Runtime(side_by_side=chosen.name == BATCHED)
        with self._runtime.building():
            model = build_keras(network, import_keras())
        self._classifier = NetworkClassifier(self._runtime, model)
        self._analyzer: LRPAnalyzer = (
            BatchedAnalyzer(self._runtime, network, rules)
            if chosen.name == BATCHED
            else InnvestigateAnalyzer(self._runtime, network, model, preset)
        )

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
