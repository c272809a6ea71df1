"""Agreement of a model with a teacher network and with brow geometry on real clips."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.smoothing import gaussian
from tpviewer.media.source import file_identity
from tpviewer.models.engine import Engine
from tpviewer.models.model_package import load_package
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.context import Tools
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import StepProgress
from tpviewer.store.session import Session
from tpviewer.training.brow_geometry import brow_curves, without_pose
from tpviewer.training.teacher import TEACHER_CURVES, TeacherCurves, teacher_curves

LEAST_SD = 0.1
"""Standard deviation of a teacher curve from which it counts: less is noise."""

LEAST_BROW_MOVE = 0.02
"""Movement of a brow in an Action Unit's direction from which it counts: from the median of the clip to its
95th percentile, in distances of the outer eye corners (about 2 mm)."""

KINDS = ("teacher", "brows", "brows, pose taken off")
"""What the model's curves are held against."""

SIGMA_S = 0.10
"""Smoothing of the *steady* profile, seconds."""

_LEAST_FRAMES = 10


@dataclass(frozen=True)
class ClipRow:
    """How well the model follows one curve of one clip.

    Attributes
    ----------
    clip, au : str
    against : str
        One of `KINDS`.
    frames : int
        Frames with a face.
    sd : float
        Standard deviation of the curve.
    counted : bool
        Whether it moves enough to count.
    r_probability, r_logit, r_probability_smooth, r_logit_smooth : float
        Pearson correlation with the model's curve, as it is and after the Gaussian of the steady profile; NaN
        where a curve is constant.
    """

    clip: str
    au: str
    against: str
    frames: int
    sd: float
    counted: bool
    r_probability: float
    r_logit: float
    r_probability_smooth: float
    r_logit_smooth: float


@dataclass(frozen=True, eq=False)
class ModelCurves:
    """The model's curves over a clip.

    Attributes
    ----------
    aus : tuple of str
    raw, smooth : ndarray, shape (N, len(aus)), float64
        Logits; NaN without a face.
    """

    aus: tuple[str, ...]
    raw: NDArray[np.float64]
    smooth: NDArray[np.float64]


class _WithoutMaps(Engine):
    """Classifies only: the maps of a session that is thrown away are not worth their time."""

    def relevance(self, crops: NDArray[np.uint8], *_: Any, **__: Any) -> NDArray[np.float32]:
        return np.zeros(crops.shape, np.float32)


def clip_agreement(
    model: Path, clips: Sequence[Path], teacher: Path, cache: Path | None = None
) -> list[ClipRow]:
    """Correlate the model's curves with the teacher's and with the brows' height, clip by clip.

    Parameters
    ----------
    model : Path
        Model package.
    clips : sequence of Path
        Videos; one without a face has no row.
    teacher : Path
        MediaPipe's ``face_landmarker.task``.
    cache : Path, optional
        Folder that keeps what does not depend on the model: faces and the teacher's curves.
    """
    return [row for clip in clips for row in _rows(model, clip, teacher, cache)]


def mean_correlation(rows: Sequence[ClipRow], against: str, column: str = "r_probability_smooth") -> float:
    """Mean of a column over the rows that count; NaN where none does. A constant curve counts as 0."""
    values = [getattr(row, column) for row in rows if row.counted and row.against == against]
    return float(np.mean(np.nan_to_num(values))) if values else float("nan")


def model_curves(model: Path, clip: Path, cache: Path | None = None) -> ModelCurves:
    """Logits of a clip as the program itself finds them: faces, track, neutral face, classification."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.tpv"
        if cache is not None:
            shutil.copyfile(_faces(model, clip, cache), path)
        _run_until(model, clip, path, "explain")
        with Session(path) as session:
            logits, times = session.logits(), session.times
            bounds = np.append(times, session.end)
            seen = np.isfinite(logits).all(axis=1)
            smooth = gaussian(logits, seen, bounds, SIGMA_S)
            return ModelCurves(session.aus, logits.astype(float), smooth)


def _faces(model: Path, clip: Path, cache: Path) -> Path:
    """A session in which the faces of the clip are found; they are the same for every model."""
    path = cache / f"{file_identity(clip)[0][:16]}.faces.tpv"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            unfinished = Path(folder) / "clip.tpv"
            _run_until(model, clip, unfinished, "faces")
            unfinished.replace(path)
    return path


def _run_until(model: Path, clip: Path, session: Path, step: str) -> None:
    """Analyse until the last frame of a step is done."""
    tools = Tools(engine=_WithoutMaps)
    aus = load_package(model).card.aus
    params = Params(aus=aus[-1:])
    with closing(analyze(clip, session, params, model, tools)) as events:
        for event in events:
            if isinstance(event, StepProgress) and event.step == step and event.done == event.total:
                return


def _rows(model: Path, clip: Path, teacher: Path, cache: Path | None) -> Iterator[ClipRow]:
    curves = teacher_curves(clip, teacher, cache)
    if curves is None:
        return
    mine = model_curves(model, clip, cache)
    for against, truths in zip(KINDS, _truths(curves), strict=True):
        for au, curve in truths.items():
            both = np.isfinite(curve) & np.isfinite(mine.raw).all(axis=1)
            if au in mine.aus and both.sum() >= _LEAST_FRAMES:
                raw, smooth = (part[both, mine.aus.index(au)] for part in (mine.raw, mine.smooth))
                yield _row(clip, au, against, curve[both], raw, smooth)


def _truths(curves: TeacherCurves) -> tuple[dict[str, NDArray[np.float64]], ...]:
    """Curves by Action Unit of each of `KINDS`."""
    taught = {au: curves.of(au) for au in sorted([*TEACHER_CURVES, "AU25"])}
    brows = brow_curves(curves.mesh)
    return taught, brows, {au: without_pose(curve, curves.mesh) for au, curve in brows.items()}


def _moves(against: str, curve: NDArray[np.float64]) -> bool:
    if against == KINDS[0]:
        return bool(curve.std() >= LEAST_SD)
    return bool(np.percentile(curve, 95) - np.median(curve) >= LEAST_BROW_MOVE)


def _row(
    clip: Path,
    au: str,
    against: str,
    curve: NDArray[np.float64],
    raw: NDArray[np.float64],
    smooth: NDArray[np.float64],
) -> ClipRow:
    return ClipRow(
        clip=clip.name,
        au=au,
        against=against,
        frames=len(curve),
        sd=float(curve.std()),
        counted=_moves(against, curve),
        r_probability=pearson(curve, expit(raw)),
        r_logit=pearson(curve, raw),
        r_probability_smooth=pearson(curve, expit(smooth)),
        r_logit_smooth=pearson(curve, smooth),
    )


def pearson(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Pearson's correlation; NaN where one is constant, or there are fewer than two values.

    Parameters
    ----------
    one, other : ndarray, shape (N,), float64
        Finite.

    Returns
    -------
    float
        -1 to 1.
    """
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
