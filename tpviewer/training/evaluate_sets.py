"""Labelled material to evaluate a model on: renders of people no training knows, and posed photographs."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.training.crop_cache import cut_crops, load_crops
from tpviewer.training.dataset import LabelledCrops, joined
from tpviewer.training.face_model import load_face_model
from tpviewer.training.manifest import person_number, read_manifest
from tpviewer.training.real_faces import photograph_person, read_photographs
from tpviewer.training.render_crops import render_crop_set

EVALUATION_SEED = 500_000
"""Seeds of renders for evaluation count up from here: far above those of training, below the phantoms'."""

POSES = ("neutral", "smiling")
"""Folders of photographs whose labels follow from what people were asked to do."""

Say = Callable[[str], None]

_CHUNK = 250
_AGE_BANDS = ((0, 17), (18, 24), (25, 34), (35, 49), (50, 120))


@dataclass(frozen=True, eq=False)
class EvaluationSet:
    """Labelled crops with what is known of the people.

    Attributes
    ----------
    name : str
    data : LabelledCrops
    groups : dict of str to ndarray, shape (n,), str
        By attribute (``age``, ``gender``, ``skin``) the group of each crop; empty where unknown.
    without_neutrals : bool
        The neutral faces must not be shown, since they would tell the answer.
    """

    name: str
    data: LabelledCrops
    groups: dict[str, NDArray[np.str_]] = field(default_factory=dict)
    without_neutrals: bool = False


def rendered_set(face_model: Path, n: int, work: Path, say: Say) -> EvaluationSet:
    """Render `n` crops of people whom no training knows; finished chunks are kept in `work`.

    Raises
    ------
    ModelError
        If the face model cannot be read.
    ParameterError
        If `n` is not over 0.
    """
    if n < 1:
        raise ParameterError(f"--renders is {n}; give 1 or more")
    work.mkdir(parents=True, exist_ok=True)
    parts = []
    for number in range(-(-n // _CHUNK)):
        path = work / f"evaluation-{number:04d}.npz"
        if not path.exists():
            part = render_crop_set(load_face_model(face_model), _CHUNK, EVALUATION_SEED + number)
            unfinished = path.with_suffix(".tmp.npz")
            np.savez(unfinished, **{f.name: getattr(part, f.name) for f in fields(LabelledCrops)})
            unfinished.replace(path)
            say(f"rendered {min((number + 1) * _CHUNK, n)} of {n} for evaluation")
        with np.load(path, allow_pickle=False) as data:
            parts.append(LabelledCrops(*(data[f.name] for f in fields(LabelledCrops))))
    return EvaluationSet("renders, unseen people", joined(parts).part(np.arange(n, dtype=np.int64)))


def manifest_set(path: Path, work: Path, say: Say) -> EvaluationSet:
    """Cut the faces that a manifest names; finished ones are kept in `work`.

    Raises
    ------
    MediaError, ParameterError
        If the manifest or one of its files cannot be used, or none shows a face.
    """
    manifest = read_manifest(path)
    for progress in cut_crops(manifest, work):
        say(f"cut {progress.done} of {progress.total} faces of {path.name}")
    data = load_crops(manifest, work)
    known = {person_number(entry.dataset, entry.person): entry for entry in manifest.entries}
    rows = [known[person] for person in data.persons.tolist()]
    groups = {
        "age": [age_band(entry.age) or entry.age for entry in rows],
        "gender": [entry.gender for entry in rows],
        "skin": [entry.skin for entry in rows],
    }
    return EvaluationSet(manifest.name, data, _with_any(groups))


def photograph_set(folder: Path) -> EvaluationSet:
    """Read photographs of posed expressions in ``neutral`` and ``smiling``; labels follow from the folder.

    A file ``*_info.csv`` beside the folders with columns ``face_id`` (stem of the pictures up to the first
    underscore), ``face_age``, ``face_gender``, ``face_eth`` tells who the people are.

    Raises
    ------
    ParameterError
        If there is no photograph with a face.
    """
    data = read_photographs(folder, None)
    groups = _groups(folder, data.persons)
    return EvaluationSet(f"photographs, {folder.name}", data, groups, without_neutrals=True)


def age_band(text: str) -> str:
    """Band of an age in years, such as ``25–34``; empty where it is no number."""
    try:
        years = float(text)
    except ValueError:
        return ""
    return next((f"{low}–{high}" for low, high in _AGE_BANDS if low <= years < high + 1), "")


def _groups(folder: Path, persons: NDArray[np.int64]) -> dict[str, NDArray[np.str_]]:
    known: dict[int, dict[str, str]] = {}
    for path in sorted(folder.glob("*_info.csv")):
        with path.open(newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                known[photograph_person(Path(POSES[0], row.get("face_id") or ""))] = row
    rows = [known.get(person, {}) for person in persons.tolist()]
    return _with_any(
        {
            "age": [age_band(row.get("face_age") or "") for row in rows],
            "gender": [_word(row.get("face_gender")) for row in rows],
            "skin": [_word(row.get("face_eth")) for row in rows],
        }
    )


def _with_any(groups: dict[str, list[str]]) -> dict[str, NDArray[np.str_]]:
    """Attributes that are known of anybody."""
    return {name: np.array(values) for name, values in groups.items() if any(values)}


def _word(text: str | None) -> str:
    return "" if text is None or text in ("NA", "") else text
