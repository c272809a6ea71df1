"""What one stage of a temporal prototype looks like: a frame and the Top-X projections of its clusters."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.errors import MediaError, SessionError
from tpviewer.core.letters import letter
from tpviewer.core.relevance import top_x_mask
from tpviewer.core.stage_grounding import stage_grounding
from tpviewer.core.stages import Stage
from tpviewer.export.neutral_picture import neutral_picture
from tpviewer.media.source import VideoSource, file_identity, open_source
from tpviewer.store.session import Session

SCALE = 4  # pixels of a tile per pixel of the crop


@dataclass(frozen=True)
class Overlay:
    """Top-X projection of one Action Unit's cluster prototype.

    Attributes
    ----------
    au : str
    look : int
        Letter index of the cluster.
    mask : (H, W) bool
        Pixels of the crop that hold the Top-X relevance.
    """

    au: str
    look: int
    mask: NDArray[np.bool_]

    @property
    def label(self) -> str:
        """Label in the paper's notation, for example ``AU02_A``."""
        return f"{self.au}_{letter(self.look)}"


@dataclass(frozen=True)
class StageTile:
    """One stage as a picture.

    Attributes
    ----------
    stage : Stage
    frame : int or None
        The frame that is shown, None when the stage has none that can be shown.
    picture : (H, W) uint8 or None
        The aligned face in grey, `SCALE` times as large as the crop.
    overlays : tuple of Overlay
    elsewhere : frozenset of str
        Action Units for which the network looks elsewhere than where they show on the face.
    """

    stage: Stage
    frame: int | None
    picture: NDArray[np.uint8] | None
    overlays: tuple[Overlay, ...]
    elsewhere: frozenset[str] = frozenset()


def open_video(session: Session, moved_to: Path | None = None) -> VideoSource:
    """Open the video of a session, checked by its hash.

    Raises
    ------
    MediaError
        If it is not where it was, or is another one.
    """
    path = moved_to or Path(session.video.path)
    beside = session.path.resolve().parent / path.name
    if not path.exists() and moved_to is None and beside.exists():
        path = beside
    if not path.exists():
        raise MediaError(f"{path}: the video of {session.path} is not there; say where it lies with --video")
    if file_identity(path)[0] != session.video.sha256:
        raise MediaError(
            f"{path}: not the video that {session.path} was made from; give the right one with --video"
        )
    return open_source(path)


def stage_tiles(
    session: Session, source: VideoSource, profile: str | None = None, top_x: float = 25.0
) -> list[StageTile]:
    """Tiles of the temporal prototype in order (paper, section 3.5 and Figures 4 and 5).

    The frame of a tile is the one of the stage whose maps have the smallest summed distance to the cluster
    prototypes of its Action Units; for NONE it is the one with the smallest probabilities.

    Parameters
    ----------
    session : Session
    source : VideoSource
        The session's video.
    profile : str, optional
        Name of the results; by default those that the window shows.
    top_x : float
        Percent of the positive relevance that is drawn.

    Returns
    -------
    list of StageTile
    """
    prototypes, tiles = _prototypes(session, profile or session.shown()), []
    for stage, overlays, elsewhere in _drawn(session, profile or session.shown(), prototypes, top_x):
        frame, picture = stage_picture(session, source, stage, prototypes)
        tiles.append(StageTile(stage, frame, picture, overlays, elsewhere))
    return tiles


def neutral_tiles(session: Session, profile: str, top_x: float = 25.0) -> list[StageTile]:
    """Tiles as `stage_tiles` gives them, with the drawing of a face in place of the person's.

    No frame of the video is looked at.
    """
    face, seen = neutral_picture(session, SCALE), session.arrays.require("seen")
    return [
        StageTile(stage, None, face if seen[stage.start : stage.stop].any() else None, overlays, elsewhere)
        for stage, overlays, elsewhere in _drawn(session, profile, _prototypes(session, profile), top_x)
    ]


def _prototypes(session: Session, profile: str) -> dict[str, NDArray[np.float32]]:
    return {au: session.prototypes(au, profile) for au in session.clusterings(profile)}


def _drawn(
    session: Session, profile: str, prototypes: Mapping[str, NDArray[np.float32]], top_x: float
) -> Iterator[tuple[Stage, tuple[Overlay, ...], frozenset[str]]]:
    """Stages with what is drawn over them, and the Action Units that the network sees elsewhere."""
    masks = {au: [top_x_mask(p, top_x) for p in maps] for au, maps in prototypes.items()}
    stages, values = session.stages(profile=profile), session.grounding()
    grounded = [{} for _ in stages] if values is None else stage_grounding(values, session.aus, stages)
    for stage, found in zip(stages, grounded, strict=True):
        overlays = tuple(
            Overlay(au, look, masks[_map_source(au, masks)][look])
            for au, look in stage.key
            if _map_source(au, masks) in masks
        )
        yield stage, overlays, frozenset(au for au, one in found.items() if one.elsewhere)


def stage_picture(
    session: Session,
    source: VideoSource | None,
    stage: Stage,
    prototypes: Mapping[str, NDArray[np.float32]],
    scale: int = SCALE,
    most: int | None = None,
) -> tuple[int | None, NDArray[np.uint8] | None]:
    """Frame that stands for a stage and the aligned face in it.

    Parameters
    ----------
    session : Session
    source : VideoSource or None
        The session's video, None where it is missing: then there is no picture.
    stage : Stage
    prototypes : mapping of str to (clusters, H, W) float32
        Cluster prototypes by Action Unit.
    scale : int
        Pixels of the picture per pixel of the crop.
    most : int, optional
        Compare no more frames than this, evenly spread; all by default.

    Returns
    -------
    frame : int or None
        None when no frame of the stage shows the face.
    picture : (H, W) uint8 or None
        In grey.
    """
    frame = representative_frame(session, stage, prototypes, most)
    picture = source.read(frame) if source is not None and frame is not None else None
    if frame is None or picture is None:
        return frame, None
    return frame, _aligned(session, picture, frame, scale)


def _map_source(au: str, known: Container[str]) -> str:
    """The Action Unit whose maps stand for `au`: itself where it has some."""
    return au if au in known else MAP_SOURCE.get(au, au)


def representative_frame(
    session: Session,
    stage: Stage,
    prototypes: Mapping[str, NDArray[np.float32]],
    most: int | None = None,
) -> int | None:
    """Frame of the stage that looks most like it; None when no frame of it shows the face.

    Parameters
    ----------
    session : Session
    stage : Stage
    prototypes : mapping of str to (clusters, H, W) float32
        Cluster prototypes by Action Unit.
    most : int, optional
        Compare no more frames than this, evenly spread; all by default.

    Returns
    -------
    int or None
        The frame that `stage_tiles` describes.
    """
    visible = stage.start + np.flatnonzero(session.arrays.require("seen")[stage.start : stage.stop])
    if not len(visible):
        return None
    if most is not None and len(visible) > most:
        visible = visible[np.linspace(0, len(visible) - 1, most).astype(np.int64)]
    if not stage.key:
        return _calmest(session, visible)
    distances = {int(frame): 0.0 for frame in visible}
    for au, look in stage.key:
        source = _map_source(au, prototypes)
        if source not in prototypes:
            continue
        index = session.aus.index(source)
        mapped = np.intersect1d(session.relevance.frames(index), list(distances))
        distances = {int(frame): distances[int(frame)] for frame in mapped} or distances
        for frame, relevance in zip(mapped, session.relevance.maps(index, mapped), strict=True):
            peak = float(np.abs(relevance).max()) or 1.0
            distances[int(frame)] += float(np.linalg.norm(relevance / peak - prototypes[source][look]))
    return min(distances, key=lambda frame: (distances[frame], frame))


def _calmest(session: Session, frames: NDArray[np.int64]) -> int:
    """Of some frames the one with the smallest sum of probabilities: NONE should not show a blink."""
    logits = session.predictions.logits(int(np.ptp(frames)) + 1, len(session.aus), int(frames[0]))
    activity = expit(logits[frames - frames[0]].astype(np.float64)).sum(axis=1)
    return int(frames[np.argmin(activity)])


def _aligned(session: Session, picture: NDArray[np.uint8], frame: int, scale: int) -> NDArray[np.uint8]:
    height, width = (int(n) for n in session.model["input_size"])
    grow = np.diag([1.0 / scale, 1.0 / scale, 1.0])
    shift = np.array([[1.0, 0.0, 0.5 / scale - 0.5], [0.0, 1.0, 0.5 / scale - 0.5], [0.0, 0.0, 1.0]])
    to_frame = session.arrays.require("crop_to_frame")[frame]
    if not np.isfinite(to_frame).all():
        raise SessionError(
            f"{session.path}: frame {frame} has a face but no alignment; analyse the video again"
        )
    return warp_grey(picture, to_frame @ shift @ grow, width * scale, height * scale)


def warp_grey(
    picture: NDArray[np.uint8], tile_to_frame: NDArray[np.float64], width: int, height: int
) -> NDArray[np.uint8]:
    """Warp an RGB frame into a grey tile of `height` x `width` pixels.

    Parameters
    ----------
    picture : (H, W, 3) uint8
    tile_to_frame : (2, 3) float64
        Brings pixels of the tile to pixels of the frame; whole numbers are pixel centres.
    width, height : int

    Returns
    -------
    (height, width) uint8
        What lies beyond the frame repeats its edge.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE  # as `crop_face` shows the model what lies beyond the frame
    tile = cv2.warpAffine(grey, tile_to_frame[:2], (width, height), flags=flags, borderMode=border)
    return np.asarray(tile, dtype=np.uint8)
