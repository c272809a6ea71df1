"""CSV tables of what one reviewer says: per frame, per stage after review, and per judgement."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tpviewer.core.annotations import intensity_letter, lane
from tpviewer.core.stages import Stage, stage_label
from tpviewer.export.review import ReviewerResult
from tpviewer.store.session import Session


def reviewed_columns(result: ReviewerResult) -> dict[str, Any]:
    """Columns of a table with one row a frame.

    ``AU04_reviewed`` is 1 present, 0 absent, empty where neither reviewer nor machine says so;
    ``AU04_intensity`` is the reviewer's, 1 to 5 (a to e), empty where none was given; ``pspi`` is empty where
    a part of it was not scored. ``stage_reviewed`` is the label of the stage after review.
    """
    after = result.after
    columns: dict[str, Any] = {}
    for index, au in enumerate(after.columns):
        present, known = after.present[:, index], after.known[:, index]
        columns[f"{au}_reviewed"] = pd.array(np.where(known, present, np.nan), "Int8")
        given = after.intensity[:, index]
        columns[f"{au}_intensity"] = pd.array(np.where(given > 0, given, np.nan), "Int8")
    columns["pspi"] = pd.array(result.pspi, "Int8")
    columns["stage_reviewed"] = labels_per_frame(after.stages, len(result.pspi))
    return columns


def reviewed_frame_table(session: Session, result: ReviewerResult) -> pd.DataFrame:
    """One row a frame with nothing but the reviewer's word: ``frame`` (from 1), ``timestamp`` (seconds)."""
    times = session.times
    base = {"frame": np.arange(1, len(times) + 1), "timestamp": times.round(3)}
    return pd.DataFrame(base | reviewed_columns(result))


def reviewed_stage_table(session: Session, result: ReviewerResult) -> pd.DataFrame:
    """One row a stage after review, columns as in the machine's stage table."""
    times = np.append(session.times, session.end)
    return pd.DataFrame(
        {
            "stage": number,
            "label": stage_label(stage),
            **_range(stage.start, stage.stop, times),
            "frames": stage.frames,
        }
        for number, stage in enumerate(result.after.stages)
    )


def judgement_table(session: Session, result: ReviewerResult) -> pd.DataFrame:
    """One row a judgement; frames count from 0, ``stop`` and ``apex_stop`` are the frames after the last.

    ``au`` is ``face`` or ``speech`` where a stretch of all Action Units was marked.
    """
    times = np.append(session.times, session.end)
    names = ["au", "start", "stop", "start_s", "stop_s", "verdict", "intensity", "side", "reason"]
    names += ["apex_start", "apex_stop", "note", "reviewer", "made_at", "seconds", "blind", "source"]
    rows = []
    for judgement in result.judgements:
        one = judgement.annotation
        apex = one.apex or (None, None)
        row = {"au": lane(one), **_range(one.start, one.stop, times), "verdict": one.verdict}
        row |= {"intensity": intensity_letter(one.intensity), "side": one.side, "reason": one.reason}
        row |= {"apex_start": apex[0], "apex_stop": apex[1], "note": one.note}
        row |= {"reviewer": judgement.reviewer, "made_at": judgement.made_at}
        row |= {"seconds": round(judgement.seconds, 3), "blind": judgement.blind, "source": judgement.source}
        rows.append(row)
    table = pd.DataFrame(rows, columns=names)
    return table.astype({"apex_start": "Int64", "apex_stop": "Int64"})


def write_reviewed(session: Session, path: Path, result: ReviewerResult) -> list[Path]:
    """Write stages and judgements beside `path` (``NAME.reviewed.csv``, ``NAME.judgements.csv``)."""
    stages, judgements = path.with_suffix(".reviewed.csv"), path.with_suffix(".judgements.csv")
    reviewed_stage_table(session, result).to_csv(stages, index=False)
    judgement_table(session, result).to_csv(judgements, index=False)
    return [stages, judgements]


def labels_per_frame(stages: "tuple[Stage, ...] | list[Stage]", frames: int) -> list[str]:
    """Label of each frame's stage."""
    labels = [""] * frames
    for stage in stages:
        labels[stage.start : stage.stop] = [stage_label(stage)] * stage.frames
    return labels


def _range(start: int, stop: int, times: NDArray[np.float64]) -> dict[str, Any]:
    last = len(times) - 1  # a video that was analysed again may be shorter
    return {
        "start": start,
        "stop": stop,
        "start_s": round(float(times[min(start, last)]), 3),
        "stop_s": round(float(times[min(stop, last)]), 3),
    }
