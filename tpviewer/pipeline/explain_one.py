"""Relevance on demand: "why was AU4 not seen here?" (method, section 4)."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import MediaError, ParameterError, SessionError
from tpviewer.media.source import VideoSource
from tpviewer.models.protocols import RelevanceAnalyzer
from tpviewer.pipeline.face_crop import face_crop
from tpviewer.pipeline.neutral import NeutralCrops, beside
from tpviewer.store.session import Session


def explain_one(
    video_source: VideoSource,
    session: Session,
    engine: RelevanceAnalyzer,
    frame: int,
    au: str,
    neutrals: NeutralCrops | None = None,
) -> NDArray[np.float32]:
    """Compute the relevance map of one Action Unit in one frame, whatever its probability.

    Parameters
    ----------
    video_source : VideoSource
        The session's video.
    session : Session
        With the face followed; nothing is written.
    engine : RelevanceAnalyzer
        With the session's model and preset.
    frame : int
    au : str
        An Action Unit of the model.
    neutrals : NeutralCrops, optional
        Keeps the neutral face from one question to the next.

    Returns
    -------
    (H, W) float32
        Signed, as the analysis computes it.

    Raises
    ------
    ParameterError
        If the model does not know the Action Unit, or the frame does not exist or shows no face.
    SessionError
        If the face has not been followed, or the neutral face not been looked for yet.
    MediaError
        If the frame or those of the neutral face cannot be decoded.
    """
    if au not in session.aus:
        raise ParameterError(f"the model does not know {au}; it knows {', '.join(session.aus)}")
    to_frame = session.arrays.get("crop_to_frame")
    if to_frame is None:
        raise SessionError(f"{session.path}: the face was not followed yet; analyse the video first")
    if not 0 <= frame < len(to_frame):
        raise ParameterError(f"there is no frame {frame}; frames 0 to {len(to_frame) - 1} were analysed")
    if not np.isfinite(to_frame[frame]).all():
        raise ParameterError(f"no face was found in frame {frame}, so nothing can be explained in it")
    height, width = session.model["input_size"]
    crop = face_crop(video_source.read(frame), to_frame[frame], (int(height), int(width)))
    if crop is None:
        raise MediaError(f"{session.video.path}: frame {frame} cannot be decoded")
    neutral = (neutrals or NeutralCrops()).of(video_source, session)
    asked = np.array([session.aus.index(au)])
    relevance = engine.relevance(crop[None], asked, beside(crop[None], neutral))
    return np.asarray(relevance[0])
