"""Training renders on disk, in chunks, so that a stopped run goes on where it was."""

import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path

import numpy as np

from tpviewer.training.dataset import LabelledCrops, joined
from tpviewer.training.face_model import FaceModel, load_face_model
from tpviewer.training.render_crops import render_crop_set

CHUNK = 500
"""Renders per chunk."""

_PHOTOS_AT_ONCE = 10  # photographs in a chunk: each has to be fitted before it is rendered


def render_chunks(
    face_model: Path, folder: Path, n: int, jobs: int, photos: Sequence[Path] = (), *, vary: bool = True
) -> Iterator[int]:
    """Render the chunks that are not in the folder yet.

    Parameters
    ----------
    face_model : Path
        See `tpviewer.training.face_model.load_face_model`.
    folder : Path
        Made where it is missing.
    n : int
        Renders wanted; rounded up to whole chunks.
    jobs : int
        Processes.
    photos : sequence of Path
        Calm faces seen from the front, which are rendered instead of random people, if there are any.
    vary : bool
        Every second person has folds and brows of its own; else all have the textbook's.

    Yields
    ------
    int
        Renders that are there so far.

    Raises
    ------
    ModelError
        If something is to be rendered and the face model cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seeds = range(1, -(-n // CHUNK) + 1)
    missing = [seed for seed in seeds if not _path(folder, seed).exists()]
    done = len(seeds) - len(missing)
    yield done * CHUNK
    if not missing:
        return
    load_face_model(face_model)  # here, since a pool whose workers cannot start never ends
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(jobs, len(missing)), _start, (face_model,)) as pool:
        groups = max(1, min(len(seeds), -(-len(photos) // _PHOTOS_AT_ONCE)))
        tasks = [(seed, list(photos[seed % groups :: groups])) for seed in missing]
        for _ in pool.imap_unordered(partial(_render, folder, vary), tasks):
            done += 1
            yield done * CHUNK


def load_chunks(folder: Path, n: int) -> LabelledCrops:
    """Read the chunks that `render_chunks` made for the same `folder` and `n`."""
    parts = []
    for seed in range(1, -(-n // CHUNK) + 1):
        with np.load(_path(folder, seed), allow_pickle=False) as data:
            parts.append(LabelledCrops(**data))
    return joined(parts)


def _path(folder: Path, seed: int) -> Path:
    return folder / f"renders-{seed:05d}.npz"


_models: list[FaceModel] = []


def _start(face_model: Path) -> None:
    _models.append(load_face_model(face_model))


def _render(folder: Path, vary: bool, task: tuple[int, list[Path]]) -> None:
    seed, photos = task
    part = _rendered_photos(photos, seed) if photos else render_crop_set(_models[0], CHUNK, seed, vary=vary)
    path = _path(folder, seed)
    unfinished = path.with_suffix(".tmp.npz")
    np.savez(unfinished, **{field.name: getattr(part, field.name) for field in fields(part)})
    unfinished.replace(path)


def _rendered_photos(photos: list[Path], seed: int) -> LabelledCrops:
    from tpviewer.training.photo_crops import render_photo_crop_set  # MediaPipe, which renders do without

    return render_photo_crop_set(_models[0], photos, CHUNK, seed)
