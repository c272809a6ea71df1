"""Sessions with a video record and no analysis, and random reviews of them."""

from dataclasses import asdict
from pathlib import Path

from hypothesis import strategies as st

from tpviewer.core.annotations import Annotation, Change, placed
from tpviewer.store.session import Session, VideoRecord

FRAMES = 60


def begin(path: Path, frames: int = FRAMES) -> Path:
    """Make a session that knows its video and nothing of it."""
    video = VideoRecord(
        path="a.mp4",
        sha256="0" * 64,
        size=1,
        width=64,
        height=64,
        kind="video",
        codec="h264",
        time_base=(1, 25),
        nominal_rate=25.0,
        frames=frames,
        warnings=(),
    )
    with Session(path, writable=True) as session:
        session.meta.put("video", asdict(video))
    return path


def at(start: int, stop: int, au: str = "AU04", verdict: str = "present", **more: object) -> Annotation:
    """An annotation with a key that says what it is."""
    named = {"key": f"{au or 'face'} {start} {stop} {verdict}", "verdict": verdict, **more}
    return Annotation(au=au, start=start, stop=stop, **named)  # type: ignore[arg-type]


def place(session: Session, reviewer: str, annotation: Annotation, **how: object) -> tuple[Change, ...]:
    """Put an annotation into its lane, as the window does."""
    present = [one.annotation for one in session.reviews.judgements(reviewer)]
    changes = placed(present, annotation)
    session.reviews.change(reviewer, changes, "Place", **how)  # type: ignore[arg-type]
    return changes


@st.composite
def annotations(draw: st.DrawFn, keys: st.SearchStrategy[str] | None = None) -> Annotation:
    """Any annotation that makes sense."""
    start = draw(st.integers(0, FRAMES - 1))
    stop = draw(st.integers(start + 1, FRAMES))
    au = draw(st.sampled_from(["AU04", "AU25", "AU43", ""]))
    verdict = draw(st.sampled_from(["present", "absent", "unsure", "not scorable"])) if au else "not scorable"
    first = draw(st.integers(start, stop - 1))
    apex = draw(st.none() | st.just((first, draw(st.integers(first + 1, stop)))))
    return Annotation(
        key=draw(st.uuids().map(str) if keys is None else keys),
        au=au,
        start=start,
        stop=stop,
        verdict=verdict,
        intensity=draw(st.integers(0, 5)) if verdict == "present" else 0,
        reason=draw(st.sampled_from(["", "speech", "turned"])) if verdict == "not scorable" else "",
        apex=apex,
        note=draw(st.sampled_from(["", "ä note"])),
    )
