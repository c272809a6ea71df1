"""CSV tables: one row a frame in OpenFace's naming, one row a stage."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tpviewer.core.letters import letter
from tpviewer.core.stage_grounding import stage_grounding
from tpviewer.core.stages import stage_label
from tpviewer.export.events import write_provenance
from tpviewer.export.provenance import exported
from tpviewer.export.review import ReviewerResult, reviewer_result
from tpviewer.export.reviewed_tables import (
    labels_per_frame,
    reviewed_columns,
    reviewed_frame_table,
    write_reviewed,
)
from tpviewer.store.raters import is_blind, took_part
from tpviewer.store.session import LAYERS, Session


def frame_table(
    session: Session, profile: str | None = None, result: ReviewerResult | None = None
) -> pd.DataFrame:
    """One row a frame.

    Columns follow OpenFace 2: ``frame`` (from 1), ``face_id``, ``timestamp`` (seconds), ``confidence``,
    ``success``. ``AU01_p`` is a probability, so there is no ``AU01_r``; ``AU01_raw`` is p at or above the
    threshold, ``AU01_c`` presence by the profile, ``AU01_look`` the letter of its relevance cluster (these
    three only of Action Units that took part: of others nothing is known), and ``AU01_grounding`` how far its
    relevance lies in its own region: empty where there is no map, and no column in a session of an older
    version. Stages follow: ``stage_raw``, ``stage_smoothed``, ``stage_absorbed``. With a reviewer's result
    its columns come last, see `tpviewer.export.reviewed_tables.reviewed_columns`.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    seen = session.arrays.require("seen")
    base = session.frame_table()
    columns: dict[str, Any] = {
        "frame": base["frame"] + 1,
        "face_id": 0,
        "timestamp": base["time_s"].round(3),
        "confidence": np.nan_to_num(session.arrays.require("track/score")).round(3),
        "success": seen.astype(int),
    }
    columns |= {f"{au}_p": base[f"{au}_p"].round(4) for au in session.aus}
    looked_for = took_part(session, profile)
    for name, layer in (("raw", "raw"), ("c", "smoothed")):
        active = session.arrays.require(f"{profile}/activity/{layer}")
        columns |= {f"{au}_{name}": active[:, k].astype(int) for au, k in looked_for.items()}
    states = session.states("smoothed", profile)
    for au, index in looked_for.items():
        columns[f"{au}_look"] = [letter(int(n)) if n >= 0 else "" for n in states[:, index]]
    values = session.grounding()
    if values is not None:
        columns |= {
            f"{au}_grounding": values[:, k].astype(float).round(3) for k, au in enumerate(session.aus)
        }
    for layer in LAYERS:
        columns[f"stage_{layer}"] = labels_per_frame(session.stages(layer, profile), session.video.frames)
    return pd.DataFrame(columns if result is None else columns | reviewed_columns(result))


def stage_table(session: Session, profile: str | None = None) -> pd.DataFrame:
    """One row a stage of the temporal prototype; frames count from 0, ``stop`` is the frame after the last.

    ``looks_elsewhere`` lists the Action Units for which the network looks elsewhere in the stage,
    ``AU01_grounding`` tells how far its relevance lies in its own region; both are left out in a session of
    an older version.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    times = np.append(session.times, session.end)
    stages, values = session.stages(profile=profile), session.grounding()
    rows: list[dict[str, Any]] = [
        {
            "stage": number,
            "label": stage_label(stage),
            "start": stage.start,
            "stop": stage.stop,
            "start_s": round(float(times[stage.start]), 3),
            "stop_s": round(float(times[stage.stop]), 3),
            "frames": stage.stop - stage.start,
            "purity": round(stage.purity, 3),
        }
        for number, stage in enumerate(stages)
    ]
    if values is not None:
        grounded = stage_grounding(values, session.aus, stages)
        aus = [au for au in session.columns(profile) if any(au in found for found in grounded)]
        for row, found in zip(rows, grounded, strict=True):
            row["looks_elsewhere"] = ", ".join(au for au, one in found.items() if one.elsewhere)
            row |= {f"{au}_grounding": round(found[au].value, 3) if au in found else None for au in aus}
    return pd.DataFrame(rows)


def write_csv(
    session: Session,
    path: Path,
    profile: str | None = None,
    reviewer: str | None = None,
    top_x: float = 25.0,
) -> list[Path]:
    """Write the frame table to `path`, beside it the stage table and how they were made.

    They are ``NAME.stages.csv`` and ``NAME.provenance.json``. With a reviewer, stages after review and
    judgements too. For a reviewer who is blind to the machine nothing of the machine is written.

    Raises
    ------
    SessionError
        If the analysis has not come to its end, or nobody of this name has reviewed.
    """
    if reviewer is not None and is_blind(session, reviewer):
        result = reviewer_result(session, reviewer, "")
        reviewed_frame_table(session, result).to_csv(path, index=False)
        return [path, *write_reviewed(session, path, result)]
    profile = exported(session, profile)
    told = None if reviewer is None else reviewer_result(session, reviewer, profile)
    stages = path.with_suffix(".stages.csv")
    frame_table(session, profile, told).to_csv(path, index=False)
    stage_table(session, profile).to_csv(stages, index=False)
    more = [] if told is None else write_reviewed(session, path, told)
    return [path, stages, *more, write_provenance(session, path, profile, top_x)]
