"""Manifests: readable tables that say where faces are and which Action Units they show.

A manifest is a CSV file with a header and one row for an image or for frames of a video:

``path``
    Image or video, relative to the manifest's folder.
``person``
    Who is seen; people are never split between training and held-out data.
``frame`` (optional)
    Frame of a video, from 0, or a half-open range of frames, ``120-180``, which all show the same. Empty: 0.
``dataset`` (optional)
    Name of the data set; persons of one name in two data sets are two people. Empty: the manifest's name.
``AU01``, ``AU12``, …
    1 present, 0 absent, empty: nothing is known.
``AU01_i``, …
    Intensity, 0 to 5, empty: unknown. Where an Action Unit has no label, one follows from the intensity:
    present from 2 (FACS: B), absent at 0; a trace (A) is left open.
``neutral`` (optional)
    The same person's neutral face: a path, a frame of the row's own video, or ``path#frame``.
``age``, ``gender``, ``skin`` (optional)
    For quality by group.
"""

import csv
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tpviewer.core.errors import ParameterError

_AU = re.compile(r"(AU\d\d)(_i)?")
_PLAIN = ("path", "person", "frame", "dataset", "neutral", "age", "gender", "skin")
_PRESENT_FROM = 2.0


@dataclass(frozen=True, order=True)
class Place:
    """A frame of a file.

    Attributes
    ----------
    path : Path
    frame : int
        From 0.
    """

    path: Path
    frame: int = 0


@dataclass(frozen=True)
class Entry:
    """One row.

    Attributes
    ----------
    path : Path
    person : str
    frames : (int, int)
        Half-open range.
    dataset : str
    labels : mapping of str to int
        1 present, 0 absent; what is not known is not in it.
    intensities : mapping of str to float
        0 to 5.
    neutral : Place, optional
    age, gender, skin : str
        Empty where not known.
    """

    path: Path
    person: str
    frames: tuple[int, int] = (0, 1)
    dataset: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)
    intensities: Mapping[str, float] = field(default_factory=dict)
    neutral: Place | None = None
    age: str = ""
    gender: str = ""
    skin: str = ""

    def label(self, au: str) -> int | None:
        """1 present, 0 absent, None not known; from the intensity where there is no label."""
        if au in self.labels or au not in self.intensities:
            return self.labels.get(au)
        intensity = self.intensities[au]
        return 1 if intensity >= _PRESENT_FROM else 0 if intensity == 0 else None


@dataclass(frozen=True)
class Manifest:
    """Rows of one file.

    Attributes
    ----------
    name : str
    entries : tuple of Entry
    """

    name: str
    entries: tuple[Entry, ...]

    def places(self) -> Iterator[tuple[Place, Entry]]:
        """Every single frame, with its row."""
        for entry in self.entries:
            for frame in range(*entry.frames):
                yield Place(entry.path, frame), entry

    def digest(self) -> str:
        """Short hash of all that it says, by which kept crops are recognised."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def person_number(dataset: str, person: str) -> int:
    """Number of a person, the same in every run; beyond all numbers of rendered people."""
    digest = hashlib.sha256(f"{dataset}\0{person}".encode()).digest()
    return (1 << 61) | int.from_bytes(digest[:8], "big") >> 3


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    ParameterError
        Naming file, line and column of what cannot be understood.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            header = [name.strip() for name in next(rows, [])]
            _check_header(path, header)
            entries = tuple(_Row(path, rows.line_num, header, row).entry() for row in rows if any(row))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ParameterError(f"{path}: cannot be read as a CSV file in UTF-8 ({error})") from error
    if not entries:
        raise ParameterError(
            f"{path}: has no rows; a manifest needs one row for each image or range of frames"
        )
    return Manifest(path.stem, entries)


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest; `read_manifest` gives it back."""
    labelled = sorted({au for entry in manifest.entries for au in entry.labels})
    graded = sorted({au for entry in manifest.entries for au in entry.intensities})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*_PLAIN, *labelled, *(f"{au}_i" for au in graded)])
        for entry in manifest.entries:
            known = [entry.labels.get(au, "") for au in labelled]
            rows.writerow([*_plain(entry, path), *known, *(_grade(entry, au) for au in graded)])


def _plain(entry: Entry, manifest: Path) -> list[str]:
    start, stop = entry.frames
    frames = f"{start}-{stop}" if stop != start + 1 else f"{start}" if start else ""
    neutral = ""
    if entry.neutral is not None:
        own = entry.neutral.path == entry.path
        number = f"#{entry.neutral.frame}" if entry.neutral.frame else ""
        neutral = f"{entry.neutral.frame}" if own else _relative(entry.neutral.path, manifest) + number
    place = [_relative(entry.path, manifest), entry.person, frames, entry.dataset, neutral]
    return [*place, entry.age, entry.gender, entry.skin]


def _grade(entry: Entry, au: str) -> str:
    return f"{entry.intensities[au]:g}" if au in entry.intensities else ""


def _relative(path: Path, manifest: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), manifest.resolve().parent)).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def _check_header(path: Path, header: list[str]) -> None:
    for needed in ("path", "person"):
        if needed not in header:
            raise ParameterError(f"{path}, line 1: the column '{needed}' is missing")
    for name in header:
        if name not in _PLAIN and not _AU.fullmatch(name):
            raise ParameterError(
                f"{path}, line 1: the column '{name}' is not known; there are {', '.join(_PLAIN)}, AU01,"
                " AU01_i, …"
            )
        if header.count(name) > 1:
            raise ParameterError(f"{path}, line 1: the column '{name}' is there twice")
    if not any(map(_AU.fullmatch, header)):
        raise ParameterError(f"{path}, line 1: there is no column of an Action Unit, such as AU01")


class _Row:
    def __init__(self, path: Path, line: int, header: list[str], row: list[str]) -> None:
        self._path, self._line = path, line
        if len(row) != len(header):
            raise ParameterError(f"{path}, line {line}: has {len(row)} fields, but the header {len(header)}")
        self._values = {name: value.strip() for name, value in zip(header, row, strict=True)}

    def entry(self) -> Entry:
        path = self._path.parent / self._needed("path")
        labels: dict[str, int] = {}
        intensities: dict[str, float] = {}
        for column, value in self._values.items():
            name = _AU.fullmatch(column)
            if name and value and name[2]:
                intensities[name[1]] = self._intensity(column, value)
            elif name and value:
                labels[name[1]] = self._label(column, value)
        groups = {name: self._values.get(name, "") for name in ("age", "gender", "skin")}
        return Entry(
            path=path,
            person=self._needed("person"),
            frames=self._frames(),
            dataset=self._values.get("dataset") or self._path.stem,
            labels=labels,
            intensities=intensities,
            neutral=self._neutral(path),
            **groups,
        )

    def _wrong(self, column: str, must: str) -> ParameterError:
        value = self._values.get(column, "")
        return ParameterError(f"{self._path}, line {self._line}, column '{column}': {value!r} {must}")

    def _needed(self, column: str) -> str:
        if not self._values[column]:
            raise self._wrong(column, "must not be empty")
        return self._values[column]

    def _label(self, column: str, value: str) -> int:
        if value not in ("0", "1"):
            raise self._wrong(column, "must be 1 (present), 0 (absent) or empty (not known)")
        return int(value)

    def _intensity(self, column: str, value: str) -> float:
        try:
            intensity = float(value)
        except ValueError:
            intensity = -1.0
        if not 0 <= intensity <= 5:
            raise self._wrong(column, "must be an intensity from 0 to 5, or empty (not known)")
        return intensity

    def _frames(self) -> tuple[int, int]:
        value = self._values.get("frame", "") or "0"
        numbers = re.fullmatch(r"(\d+)(?:-(\d+))?", value)
        if not numbers:
            raise self._wrong("frame", "must be a frame from 0, such as 12, or a range, such as 12-40")
        start = int(numbers[1])
        stop = int(numbers[2]) if numbers[2] else start + 1
        if stop <= start:
            raise self._wrong("frame", "must end after it begins; ranges are half-open")
        return start, stop

    def _neutral(self, path: Path) -> Place | None:
        value = self._values.get("neutral", "")
        if not value:
            return None
        if value.isascii() and value.isdigit():
            return Place(path, int(value))
        name, number = re.fullmatch(r"(.+?)(?:#(\d+))?", value, re.DOTALL).groups()  # type: ignore[union-attr]
        return Place(self._path.parent / name, int(number or 0))
