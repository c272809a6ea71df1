"""What a model is trained on and held against: renders, photographs, data sets of the user's own."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tpviewer.core.errors import ParameterError
from tpviewer.training.dataset import LabelledCrops, joined, split_by_person

Say = Callable[[str], None]

RENDERS, PHOTOGRAPHS = "held-out renders", "held-out people, photographs"
"""Names of the held-out sets in a card; those of manifests are called after them."""

KEPT = ("renders", "photo-renders", "crops")
"""What the names of folders with material begin with, beside which fits are kept."""

_HELD_OUT = {"renders": 0.05, "photographs": 0.3, "manifest": 0.2}  # share of the people
_PHOTOGRAPHS = 0.06  # share in a batch beside other sets: more, and a fit learns the few by heart
_PHOTO_RENDERS = 0.15  # the same of photographs rendered, whose people are few and heads hardly turned


@dataclass(frozen=True)
class Sources:
    """Where training material comes from.

    Attributes
    ----------
    work : Path
        Folder for renders and crops, which are kept.
    face_model : Path, optional
        None: nothing is rendered.
    renders, photo_renders : int
        Numbers of renders of random people and of photographed ones.
    faces : Path, optional
        Photographs.
    teacher : Path, optional
    manifests : tuple of Path
    seed : int
        Decides who is held out.
    jobs : int
        Processes that render.
    vary : bool
        See `tpviewer.training.render_store.render_chunks`.
    """

    work: Path
    face_model: Path | None = None
    renders: int = 0
    photo_renders: int = 0
    faces: Path | None = None
    teacher: Path | None = None
    manifests: tuple[Path, ...] = ()
    seed: int = 0
    jobs: int = 1
    vary: bool = True


@dataclass
class TrainSets:
    """Crops to train on, and crops of other people.

    Attributes
    ----------
    training : list of LabelledCrops
    weights : list of float
        Share of each of `training` in a batch, before they are brought to a sum of 1.
    held_out : dict of str to LabelledCrops
    material : list of str
        What `training` is, in words.
    """

    training: list[LabelledCrops] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    held_out: dict[str, LabelledCrops] = field(default_factory=dict)
    material: list[str] = field(default_factory=list)

    def add(self, crops: LabelledCrops, what: str) -> None:
        """Take crops for training that count by the root of their number."""
        self._add(crops, what, float(np.sqrt(len(crops))))

    def add_share(self, crops: LabelledCrops, what: str, share: float) -> None:
        """Take crops that make up a share of each batch, beside the sets that are there already."""
        others = sum(self.weights)
        self._add(crops, what, others * share / (1 - share) if others else 1.0)

    def _add(self, crops: LabelledCrops, what: str, weight: float) -> None:
        self.training.append(crops)
        self.weights.append(weight)
        self.material.append(f"{len(crops)} {what}")

    def measured(self) -> list[LabelledCrops]:
        """Sets by which checkpoints are compared: held-out renders, and all held-out real faces together."""
        real = [crops for name, crops in self.held_out.items() if name != RENDERS]
        return [self.held_out[RENDERS]] * (RENDERS in self.held_out) + ([joined(real)] if real else [])


def gather(sources: Sources, say: Say) -> TrainSets:
    """Render, cut and split by person; every part goes on where it was stopped.

    Raises
    ------
    ParameterError
        If there is no source, or one with a single person.
    TPViewerError
        If a source cannot be read.
    """
    if sources.face_model is None and sources.faces is None and not sources.manifests:
        raise ParameterError("nothing to train on; give --face-model, --faces or --data")
    if sources.photo_renders and (sources.faces is None or sources.face_model is None):
        raise ParameterError("--photo-renders needs --face-model and --faces, whose calm faces are rendered")
    sets = TrainSets()
    if sources.face_model is not None and sources.renders:
        folder = sources.work / ("renders" if sources.vary else "renders-textbook")
        crops = _rendered(sources.face_model, folder, sources.renders, sources.jobs, say, vary=sources.vary)
        training, sets.held_out[RENDERS] = _split(crops, "renders", "renders", sources.seed)
        sets.add(training, "rendered faces")
    for path in sources.manifests:
        _add_manifest(sets, path, sources, say)
    if sources.faces is not None:
        _add_photographs(sets, sources.faces, sources, say)
    return sets


def _add_manifest(sets: TrainSets, path: Path, sources: Sources, say: Say) -> None:
    from tpviewer.training.crop_cache import cut_crops, load_crops
    from tpviewer.training.manifest import read_manifest

    manifest, folder = read_manifest(path), sources.work / "crops"
    for progress in cut_crops(manifest, folder):
        say(
            f"{manifest.name}: {progress.done} of {progress.total} frames cut, {progress.faceless} without"
            f" a face, {progress.seconds_left / 60:.0f} min left"
        )
    training, held_out = _split(load_crops(manifest, folder), "manifest", str(path), sources.seed)
    sets.held_out[f"held-out people, {manifest.name}"] = held_out
    sets.add(training, f"frames of {manifest.name}")


def _add_photographs(sets: TrainSets, faces: Path, sources: Sources, say: Say) -> None:
    from tpviewer.training.real_faces import calm_photographs, photograph_person, read_photographs

    data = read_photographs(faces, sources.teacher)
    say(f"{len(data)} photographs of {len(np.unique(data.persons))} people")
    training, held_out = _split(data, "photographs", str(faces), sources.seed)
    sets.held_out[PHOTOGRAPHS] = held_out
    if sources.photo_renders and sources.face_model is not None:
        unseen = set(held_out.persons.tolist())
        calm = [path for path in calm_photographs(faces) if photograph_person(path) not in unseen]
        if not calm:
            raise ParameterError(f"{faces}: no photographs of calm faces (in neutral/) for --photo-renders")
        names = hashlib.sha256("\n".join(map(str, calm)).encode()).hexdigest()[:12]
        folder = sources.work / f"photo-renders-{names}"
        crops = _rendered(sources.face_model, folder, sources.photo_renders, sources.jobs, say, calm)
        sets.add_share(crops, f"renders of {len(calm)} photographed people", _PHOTO_RENDERS)
    sets.add_share(training, "photographs", _PHOTOGRAPHS)


def _rendered(
    face_model: Path,
    folder: Path,
    n: int,
    jobs: int,
    say: Say,
    photos: list[Path] | None = None,
    *,
    vary: bool = True,
) -> LabelledCrops:
    from tpviewer.training.render_store import load_chunks, render_chunks

    what = "rendered" if photos is None else "photographs rendered,"
    for done in render_chunks(face_model, folder, n, jobs, photos or (), vary=vary):
        say(f"{what} {done} of {n}")
    return load_chunks(folder, n)


def _split(crops: LabelledCrops, kind: str, source: str, seed: int) -> tuple[LabelledCrops, LabelledCrops]:
    if len(np.unique(crops.persons)) < 2:
        raise ParameterError(f"{source}: shows a single person; at least two are needed, one to be held out")
    return split_by_person(crops, _HELD_OUT[kind], seed)
