"""What the queue does with a video: new, begun, done with this model or with another one."""

import shutil
from pathlib import Path

import pytest

from tpviewer.core.errors import MediaError
from tpviewer.store.session import Session
from tpviewer.ui.commands.export import file_stem
from tpviewer.ui.document import Document, known_session_of, session_of
from tpviewer.ui.queue import Plan
from tpviewer.ui.queue_plan import plan_of


@pytest.fixture
def study(patients: Path, tmp_path: Path) -> Path:
    for name in ("first.mp4", "first.tpv", "second.mp4"):
        shutil.copy(patients / name, tmp_path / name)
    return tmp_path


def plan(path: Path, model: Path | None, again: bool = False, keep_crops: bool = False) -> Plan:
    return plan_of(path, again, path.parent / "spare", model, keep_crops, "spread")


def test_a_new_video_is_analysed_beside_itself_as_the_settings_say(study: Path, patients: Path) -> None:
    made = plan(study / "second.mp4", patients / "tiny", keep_crops=True)
    assert (made.video, made.session) == (study / "second.mp4", study / "second.tpv")
    assert made.model == patients / "tiny"
    assert made.params is not None
    assert made.params.keep_crops


def test_what_was_analysed_with_this_model_is_passed_over_unless_it_is_asked_for(
    study: Path, patients: Path
) -> None:
    for path in (study / "first.mp4", study / "first.tpv"):
        assert plan(path, patients / "tiny").params is None
    assert plan(study / "first.mp4", patients / "tiny", again=True).params is not None
    assert plan(study / "first.mp4", None).params is not None


def test_an_analysis_that_was_begun_goes_on_as_it_was_set_up(study: Path, patients: Path) -> None:
    with Session(study / "first.tpv", writable=True) as session, session.transaction():
        known = session.meta.get("provenance")
        known["parameters"] |= {"face": 0, "thresholds": {"AU12": 0.3}, "aus": ["AU12"], "neutral": [2, 9]}
        session.meta.put("provenance", known)
        session.meta.put("complete", False)
    same, other = plan(study / "first.mp4", patients / "tiny").params, plan(study / "first.mp4", None).params
    assert same is not None
    assert other is not None
    assert (same.face, same.neutral, same.aus, same.thresholds) == (0, (2, 9), ("AU12",), {"AU12": 0.3})
    assert (other.face, other.neutral, other.aus, other.thresholds) == (0, (2, 9), None, {})


def test_a_video_that_is_not_there_is_named(study: Path) -> None:
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        plan(study / "gone.mp4", None)
    (study / "first.mp4").unlink()
    with Session(study / "first.tpv", writable=True) as session, session.transaction():
        session.meta.put("video", session.meta.get("video") | {"path": str(study / "moved" / "first.mp4")})
    with pytest.raises(MediaError, match=r"first\.mp4.*is not there"):
        plan(study / "first.tpv", None)


def test_looking_for_a_session_makes_none_and_finds_the_one_that_analysing_would_use(study: Path) -> None:
    spare = study / "spare"
    assert known_session_of(study / "second.mp4", spare) is None
    assert known_session_of(study / "first.mp4", spare) == session_of(study / "first.mp4", spare)
    assert not spare.exists()


@pytest.mark.parametrize(
    ("pseudonym", "stem"), [("", "first"), ("P-017", "P-017"), ("a/b: ../c", "a_b_ .._c"), ("..", "first")]
)
def test_a_pseudonym_gives_exports_their_name(study: Path, pseudonym: str, stem: str) -> None:
    video = study / "first.mp4"
    assert file_stem(Document(video, study / "first.tpv", video, pseudonym=pseudonym)) == stem
