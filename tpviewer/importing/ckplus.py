"""Files of the Extended Cohn-Kanade data set (CK+, Lucey et al. 2010): emotion labels and FACS codes."""

from pathlib import Path

from tpviewer.core.errors import ParameterError

IMAGES, FACS, EMOTION = "cohn-kanade-images", "FACS", "Emotion"
"""Folders of the data set; each holds a folder a person, and in it one a sequence (``S005/001``)."""

TRUTH = "Truth"
"""Folder beside them in rendered corpora: the true course of every Action Unit, by sequence."""

EMOTIONS = ("neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise")
"""Labels in the order of their numbers in the files."""


def truth_file(folder: Path, person: str, sequence: str) -> Path:
    """Where the known truth of a rendered sequence lies."""
    return folder / TRUTH / person / sequence / f"{person}_{sequence}_truth.json"


def read_emotion(file: Path) -> str:
    """Label of a sequence: one of `EMOTIONS`.

    Raises
    ------
    ParameterError
        If the file cannot be read, is empty, or holds anything but one number from 0 to 7.
    """
    text = _text(file).strip()
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not number.is_integer() or not 0 <= number < len(EMOTIONS):
        shown = repr(text[:40]) if text else "nothing"
        raise ParameterError(
            f"{file}: holds {shown}, not the number of an emotion, 0 to {len(EMOTIONS) - 1}; take the file"
            " from the data set again, or remove it if the sequence has no label"
        )
    return EMOTIONS[int(number)]


def read_facs(file: Path) -> dict[int, float]:
    """Intensities 0 to 5 by number of the Action Unit; 0 is not given.

    Raises
    ------
    ParameterError
        If the file cannot be read, or naming the line.
    """
    codes = {}
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            au, intensity = map(float, line.split())
        except ValueError:
            au, intensity = 0.0, 0.0
        if not au.is_integer() or not 1 <= au <= 99 or not 0 <= intensity <= 5:
            raise ParameterError(
                f"{file}, line {number}: {line.strip()!r} is not the number of an Action Unit and its"
                " intensity from 0 to 5"
            )
        codes[int(au)] = intensity
    return codes


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise ParameterError(
            f"{file}: cannot be read ({error.strerror}); check that you may read it"
        ) from error
