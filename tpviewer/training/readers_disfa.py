"""DISFA (Mavadati et al. 2013) as a manifest: intensities 0 to 5 of every frame, by two cameras."""

import re
from pathlib import Path

from tpviewer.core.errors import ParameterError
from tpviewer.training.manifest import Entry, Manifest, Place

_DATASET = "DISFA"
_LABELS = re.compile(r"(SN\d+)_au(\d+)\.txt", re.IGNORECASE)


def read_disfa(folder: Path, every: int = 5) -> Manifest:
    """Read the folder that holds ``ActionUnit_Labels`` and the videos of one or both cameras.

    Frames count from 1 in the files. Where an intensity is trace (1) its Action Unit stays unlabelled. The
    neutral face of a person is the first frame in which every Action Unit is 0.

    Parameters
    ----------
    folder : Path
    every : int
        Take each such frame: those between hardly differ.

    Raises
    ------
    ParameterError
        If something is missing, or a label file cannot be understood.
    """
    coded = _label_files(folder)
    entries: list[Entry] = []
    for person, files in sorted(coded.items()):
        videos = sorted(
            path
            for path in folder.rglob("*.avi")
            if re.search(rf"Video{person}(_|\.)", path.name, re.IGNORECASE)
        )
        if videos:
            entries += _entries(person, videos, {au: _intensities(file) for au, file in files.items()}, every)
    if not entries:
        raise ParameterError(f"{folder}: no video belongs to the labels (LeftVideoSN001_comp.avi, …)")
    return Manifest("disfa", tuple(entries))


def _label_files(folder: Path) -> dict[str, dict[str, Path]]:
    coded: dict[str, dict[str, Path]] = {}
    for file in sorted(folder.rglob("*.txt")):
        name = _LABELS.fullmatch(file.name)
        if name:
            coded.setdefault(name[1].upper(), {})[f"AU{int(name[2]):02d}"] = file
    if not coded:
        raise ParameterError(
            f"{folder}: there are no label files (ActionUnit_Labels/SN001/SN001_au1.txt, …); give"
            " DISFA's folder"
        )
    return coded


def _intensities(file: Path) -> dict[int, float]:
    """Intensity by frame from 0."""
    found = {}
    for number, line in enumerate(file.read_text(encoding="ascii", errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        values = re.fullmatch(r"\s*(\d+)\s*,\s*([0-5])\s*", line)
        if not values or int(values[1]) < 1:
            raise ParameterError(
                f"{file}, line {number}: {line.strip()!r} is not a frame from 1 and an intensity from 0 to 5"
            )
        found[int(values[1]) - 1] = float(values[2])
    if not found:
        raise ParameterError(f"{file}: holds no labels")
    return found


def _entries(person: str, videos: list[Path], coded: dict[str, dict[int, float]], every: int) -> list[Entry]:
    frames = sorted(set().union(*coded.values()))
    calm = (f for f in frames if all(values.get(f) == 0 for values in coded.values()))
    neutral = next(calm, None)
    return [
        Entry(
            path=video,
            person=person,
            frames=(frame, frame + 1),
            dataset=_DATASET,
            intensities={au: values[frame] for au, values in coded.items() if frame in values},
            neutral=None if neutral is None else Place(video, neutral),
        )
        for video in videos
        for frame in frames[::every]
    ]
