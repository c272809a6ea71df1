"""Pictures of stages for the library: a face, and where the looks of its Action Units lie in it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.activity import MAP_SOURCE
from tpviewer.core.errors import MediaError
from tpviewer.core.relevance import top_x_mask
from tpviewer.core.stages import Stage
from tpviewer.export.library import LibraryEntry
from tpviewer.export.stage_tiles import stage_picture
from tpviewer.media.source import VideoSource, open_source
from tpviewer.store.session import Session

_MOST_COMPARED = 8
_TOP_X = 25.0


@dataclass(frozen=True, eq=False)
class LibraryTile:
    """What one stage of a session looks like.

    Attributes
    ----------
    stage : Stage
    picture : (H, W) uint8 or None
        The aligned face in grey, as large as the model's crop; None without a video.
    masks : tuple of (str, (H, W) bool)
        Action Units and the pixels that hold the Top-25 relevance of their looks.
    card : mapping
        Card of the model, JSON types.
    """

    stage: Stage
    picture: NDArray[np.uint8] | None
    masks: tuple[tuple[str, NDArray[np.bool_]], ...]
    card: dict[str, Any]


def library_tiles(entry: LibraryEntry, stages: Sequence[Stage], faces: bool) -> Iterator[LibraryTile]:
    """Make pictures of some stages of a session.

    Parameters
    ----------
    entry : LibraryEntry
    stages : sequence of Stage
        With whatever letters; the looks that are drawn are the session's own.
    faces : bool
        Take faces from the video, where it lies in its place and is as large as it was.

    Raises
    ------
    SessionError
        If the session cannot be read.
    """
    with ExitStack() as opened:
        session = opened.enter_context(Session(entry.path))
        source = _source(session) if faces else None
        if source is not None:
            opened.enter_context(source)
        known = session.clusterings(entry.profile)
        prototypes = {au: session.prototypes(au, entry.profile) for au in known}
        for stage in stages:
            own = _with_own_letters(entry, stage)
            _, picture = stage_picture(session, source, own, prototypes, 1, _MOST_COMPARED)
            looks = [(au, prototypes.get(au, prototypes.get(MAP_SOURCE.get(au, au))), k) for au, k in own.key]
            masks = [(au, top_x_mask(maps[k], _TOP_X)) for au, maps, k in looks if maps is not None]
            yield LibraryTile(stage, picture, tuple(masks), session.model)


def _source(session: Session) -> VideoSource | None:
    """The video of a session; None where it is not there, or another one lies in its place."""
    record = session.video
    for path in (Path(record.path), session.path.resolve().parent / Path(record.path).name):
        if path.is_dir() or (path.is_file() and path.stat().st_size == record.size):
            try:
                return open_source(path)
            except MediaError:
                return None
    return None


def _with_own_letters(entry: LibraryEntry, stage: Stage) -> Stage:
    """The stage with the letters that its session has for the longest time in it."""
    frames: dict[str, dict[int, int]] = {au: {} for au, _ in stage.key}
    for own in entry.own:
        shared = min(own.stop, stage.stop) - max(own.start, stage.start)
        for au, look in own.key if shared > 0 else ():
            if au in frames:
                frames[au][look] = frames[au].get(look, 0) + shared
    looks = {au: max(found, key=lambda look: (found[look], -look)) for au, found in frames.items() if found}
    return replace(stage, key=tuple((au, looks[au]) for au, _ in stage.key if au in looks))
