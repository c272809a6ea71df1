"""The layout of CK+: images, emotion labels and FACS codes in three folders, and the usual damage."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tpviewer.core.errors import ParameterError
from tpviewer.corpus.recording import Recording
from tpviewer.importing.ckplus import EMOTION, FACS, IMAGES, read_emotion, read_facs, truth_file
from tpviewer.media.image_sequence import list_images

_PERSON, _SEQUENCE = re.compile(r"S\d{3}"), re.compile(r"\d{3}")


def read_ckplus_layout(folder: Path) -> tuple[Recording, ...]:
    """Read the folder that holds ``cohn-kanade-images`` and, where they were delivered, the other two.

    A sequence whose files are damaged is listed with what is wrong; hidden files are left out.

    Raises
    ------
    ParameterError
        If there is no ``cohn-kanade-images``.
    """
    images = folder / IMAGES
    if not images.is_dir():
        raise ParameterError(
            f"{images}: there is no such folder; give the folder that holds {IMAGES}, {EMOTION} and {FACS}"
        )
    places = {place.relative_to(images) for place in _places(images)}
    for other in (EMOTION, FACS):
        places |= {place.relative_to(folder / other) for place in _places(folder / other) if _texts(place)}
    return tuple(_recording(folder, place) for place in sorted(places))


def _places(folder: Path) -> Iterator[Path]:
    """Folders of sequences, ``S005/001``, and those of persons in which images lie loose."""
    if not folder.is_dir():
        return
    for person in filter(Path.is_dir, _shown(folder)):
        yield from filter(Path.is_dir, _shown(person))
        if list_images(person):
            yield person


def _shown(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))


def _texts(place: Path) -> list[Path]:
    """Text files of a sequence."""
    return [file for file in _shown(place) if file.suffix == ".txt"]


def _recording(folder: Path, place: Path) -> Recording:
    name = place.as_posix()
    person = place.parts[0] if len(place.parts) == 2 else None
    path = folder / IMAGES / place
    try:
        warning = _check_images(path, place)
        label = _only(folder / EMOTION / place, "_emotion.txt")
        codes = _only(folder / FACS / place, "_facs.txt")
        return Recording(
            name=name,
            person=person,
            label=None if label is None else read_emotion(label),
            path=path,
            warning=warning,
            codes=() if codes is None else tuple(sorted(read_facs(codes).items())),
            truth=_truth(folder, place),
        )
    except ParameterError as error:
        return Recording(name, person, None, path, error=str(error))


def _check_images(path: Path, place: Path) -> str:
    """Refuse what is no whole sequence; a missing frame in its middle is only warned of."""
    if len(place.parts) != 2 or not _PERSON.fullmatch(place.parts[0]) or not _SEQUENCE.fullmatch(place.name):
        raise ParameterError(
            f"{path}: is no sequence of CK+, which are named like S005/001; rename or remove it"
        )
    pictures = list_images(path) if path.is_dir() else []
    if not pictures:
        raise ParameterError(f"{path}: there is no image of this sequence; take them from the data set again")
    numbers = [_number(picture, "_".join(place.parts)) for picture in pictures]
    missing = [number for before, after in pairwise(sorted(numbers)) for number in range(before + 1, after)]
    if not missing:
        return ""
    shown = ", ".join(map(str, missing[:5])) + (", …" if len(missing) > 5 else "")
    return f"{path}: frame {shown} is missing; the sequence is taken without"


def _number(picture: Path, stem: str) -> int:
    match = re.fullmatch(rf"{stem}_(\d+)", picture.stem)
    if match is None:
        raise ParameterError(
            f"{picture}: is not named like the frames of its sequence ({stem}_00000001.png); rename or remove"
            " it"
        )
    if picture.stat().st_size == 0:
        raise ParameterError(f"{picture}: the file is empty; take it from the data set again")
    return int(match[1])


def _only(folder: Path, ending: str) -> Path | None:
    """The one file of a sequence, None where there is none."""
    files = [file for file in _texts(folder) if file.name.endswith(ending)] if folder.is_dir() else []
    if len(files) > 1:
        raise ParameterError(
            f"{folder}: holds {len(files)} files *{ending}, a sequence has one; remove the others"
        )
    return files[0] if files else None


def _truth(folder: Path, place: Path) -> Path | None:
    file = truth_file(folder, *place.parts)
    return file if file.is_file() else None
