"""The user's own tables of OpenFace 2 and py-feat as manifests: labels by a machine, not by a coder."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from tpviewer.core.errors import ParameterError
from tpviewer.importing.tables import header, numbers, read_table
from tpviewer.media.image_sequence import IMAGE_SUFFIXES, list_images
from tpviewer.training.manifest import Entry, Manifest, Place

_VIDEOS = frozenset({".mp4", ".avi", ".mov", ".mkv", ".m4v", ".webm", ".wmv", ".mpg", ".mpeg"})
_LEAST_CONFIDENCE = 0.8
_SURE_PRESENT, _SURE_ABSENT = 0.7, 0.3  # py-feat's probabilities between the two say nothing
_CLOSED = {"AU43": "AU45"}  # py-feat's name of closed eyes

Marks = tuple[int, dict[str, int], dict[str, float]]
"""Frame from 0, labels, intensities."""

Media = Path | list[Path]
"""A video, or images in order."""


def read_openface(folder: Path, every: int = 5) -> Manifest:
    """Read tables of OpenFace 2, each beside its video or folder of frames of the same name.

    Presence (``AU12_c``) is the label, ``AU12_r`` the intensity. Frames without success, of a confidence
    below 0.8, or of a second face are left out.

    Parameters
    ----------
    folder : Path
    every : int
        Take each such frame.

    Raises
    ------
    ParameterError
        If a table or its video is missing or cannot be understood.
    """
    return _read("openface", folder, every, _openface_rows)


def read_pyfeat(folder: Path, every: int = 5) -> Manifest:
    """Read tables of py-feat, each beside its video or folder of frames of the same name.

    Values (``AU12``, 0 to 1) of 0.7 and more are present, of 0.3 and less absent; AU43 is AU45 here. Rows
    without a face are left out, of two faces in a frame the first is taken.

    Parameters
    ----------
    folder : Path
    every : int
        Take each such frame.

    Raises
    ------
    ParameterError
        If a table or its video is missing or cannot be understood.
    """
    return _read("pyfeat", folder, every, _pyfeat_rows)


def _read(kind: str, folder: Path, every: int, rows: Callable[[Path], list[Marks]]) -> Manifest:
    tables = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not tables:
        raise ParameterError(
            f"{folder}: there are no tables (*.csv) in it; give the folder with tables and videos"
        )
    entries: list[Entry] = []
    for file in tables:
        media = _media(file)
        marks = rows(file)
        neutral = next((frame for frame, labels, _ in marks if labels and not any(labels.values())), None)
        beside = None if neutral is None else _place(media, neutral)
        for frame, labels, intensities in marks[::every]:
            place = _place(media, frame)
            span = (place.frame, place.frame + 1)
            entries.append(Entry(place.path, file.stem, span, kind, labels, intensities, beside))
    if not entries:
        raise ParameterError(f"{folder}: no table has a row with a face that was trusted")
    return Manifest(kind, tuple(entries))


def _table(file: Path, columns: Sequence[str], more: Sequence[str] = ()) -> pd.DataFrame:
    """Numbers of some columns, of the lines that tell their frame."""
    if not columns:
        raise ParameterError(f"{file}: there is no column of an Action Unit; give what the program wrote")
    table = read_table(file, ("frame", *columns, *more))
    if "frame" not in table:
        raise ParameterError(f"{file}: the column 'frame' is missing; give what the program wrote")
    return table.apply(partial(numbers, file)).dropna(subset="frame")


def _columns(file: Path, pattern: str) -> dict[str, str]:
    """Action Units by column name."""
    return {name: name[:4] for name in header(file) if re.fullmatch(pattern, name)}


def _openface_rows(file: Path) -> list[Marks]:
    present, graded = _columns(file, r"AU\d\d_c"), _columns(file, r"AU\d\d_r")
    table = _table(file, tuple(present), (*graded, "success", "confidence", "face_id"))
    trusted = np.ones(len(table), bool)
    for column, least in (("success", 1.0), ("confidence", _LEAST_CONFIDENCE)):
        trusted &= (table[column] >= least).to_numpy() if column in table else True
    trusted &= (table["face_id"] == 0).to_numpy() if "face_id" in table else True
    return [
        (
            int(row["frame"]) - 1,
            {au: int(row[name] >= 0.5) for name, au in present.items() if np.isfinite(row[name])},
            {au: float(np.clip(row[name], 0, 5)) for name, au in graded.items() if np.isfinite(row[name])},
        )
        for row in table[trusted].to_dict("records")
    ]


def _pyfeat_rows(file: Path) -> list[Marks]:
    values = _columns(file, r"AU\d\d")
    faces = _table(file, tuple(values)).dropna(subset=list(values), how="all").drop_duplicates("frame")
    return [
        (
            int(row["frame"]),
            {
                _CLOSED.get(au, au): int(row[name] >= _SURE_PRESENT)
                for name, au in values.items()
                if row[name] >= _SURE_PRESENT or row[name] <= _SURE_ABSENT
            },
            {},
        )
        for row in faces.to_dict("records")
    ]


def _media(file: Path) -> Media:
    """The video of a table, or its image or the images of its folder in order."""
    if file.with_suffix("").is_dir():
        return list_images(file.with_suffix(""))
    for path in sorted(path for path in file.parent.iterdir() if path.stem == file.stem):
        if path.suffix.lower() in _VIDEOS:
            return path
        if path.suffix.lower() in IMAGE_SUFFIXES:
            return [path]
    raise ParameterError(
        f"{file}: there is neither a video nor a folder of frames named {file.stem} beside it"
    )


def _place(media: Media, frame: int) -> Place:
    if isinstance(media, Path):
        return Place(media, frame)
    if not 0 <= frame < len(media):
        where = media[0].parent if media else "the folder of frames"
        raise ParameterError(f"{where}: has {len(media)} images, but its table names number {frame} (from 0)")
    return Place(media[frame])
