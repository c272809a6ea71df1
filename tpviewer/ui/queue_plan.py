"""What is to be done with a video of the queue: as its session was made, with the model of the settings."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tpviewer.core.errors import EmptySessionError, MediaError
from tpviewer.store.kept import Keep
from tpviewer.store.session import Session
from tpviewer.ui.document import Document, document_of
from tpviewer.ui.queue import Plan

if TYPE_CHECKING:
    from tpviewer.pipeline.params import Params


def plan_of(
    path: Path, again: bool, spare_folder: Path, model: Path | None, keep_crops: bool, keep: Keep
) -> Plan:
    """Find the session of a video and whether it holds the results of this model already.

    Parameters
    ----------
    path : Path
        A video, an image, a folder of images, or a session.
    again : bool
        Analyse even where there is nothing new.
    spare_folder : Path
        Sessions of videos in folders that cannot be written go here.
    model : Path or None
        Model package, None for the bundled one.
    keep_crops : bool
        Store the aligned pictures of the face.
    keep : {'spread', 'all', 'top99', 'prototypes'}
        Relevance maps that are kept.

    Raises
    ------
    MediaError, ModelError, SessionError
        If the video is not there, or model or session cannot be read.
    """
    from tpviewer.pipeline.params import Params

    if not path.exists():
        raise MediaError(f"{path}: no such file or folder; check the name, or its drive")
    document = document_of(path, spare_folder)
    if document.video is None:
        raise MediaError(
            f"{document.expected}: the video of {path} is not there; open it and say where it is"
        )
    document.session.parent.mkdir(parents=True, exist_ok=True)
    params = Params(keep_crops=keep_crops, keep=keep)
    if not document.session.exists():
        return Plan(document.video, document.session, params, model)
    return _plan_on(document, document.video, again, model, params)


def _plan_on(document: Document, video: Path, again: bool, model: Path | None, params: "Params") -> Plan:
    """Go on with a session as it was begun: face, and for the same model Action Units and thresholds too."""
    with Session(document.session) as session:
        try:
            known = session.provenance
        except EmptySessionError:
            return Plan(video, document.session, params, model)
        same = known["model_sha256"] == _sha256(model)
        if session.complete and same and not again:
            return Plan(video, document.session, None, model)
        used = known["parameters"]
    aus, neutral = used.get("aus"), used.get("neutral")
    params = replace(
        params,
        face=used.get("face"),
        neutral=(neutral[0], neutral[1]) if neutral is not None else None,
    )
    if same:
        chosen = tuple(aus) if aus is not None else None
        params = replace(params, aus=chosen, thresholds=dict(used.get("thresholds", {})))
    return Plan(video, document.session, params, model)


def _sha256(model: Path | None) -> str:
    from tpviewer.models.default import default_package_path
    from tpviewer.models.model_package import load_package

    return load_package(model or default_package_path()).sha256
