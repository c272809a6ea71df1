"""What every picture that leaves the program says of itself: whose it is, and how it was made."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.face_outline import outline_in_crop
from tpviewer.export.provenance import edits_told
from tpviewer.resources import resource
from tpviewer.store.patient import patient_of
from tpviewer.store.session import Session

INTENDED_USE = (
    "For research and teaching. Not a medical device and no diagnosis: a relevance map shows where a network"
    " looked, not what a person feels."
)


def video_name(session: Session, deidentified: bool = False) -> str:
    """Name that stands for a video: the person's pseudonym where there is one, else its file's name.

    Parameters
    ----------
    session : Session
    deidentified : bool
        Never the file's name, which may tell a person's: ``video`` without a pseudonym.
    """
    pseudonym = patient_of(session).pseudonym
    return pseudonym or ("video" if deidentified else Path(session.video.path).name)


def carried(session: Session, profile: str, top_x: float, deidentified: bool = False) -> dict[str, Any]:
    """Program, model and its hash, thresholds, parameters, X and edits, as JSON types.

    Parameters
    ----------
    session : Session
    profile : str
        Name of the results.
    top_x : float
        Percent of the positive relevance that is drawn.
    deidentified : bool
        Leave out who edited and when.
    """
    edits = edits_told(session, profile)
    if edits and deidentified:
        edits = {"count": edits["count"]}
    told = session.provenance | {"results": profile, "top_x": top_x, "intended_use": INTENDED_USE}
    return told | ({"edits": edits} if edits else {}) | {"deidentified": deidentified}


def carried_text(session: Session, profile: str, top_x: float, deidentified: bool = False) -> str:
    """`carried` as one line of JSON."""
    return json.dumps(carried(session, profile, top_x, deidentified), ensure_ascii=True, sort_keys=True)


def neutral_curves(session: Session) -> tuple[NDArray[np.float64], ...]:
    """Lines of the face that is nobody's, in crop pixels of the session's model.

    Parameters
    ----------
    session : Session

    Returns
    -------
    tuple of ndarray of float64, shape (n, 2)
        x and y, whole numbers being pixel centres; one curve per line of `tpviewer.core.face_outline.LINES`.

    Raises
    ------
    TPViewerError
        If the program's drawing is missing, or does not fit the model's crop.
    """
    mesh = np.loadtxt(resource("outline", "mean_face.csv"), delimiter=",", skiprows=1)
    crop = session.model["crop"]
    targets = [(float(x), float(y)) for x, y in crop["targets"]]
    return outline_in_crop(mesh, [int(point) for point in crop["mesh_points"]], targets)
