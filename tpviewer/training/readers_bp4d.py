"""BP4D (Zhang et al. 2014) as a manifest: occurrence codes of every frame, frames as images."""

import csv
import re
from pathlib import Path

from tpviewer.core.errors import ParameterError
from tpviewer.media.image_sequence import list_images
from tpviewer.training.manifest import Entry, Manifest, Place

_DATASET = "BP4D"
_CODES = re.compile(r"([FM]\d+)_(T\d+)\.csv", re.IGNORECASE)
_ABSENT, _PRESENT, _MISSING = "0", "1", "9"


def read_bp4d(folder: Path, every: int = 5) -> Manifest:
    """Read the occurrence codes (``AU_OCC/F001_T1.csv``) and the frames (``…/F001/T1/0001.jpg``) of a folder.

    The first line of a table holds the numbers of the Action Units, the first field of each other line the
    frame's number, which is the name of its image; 9 is not coded. Frames without an image are left out. The
    neutral face is the first coded frame of the task in which nothing is present.

    Parameters
    ----------
    folder : Path
    every : int
        Take each such frame: those between hardly differ.

    Raises
    ------
    ParameterError
        If something is missing, or a table cannot be understood.
    """
    tables = [(file, name) for file in sorted(folder.rglob("*.csv")) if (name := _CODES.fullmatch(file.name))]
    if not tables:
        raise ParameterError(
            f"{folder}: there are no occurrence codes (AU_OCC/F001_T1.csv, …); give BP4D's folder"
        )
    entries: list[Entry] = []
    for file, name in tables:
        images = _images(folder, name[1], name[2])
        if images:
            entries += _entries(name[1].upper(), images, read_occurrence(file), every)
    if not entries:
        raise ParameterError(f"{folder}: no images belong to the codes (F001/T1/0001.jpg, …)")
    return Manifest("bp4d", tuple(entries))


def read_occurrence(file: Path) -> dict[int, dict[str, int]]:
    """Labels by frame number and Action Unit; what is not coded is not in it.

    Raises
    ------
    ParameterError
        Naming the line.
    """
    with file.open(encoding="ascii", errors="replace", newline="") as stream:
        rows = csv.reader(stream)
        header = [value.strip() for value in next(rows, [])]
        if len(header) < 2 or not all(number.isdigit() and int(number) < 100 for number in header[1:]):
            raise ParameterError(f"{file}, line 1: must hold the numbers of the Action Units")
        aus = [f"AU{int(number):02d}" for number in header[1:]]
        found = {}
        for row in rows:
            codes = [value.strip() for value in row]
            if not any(codes):
                continue
            good = len(codes) == len(header) and codes[0].isdigit()
            if not good or not set(codes[1:]) <= {_ABSENT, _PRESENT, _MISSING}:
                raise ParameterError(
                    f"{file}, line {rows.line_num}: must hold a frame's number and {len(aus)} codes of"
                    " 0, 1 or 9"
                )
            known = zip(aus, codes[1:], strict=True)
            found[int(codes[0])] = {au: int(code) for au, code in known if code != _MISSING}
    return found


def _images(folder: Path, person: str, task: str) -> dict[int, Path]:
    """Images by their number."""
    found: dict[int, Path] = {}
    for place in sorted(folder.rglob(f"{person}/{task}")):
        if place.is_dir():
            found |= {int(path.stem): path for path in list_images(place) if path.stem.isdigit()}
    return found


def _entries(
    person: str, images: dict[int, Path], coded: dict[int, dict[str, int]], every: int
) -> list[Entry]:
    calm = [
        frame for frame, labels in coded.items() if frame in images and labels and not any(labels.values())
    ]
    neutral = Place(images[min(calm)]) if calm else None
    chosen = [frame for frame in sorted(coded) if coded[frame] and frame in images][::every]
    return [Entry(images[frame], person, (0, 1), _DATASET, coded[frame], {}, neutral) for frame in chosen]
