"""Training renders on disk, in chunks, so that a stopped run goes on where it was."""

import multiprocessing
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from tpviewer.training.face_model import FaceModel, load_face_model
from tpviewer.training.render_crops import CropSet, render_crop_set

CHUNK = 500
"""Renders per chunk."""


def render_chunks(face_model: Path, folder: Path, n: int, jobs: int) -> Iterator[int]:
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
        for _ in pool.imap_unordered(partial(_render, folder), missing):
            done += 1
            yield done * CHUNK


def load_chunks(folder: Path, n: int) -> CropSet:
    """Read the chunks that `render_chunks` made for the same `folder` and `n`."""
    parts = []
    for seed in range(1, -(-n // CHUNK) + 1):
        with np.load(_path(folder, seed), allow_pickle=False) as data:
            parts.append(CropSet(data["crops"], data["labels"], data["persons"]))
    return CropSet(
        np.concatenate([part.crops for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.persons for part in parts]),
    )


def _path(folder: Path, seed: int) -> Path:
    return folder / f"renders-{seed:05d}.npz"


_models: list[FaceModel] = []


def _start(face_model: Path) -> None:
    _models.append(load_face_model(face_model))


def _render(folder: Path, seed: int) -> None:
    part = render_crop_set(_models[0], CHUNK, seed)
    path = _path(folder, seed)
    unfinished = path.with_suffix(".tmp.npz")
    np.savez(unfinished, crops=part.crops, labels=part.labels, persons=part.persons)
    unfinished.replace(path)
