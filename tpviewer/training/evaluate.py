"""What a model is worth: on labelled crops, on clips of real people and on sequences of known truth."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import ParameterError
from tpviewer.models.engine import Engine
from tpviewer.models.model_package import ModelCard, ModelPackage, load_package
from tpviewer.pipeline.analyze import analyze
from tpviewer.store.session import Session
from tpviewer.store.truth import read_truth, truth_of_face
from tpviewer.training.calibration import first_half
from tpviewer.training.evaluate_clips import ClipRow, clip_agreement
from tpviewer.training.evaluate_crops import by_model, crop_logits, measure_set
from tpviewer.training.evaluate_events import AUEvents, events_of
from tpviewer.training.evaluate_sets import (
    EVALUATION_SEED,
    POSES,
    EvaluationSet,
    manifest_set,
    photograph_set,
    rendered_set,
)
from tpviewer.training.evaluation import Evaluation
from tpviewer.training.explanation_sets import (
    ExplainedFaces,
    filmed_faces,
    photographed_faces,
    rendered_faces,
)
from tpviewer.training.explanations import explanation_quality
from tpviewer.training.face_model import load_face_model
from tpviewer.training.measure import areas_under_roc, choose_thresholds

Say = Callable[[str], None]

_RENDERS = "renders:"
_EXPLAINED = 200  # faces whose relevance is looked at
_VIDEOS = {".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v"}


@dataclass(frozen=True)
class Material:
    """What to evaluate on.

    Attributes
    ----------
    face_models, manifests, photographs, clips, sequences : tuple of Path
        Face models to render; tables of labelled faces; folders with ``neutral`` and ``smiling``; videos for
        the teacher; videos with their known truth beside them.
    """

    face_models: tuple[Path, ...] = ()
    manifests: tuple[Path, ...] = ()
    photographs: tuple[Path, ...] = ()
    clips: tuple[Path, ...] = ()
    sequences: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Settings:
    """How to evaluate.

    Attributes
    ----------
    work : Path
        Folder for renders, faces and the teacher's curves; kept, so that another model takes less time.
    teacher : Path or None
        MediaPipe's ``face_landmarker.task``; needed for clips.
    renders : int
        Crops to render of each face model.
    keep_thresholds : bool
        Take the card's; otherwise they are chosen for the best F1 on one half of the people.
    explanations : bool
        Measure the relevance maps too; takes minutes.
    """

    work: Path
    teacher: Path | None = None
    renders: int = 2000
    keep_thresholds: bool = True
    explanations: bool = False


def sort_material(words: Sequence[str]) -> Material:
    """Tell what each word of the command line is.

    Raises
    ------
    ParameterError
        If there is no such file or folder, or nothing in it that can be used.
    """
    found: dict[str, list[Path]] = {kind.name: [] for kind in fields(Material)}
    for word in words:
        if word.startswith(_RENDERS):
            found["face_models"].append(Path(word.removeprefix(_RENDERS)))
        elif any((Path(word) / pose).is_dir() for pose in POSES):
            found["photographs"].append(Path(word))
        elif Path(word).suffix.lower() == ".csv":
            found["manifests"].append(Path(word))
        else:
            for video in _videos(Path(word)):
                known = video.with_suffix(".json").is_file()
                found["sequences" if known else "clips"].append(video)
    return Material(**{name: tuple(paths) for name, paths in found.items()})


def evaluate(model: Path, material: Material, settings: Settings, say: Say) -> Evaluation:
    """Measure a model.

    Parameters
    ----------
    model : Path
        Model package.
    material : Material
    settings : Settings
    say : callable
        Told what is being done.

    Raises
    ------
    ModelError, MediaError, ParameterError
        If the model or some of the material cannot be used.
    """
    package = load_package(model)
    clips = _clips(model, material.clips, settings, say)
    parts = list(_sets(material, settings, say))
    sets, thresholds = _measured(package, parts, settings.keep_thresholds, say)
    events = [event for video in material.sequences for event in _events(model, video, say)]
    explained = dict(_explained(material, say)) if settings.explanations else {}
    found = explanation_quality(package, explained, say=say) if explained else {}
    return Evaluation(package, thresholds, sets, clips, events, found)


def _videos(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ParameterError(f"{path}: there is no such file or folder; check the name")
    videos = sorted(file for file in path.iterdir() if file.suffix.lower() in _VIDEOS)
    if not videos:
        raise ParameterError(
            f"{path}: no videos, and no folders {' or '.join(POSES)}; give a folder with either"
        )
    return videos


def _sets(material: Material, settings: Settings, say: Say) -> Iterator[EvaluationSet]:
    for path in material.face_models:
        yield rendered_set(path, settings.renders, settings.work / "renders", say)
    for path in material.manifests:
        yield manifest_set(path, settings.work / "crops", say)
    for folder in material.photographs:
        say(f"reading {folder}")
        yield photograph_set(folder)


def _clips(model: Path, clips: Sequence[Path], settings: Settings, say: Say) -> list[ClipRow]:
    rows = []
    for clip in clips:
        if settings.teacher is None:
            raise ParameterError(
                f"{clip}: a clip without known truth needs --teacher FILE (MediaPipe's face_landmarker.task)"
            )
        say(f"following {clip.name}")
        rows += clip_agreement(model, [clip], settings.teacher, settings.work)
    return rows


def _measured(
    package: ModelPackage, parts: list[EvaluationSet], keep: bool, say: Say
) -> tuple[list[dict[str, Any]], tuple[float, ...]]:
    """Figures of all sets, those with neutral faces also without, and the thresholds that they are for."""
    card = package.card
    if not parts:
        return [], card.thresholds
    shown = [variant for part in parts for variant in _variants(part, card.channels)]
    with closing(Engine(package)) as engine:
        logits = [crop_logits(engine, part.data, not part.without_neutrals) for part in shown]
    thresholds = card.thresholds if keep else _chosen(card, shown[0], logits[0])
    sets = []
    for part, values in zip(shown, logits, strict=True):
        say(f"measuring {part.name}")
        sets.append(measure_set(card.aus, part, values, thresholds))
    return sets, thresholds


def _variants(part: EvaluationSet, channels: int) -> list[EvaluationSet]:
    if channels == 1 or part.without_neutrals:
        return [part]
    return [part, replace(part, name=f"{part.name}, neutral face not shown", without_neutrals=True)]


def _chosen(card: ModelCard, part: EvaluationSet, logits: NDArray[np.float32]) -> tuple[float, ...]:
    """Best thresholds on half of the people; the card's where there are too few cases to tell."""
    half = first_half(part.data.persons)
    labels = by_model(card.aus, part.data.labels, -1)[half]
    decided = np.isfinite(areas_under_roc(labels, logits[half]))
    best = choose_thresholds(labels, logits[half])
    return tuple(
        new if known else old for new, old, known in zip(best, card.thresholds, decided, strict=True)
    )


def _events(model: Path, video: Path, say: Say) -> Iterator[AUEvents]:
    truths = read_truth(video.with_suffix(".json"))
    say(f"analysing {video.name}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sequence.tpv"
        with closing(analyze(video, path, model=model)) as events:
            for _ in events:
                pass
        with Session(path) as session:
            yield from events_of(session, truth_of_face(session, truths), video.name)


def _explained(material: Material, say: Say) -> Iterator[tuple[str, ExplainedFaces]]:
    for path in material.face_models:
        say("rendering faces to explain")
        yield "renders", rendered_faces(load_face_model(path), _EXPLAINED, EVALUATION_SEED)
    for folder in material.photographs:
        yield f"photographs, {folder.name}", photographed_faces(folder)
    if material.clips:
        yield "clips", filmed_faces(material.clips)
