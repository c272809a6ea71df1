"""What the rest of the program needs of a face detector and of an Action Unit model."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.tracking import FaceObservation

TILE = 16
"""Crops per run of the network. Always this many (padded), so that no number depends on the batch size."""


class FaceDetector(Protocol):
    """Finds the faces of one frame."""

    def detect(self, rgb: NDArray[np.uint8]) -> list[FaceObservation]:
        """Return the faces in an (H, W, 3) uint8 RGB picture."""
        ...

    def close(self) -> None:
        """Free what the detector holds."""
        ...


class AUClassifier(Protocol):
    """Tells how strongly each Action Unit shows (paper, section 3.1)."""

    def logits(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, K) float32 logits of (n, H, W) uint8 grey crops.

        `neutrals`, (n, H, W) uint8, holds beside each crop the same person's neutral one, all zero where
        there is none; None is none at all. A model that takes the frame alone ignores it.
        """
        ...


class RelevanceAnalyzer(Protocol):
    """Tells which pixels spoke for or against an Action Unit (paper, section 3.2)."""

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        """Return (n, H, W) float32 signed relevance of (n, H, W) uint8 crops, each for its own Action Unit.

        `au_index` holds n positions in the model's order of Action Units; `neutrals` as for `logits`. The
        relevance of a place is the sum over the frame's crop and the neutral one.
        """
        ...


class AUEngine(AUClassifier, RelevanceAnalyzer, Protocol):
    """A loaded model: classifier and analyzer together."""

    def close(self) -> None:
        """Free what the engine holds; it cannot be used afterwards."""
        ...
