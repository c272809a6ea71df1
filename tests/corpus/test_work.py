"""An analysis on a disk of its own brings its session to its place whole, or says why it cannot."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tpviewer.core.errors import SessionError
from tpviewer.corpus.work import Job, by_scratch
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import Event, Notice


def appends(job: Job) -> Generator[Event, None, None]:
    """Adds a line to the session, and shows where it works."""
    before = job.session.read_text() if job.session.exists() else ""
    job.session.write_text(f"{before}more\n")
    yield Notice(str(job.session))


def fails(job: Job) -> Generator[Event, None, None]:
    job.session.write_text("half")
    yield Notice("begins")
    raise SessionError("the disk is full")


def job_in(folder: Path) -> Job:
    return Job(folder, folder / "a.tpv", Params(), None)


def test_it_goes_on_from_the_session_and_replaces_it(tmp_path: Path) -> None:
    job = job_in(tmp_path)
    for _ in range(2):
        (told,) = by_scratch(job, appends)
        assert Path(told.message) != job.session
        assert not Path(told.message).exists()
    assert job.session.read_text() == "more\nmore\n"
    assert list(tmp_path.iterdir()) == [job.session]


def test_a_failure_leaves_the_session_as_it_was(tmp_path: Path) -> None:
    job = job_in(tmp_path)
    job.session.write_text("whole")
    with pytest.raises(SessionError, match="the disk is full"):
        list(by_scratch(job, fails))
    assert job.session.read_text() == "whole"


def test_a_folder_that_is_not_shared_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"a\.tpv: the session cannot be copied there"):
        list(by_scratch(job_in(tmp_path / "gone"), appends))
