"""Relevance maps and face mesh of single frames, read from a session that may still be growing."""

import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import SessionError
from tpviewer.core.relevance import mass_map
from tpviewer.store.session import Session

_KEPT = 64
_NOT_NOW = (SessionError, sqlite3.Error, zlib.error, KeyError, ValueError)


@dataclass(frozen=True, eq=False)
class FrameMap:
    """One relevance map and its mass map (`tpviewer.core.relevance.mass_map`).

    Attributes
    ----------
    relevance, mass : (H, W) float32
        In crop pixels.
    """

    relevance: NDArray[np.float32]
    mass: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FrameFindings:
    """What a session holds of one frame.

    Attributes
    ----------
    maps : mapping of str to FrameMap
        By Action Unit; those with a stored map.
    mesh : (P, 2) float32 or None
        Of the chosen face, pixels of the frame.
    """

    maps: Mapping[str, FrameMap] = field(default_factory=dict)
    mesh: NDArray[np.float32] | None = None


class FindingsReader:
    """Findings by frame, those of the last frames kept; for one thread.

    A session that is missing, locked or half written is what a running analysis looks like: then nothing is
    found, and nothing is kept, so that the next look may find it.

    Parameters
    ----------
    path : Path or None
        Session file.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._session: Session | None = None
        self._aus: tuple[str, ...] = ()
        self._boxes: NDArray[np.float32] | None = None
        self._kept: dict[int, FrameFindings] = {}

    def __contains__(self, frame: int) -> bool:
        return self._path is None or frame in self._kept

    def kept(self, frame: int) -> FrameFindings | None:
        """Return what is known of a frame if it need not be read."""
        return FrameFindings() if self._path is None else self._kept.get(frame)

    def at(self, frame: int) -> FrameFindings:
        """Return what is known of a frame."""
        if self._path is None or frame in self._kept:
            return self._kept.get(frame, FrameFindings())
        try:
            session = self._opened(self._path)
            findings = FrameFindings(self._maps(session, frame), self._mesh(session, frame))
        except _NOT_NOW:
            self.release()
            return FrameFindings()
        self._kept[frame] = findings
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return findings

    def release(self) -> None:
        """Let go of the file while nobody asks, so that a writer can tidy it up and a user delete it."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _opened(self, path: Path) -> Session:
        if self._session is None:
            self._session = Session(path)
            self._aus = self._session.aus
            self._boxes = self._session.arrays.get("track/box")
        return self._session

    def _maps(self, session: Session, frame: int) -> dict[str, FrameMap]:
        maps = {}
        for index, au in enumerate(self._aus):
            relevance = session.relevance.get(index, frame)
            if relevance is not None:
                maps[au] = FrameMap(relevance, mass_map(relevance))
        return maps

    def _mesh(self, session: Session, frame: int) -> NDArray[np.float32] | None:
        """Mesh of the face that was followed: its box is stored per frame."""
        faces = session.faces.at(frame)
        if not faces or self._boxes is None or frame >= len(self._boxes):
            return faces[0].mesh if len(faces) == 1 else None
        box = self._boxes[frame]
        if not np.isfinite(box).all():
            return None
        return min(faces, key=lambda face: float(np.abs(face.box - box).sum())).mesh
