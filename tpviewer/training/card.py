"""The card of a model that this program trained."""

from typing import Any

from tpviewer import __version__
from tpviewer.core.alignment import CANONICAL
from tpviewer.models.model_card import NORMALISATION
from tpviewer.models.model_package import CropCard, ModelCard
from tpviewer.training.au_shapes import AUS

_MEANING = (
    "Probability that an Action Unit is present. Rendered faces: intensity of at least 0.25 of the blendshape"
    " (AU25: lip gap of at least 0.022 outer eye corner distances, AU45: closure of at least 0.55)."
    " Not validated by FACS coders; not a medical device."
)
_CREDITS = (
    "ICT-FaceKit, USC Institute for Creative Technologies, MIT licence",
    "Face Research Lab London Set, DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666, CC-BY 4.0",
    "MediaPipe FaceLandmarker, Google, Apache-2.0, as teacher for soft labels",
)


def make_card(
    thresholds: tuple[float, ...],
    measured: dict[str, Any],
    experimental: tuple[str, ...],
    material: str,
) -> ModelCard:
    """Put together an honest card.

    Parameters
    ----------
    thresholds : (K,) tuple of float
    measured : dict
        Quality by data set and Action Unit.
    experimental : tuple of str
    material : str
        What it was trained on, in numbers.
    """
    crop = CropCard(
        targets=tuple((float(x), float(y)) for x, y in CANONICAL.targets), mesh_points=CANONICAL.points
    )
    return ModelCard(
        name="TPViewer small",
        version=__version__,
        aus=AUS,
        thresholds=thresholds,
        input_size=(CANONICAL.height, CANONICAL.width),
        channels=1,
        normalisation=NORMALISATION,
        crop=crop,
        label_meaning=_MEANING,
        training_data=f"{material}: rendered ICT-FaceKit faces with exact labels; openly licensed photographs"
        " with labels by protocol (neutral, smiling) and by a teacher network. No FACS-coded data.",
        licence="MIT",
        credits=_CREDITS,
        quality=measured,
        experimental=experimental,
    )
