"""CSV in py-feat's naming (Fex), one row a frame."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tpviewer.export.events import write_provenance
from tpviewer.export.provenance import exported
from tpviewer.store.patient import shown_video
from tpviewer.store.session import Session


def fex_table(session: Session) -> pd.DataFrame:
    """One row a frame as py-feat writes it.

    ``FaceRectX``, ``FaceRectY``, ``FaceRectWidth``, ``FaceRectHeight`` (pixels), ``FaceScore``, then
    probabilities ``AU01`` … as 0 to 1, ``frame`` from 0 and ``input``. Rows without a face hold NaN.

    Parameters
    ----------
    session : Session
    """
    seen = session.arrays.require("seen").astype(bool)
    box = np.where(seen[:, None], session.arrays.require("track/box"), np.nan)
    base = session.frame_table()
    columns: dict[str, Any] = {
        f"FaceRect{name}": box[:, place].round(2) for place, name in enumerate(("X", "Y", "Width", "Height"))
    }
    columns["FaceScore"] = np.where(seen, session.arrays.require("track/score"), np.nan).round(4)
    columns |= {au: base[f"{au}_p"].where(seen).round(4) for au in session.aus}
    return pd.DataFrame(columns | {"frame": base["frame"], "input": shown_video(session)})


def write_fex(session: Session, path: Path, profile: str | None = None, top_x: float = 25.0) -> list[Path]:
    """Write `fex_table`, and beside it how it was made.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    fex_table(session).to_csv(path, index=False)
    return [path, write_provenance(session, path, profile, top_x)]
