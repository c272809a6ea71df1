"""The card of a model that this program trained."""

from collections.abc import Sequence
from typing import Any

from tpviewer import __version__
from tpviewer.core.alignment import CANONICAL
from tpviewer.models.architectures import ARCHITECTURES
from tpviewer.models.model_card import NORMALISATION
from tpviewer.models.model_package import CropCard, ModelCard
from tpviewer.training.au_shapes import AUS

_MEANING = (
    "Probability that an Action Unit is present. Rendered faces: intensity of at least 0.25 of the blendshape"
    " (AU25: lip gap of at least 0.022 outer eye corner distances, AU45: closure of at least 0.55)."
    " Not validated by FACS coders; not a medical device."
)
_RENDERED = "rendered ICT-FaceKit faces with exact labels"
_PHOTOGRAPHED = (
    "openly licensed photographs with labels by protocol (neutral, smiling) and by a teacher network"
)
_CREDITS = (
    "ICT-FaceKit, USC Institute for Creative Technologies, MIT licence",
    "Face Research Lab London Set, DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666, CC-BY 4.0",
    "Canadian and composite faces, Face Research Lab, DeBruine & Jones, CC-BY 4.0",
    "MediaPipe FaceLandmarker, Google, Apache-2.0, as teacher for soft labels",
)


def crop_card(side: int) -> CropCard:
    """Where the face lies in a square crop: the canonical crop, scaled about the corner of its first pixel.

    Parameters
    ----------
    side : int
        In pixels.
    """
    scale = side / CANONICAL.width
    targets = tuple(((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5) for x, y in CANONICAL.targets)
    return CropCard(targets=targets, mesh_points=CANONICAL.points)


def make_card(
    thresholds: tuple[float, ...],
    measured: dict[str, Any],
    experimental: tuple[str, ...],
    material: Sequence[str],
    architecture: str,
    channels: int,
    *,
    own_data: bool = False,
) -> ModelCard:
    """Put together an honest card.

    Parameters
    ----------
    thresholds : (K,) tuple of float
    measured : dict
        Quality by data set and Action Unit.
    experimental : tuple of str
    material : sequence of str
        What it was trained on, in numbers.
    architecture : str
        A key of `tpviewer.models.architectures.ARCHITECTURES`.
    channels : int
        1, or 2 with the neutral face.
    own_data : bool
        Whether data sets of the user's own were among the material: the licence is then theirs to judge.
    """
    side = ARCHITECTURES[architecture].side
    kinds = "data sets of the user's own" if own_data else f"{_RENDERED}; {_PHOTOGRAPHED}. No FACS-coded data"
    return ModelCard(
        name=f"TPViewer {architecture}",
        version=__version__,
        aus=AUS,
        thresholds=thresholds,
        input_size=(side, side),
        channels=channels,
        normalisation=NORMALISATION,
        crop=crop_card(side),
        label_meaning=_MEANING,
        training_data=f"{', '.join(material)}: {kinds}.",
        licence="as the licences of the data sets allow" if own_data else "MIT",
        credits=_CREDITS,
        quality=measured,
        experimental=experimental,
    )
