"""A face and its Action Units at camera rate: a preview, where speed counts most."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.models.face_mesh import import_mediapipe, is_plausible, silence
from tpviewer.models.mesh_graph import mesh_graph
from tpviewer.models.model_package import ModelPackage
from tpviewer.models.network import build_keras
from tpviewer.models.normalisation import network_input
from tpviewer.models.quiet import import_keras
from tpviewer.models.runtime import Runtime


class LiveFaceMesh:
    """Follows the one largest face from picture to picture, which is several times faster than finding it.

    Notes
    -----
    See `tpviewer.models.face_mesh.FaceMeshDetector`, whose meshes do not depend on the pictures before.
    """

    def __init__(self) -> None:
        _, _, base = import_mediapipe()
        with silence():
            self._mesh = mesh_graph(base, 1, True, ["multi_face_landmarks"])
            self._mesh.process({"image": np.zeros((32, 32, 3), np.uint8)})

    def find(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Mesh of the face, shape (468, 2), pixels; None without a face.

        Parameters
        ----------
        rgb : ndarray, shape (H, W, 3), uint8
            The picture that follows the last one.
        """
        height, width = rgb.shape[:2]
        found = self._mesh.process({"image": np.ascontiguousarray(rgb)}).multi_face_landmarks
        if not found:
            return None
        mesh = found[0] * np.array([width, height, width], np.float64)
        return mesh[:, :2] if is_plausible(mesh, width, height) else None

    def close(self) -> None:
        """Free MediaPipe's graph."""
        self._mesh.close()


class LiveClassifier:
    """Probabilities of one crop at a time, a seventh of the work of the tile that an analysis always runs.

    Must be used in the thread that made it.

    Parameters
    ----------
    package : ModelPackage
    """

    def __init__(self, package: ModelPackage) -> None:
        self._channels = package.card.channels
        self._runtime = Runtime()
        with self._runtime.building():
            self._model = build_keras(package.network, import_keras())
            self._logits(np.zeros(package.card.input_size, np.uint8))

    def probabilities(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probability of each Action Unit, shape (K,), float32.

        Parameters
        ----------
        crop : ndarray, shape (H, W), uint8
            Aligned grey crop. A model that compares with a neutral face is told that there is none.
        """
        with self._runtime.active():
            probabilities: NDArray[np.float32] = expit(self._logits(crop))
        return probabilities

    def _logits(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        normal = network_input(crop[None], None, self._channels)
        logits: NDArray[np.float32] = self._model.predict_on_batch(normal)[0]
        return logits

    def close(self) -> None:
        """Free TensorFlow's session."""
        self._runtime.close()
