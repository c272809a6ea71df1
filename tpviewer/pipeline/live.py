"""One picture of a camera: where the face is and how likely each Action Unit; nothing is stored."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import similarity
from tpviewer.media.crop import crop_face
from tpviewer.models.live_face import LiveClassifier, LiveFaceMesh
from tpviewer.models.model_package import ModelPackage


@dataclass(frozen=True, eq=False)
class LiveFace:
    """What is seen in one picture.

    Attributes
    ----------
    box : (float, float, float, float)
        x, y, width and height of the face as shares of the picture's width and height.
    probabilities : ndarray of float32, shape (K,)
        Per Action Unit, in the model's order.
    """

    box: tuple[float, float, float, float]
    probabilities: NDArray[np.float32]


class LiveReader:
    """Reads one picture after the other with one model; to be used in one thread.

    The face is followed from picture to picture, and each picture stands for itself: the anchors are not
    smoothed over time, as an analysis does it, and a model that compares with a neutral face goes without.

    Parameters
    ----------
    package : ModelPackage

    Attributes
    ----------
    path : Path
        Of the model package.
    """

    def __init__(self, package: ModelPackage) -> None:
        self.path: Path = package.path
        self._card = package.card
        self._mesh = LiveFaceMesh()
        self._classifier = LiveClassifier(package)

    def read(self, rgb: NDArray[np.uint8]) -> LiveFace | None:
        """Find the face and its Action Units; None without a face.

        Parameters
        ----------
        rgb : ndarray, shape (H, W, 3), uint8
        """
        mesh = self._mesh.find(rgb)
        if mesh is None:
            return None
        height, width = self._card.input_size
        anchors = mesh[list(self._card.crop.mesh_points)]
        crop = crop_face(rgb, similarity(anchors, self._card.crop.targets), width, height)
        return LiveFace(_box(mesh, rgb.shape[1], rgb.shape[0]), self._classifier.probabilities(crop))

    def close(self) -> None:
        """Free what belongs to it."""
        self._mesh.close()
        self._classifier.close()


def _box(mesh: NDArray[np.float64], width: int, height: int) -> tuple[float, float, float, float]:
    low, high = mesh.min(axis=0), mesh.max(axis=0)
    x, y = (low / (width, height)).tolist()
    w, h = ((high - low) / (width, height)).tolist()
    return x, y, w, h
