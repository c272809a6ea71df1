"""A session of made-up results with everything that tables, tiers and projects tell, and a review of it."""

from pathlib import Path

import numpy as np

from tests.export.made_session import PROFILE, make_session, states_of
from tests.media.clips import make_clip
from tests.models.tiny import AUS
from tpviewer.core.annotations import Annotation, Change, new_key
from tpviewer.store.session import Session

FRAMES = 60
UNSEEN = (20, 24)
ANNOTATIONS = (
    Annotation(new_key(), "AU04", 3, 17, "present", 2, "left", apex=(8, 12), note="a frown; short"),
    Annotation(new_key(), "AU12", 10, 30, "present", 5, apex=(29, 30)),
    Annotation(new_key(), "AU12", 30, 41, "absent"),
    Annotation(new_key(), "AU06", 12, 14, "not scorable", reason="occluded"),
    Annotation(new_key(), "AU06", 14, 18, "unsure"),
    Annotation(new_key(), "", 40, 44, "not scorable", reason="turned"),
    Annotation(new_key(), "", 50, 55, "not scorable", reason="speech"),
)


def exchanged_session(folder: Path) -> Path:
    """Write it, with a video whose frames are not evenly apart."""
    rng = np.random.default_rng(5)
    pts = np.cumsum(rng.choice([256, 512, 768], FRAMES)).tolist()
    clip = make_clip(folder / "clip.mp4", FRAMES, pts=pts)
    states = states_of(FRAMES, 12, UNSEEN)
    path = make_session(folder / "made.tpv", clip, states)
    seen = (states > -2).all(axis=1)
    with Session(path, writable=True) as session, session.transaction():
        session.arrays.put(f"{PROFILE}/activity/raw", states >= 0)
        box = np.tile(np.array([0, 0, 96, 90], np.float32), (FRAMES, 1))
        session.arrays.put("track/box", np.where(seen[:, None], box, np.nan))
        session.arrays.put("track/score", np.where(seen, 0.9, np.nan))
        for place, au in enumerate(AUS):
            summary = session.clusterings(PROFILE).get(au)
            if summary is not None:
                maps = len(session.results.clustering_array(PROFILE, au, "frames"))
                embedding = rng.normal(size=(maps, 3)).astype(np.float32)
                session.results.put_clustering(PROFILE, place, summary, {"embedding": embedding})
        session.reviews.change("Ayşe", [Change(None, one) for one in ANNOTATIONS], "Place")
    return path
