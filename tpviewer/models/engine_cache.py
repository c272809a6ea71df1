"""One built model that several analyses and questions share."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.lrp_engines import BATCHED
from tpviewer.models.protocols import AUEngine

if TYPE_CHECKING:
    from tpviewer.models.model_package import ModelPackage


class _Lent(AUEngine):
    """An engine whose borrower may close it without an effect."""

    def __init__(self, engine: AUEngine) -> None:
        self._engine = engine

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        return self._engine.logits(crops, neutrals)

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        return self._engine.relevance(crops, au_index, neutrals)

    def close(self) -> None:
        """Leave the engine to the cache."""


class EngineCache:
    """Keeps the engine that was built last; building one takes seconds.

    Used in one thread only, the one in which TensorFlow is called.
    """

    def __init__(self) -> None:
        self._key: tuple[str, str, str] | None = None
        self._engine: AUEngine | None = None

    def holds(self, package: "ModelPackage", preset: str) -> bool:
        """Whether an engine for a model and a preset is built already, whatever computes its relevance."""
        return self._key is not None and self._key[:2] == (package.sha256, preset)

    def lend(self, package: "ModelPackage", preset: str, relevance_engine: str = BATCHED) -> AUEngine:
        """Return an engine for a model and a preset; the one before it is freed where it is another.

        Raises
        ------
        ParameterError
            If there is no such preset or relevance engine.
        """
        from tpviewer.models.engine import Engine

        key = (package.sha256, preset, relevance_engine)
        if self._engine is None or self._key != key:
            self.close()
            self._engine = Engine(package, preset, relevance_engine)
            self._key = key
        return _Lent(self._engine)

    def close(self) -> None:
        """Free the engine."""
        if self._engine is not None:
            self._engine.close()
        self._engine, self._key = None, None
