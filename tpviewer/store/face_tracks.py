"""The faces that were followed through a video, told in a few numbers each."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.tracking import choose_track
from tpviewer.store.arrays import ArrayTable
from tpviewer.store.faces import FaceColumns
from tpviewer.store.snapshot import FaceTrack

_TRACKS, _LARGEST = "track/list", "track/largest"


def put_tracks(arrays: ArrayTable, columns: FaceColumns, of_face: NDArray[np.int64]) -> None:
    """Store what `stored_tracks` returns: the faces of a long video take long to read.

    Parameters
    ----------
    arrays : ArrayTable
    columns : FaceColumns
        F faces or more, those of the analysed frames first.
    of_face : ndarray of int64, shape (F,)
        Track of each.
    """
    tracks = tracks_of(columns, of_face)
    rows = [(track.number, track.frames, track.first, track.largest, *track.box) for track in tracks]
    arrays.put(_TRACKS, np.array(rows, np.float64).reshape(-1, 8))
    arrays.put(_LARGEST, np.array([largest_track(columns, of_face)] if tracks else [], np.int64))


def stored_tracks(arrays: ArrayTable) -> tuple[tuple[FaceTrack, ...], int | None] | None:
    """Every face that was followed, by number, and the largest's number, None where there is none.

    In a session of an older version it is all None: see `tracks_of` and `largest_track`.
    """
    rows, largest = arrays.get(_TRACKS), arrays.get(_LARGEST)
    if rows is None or largest is None:
        return None
    tracks = tuple(
        FaceTrack(int(number), int(frames), int(first), int(place), (x, y, width, height))
        for number, frames, first, place, x, y, width, height in rows.tolist()
    )
    return tracks, int(largest[0]) if tracks else None


def largest_track(columns: FaceColumns, of_face: NDArray[np.int64]) -> int | None:
    """Number of the face that is largest over the video, see `tracks_of`; None where there is none.

    Parameters
    ----------
    columns : FaceColumns
        F faces or more, those of the analysed frames first.
    of_face : ndarray of int64, shape (F,)
        Track of each.

    Returns
    -------
    int or None
    """
    if not len(of_face):
        return None
    return choose_track(of_face, (columns.box[:, 2] * columns.box[:, 3])[: len(of_face)])


def tracks_of(columns: FaceColumns, of_face: NDArray[np.int64]) -> tuple[FaceTrack, ...]:
    """Every face that was followed, by number.

    Parameters
    ----------
    columns : FaceColumns
        F faces or more, those of the analysed frames first.
    of_face : ndarray of int64, shape (F,)
        Track of each.
    """
    area = (columns.box[:, 2] * columns.box[:, 3])[: len(of_face)]
    tracks = []
    for number in range(int(of_face.max()) + 1 if len(of_face) else 0):
        rows = np.flatnonzero(of_face == number)
        largest = rows[int(np.argmax(area[rows]))]
        x, y, width, height = (float(value) for value in columns.box[largest])
        tracks.append(
            FaceTrack(
                number=number,
                frames=len(rows),
                first=int(columns.frame[rows[0]]),
                largest=int(columns.frame[largest]),
                box=(x, y, width, height),
            )
        )
    return tuple(tracks)
