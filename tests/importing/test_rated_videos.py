"""Raters out of files without a session, and who is who."""

from pathlib import Path

import numpy as np
import pytest

from tests.store.judged import at, begin, place
from tpviewer.core.errors import ParameterError
from tpviewer.core.rater_tracks import MACHINE
from tpviewer.importing.rated_videos import rated_videos
from tpviewer.store.raters import session_tracks
from tpviewer.store.session import Session

FRAMES = 20
EARLY, LATE = range(4, 12), range(6, 12)


def openface(path: Path, present: range, leave_out: tuple[int, ...] = ()) -> Path:
    rows = [f"{n + 1},0,{n / 25:.3f},1,{int(n in present)}.0" for n in range(FRAMES) if n not in leave_out]
    path.write_text("\n".join(["frame,face_id,timestamp,success,AU04_c", *rows]) + "\n")
    return path


def pyfeat(path: Path, present: range) -> Path:
    rows = [f"{n},{0.9 if n in present else 0.1}" for n in range(FRAMES)]
    path.write_text("\n".join(["frame,AU04", *rows]) + "\n")
    return path


def boris(path: Path, start_s: float, stop_s: float) -> Path:
    head = "Observation id,Media duration (s),Subject,Behavior,Behavior type,Start (s),Stop (s)"
    path.write_text(f"{head}\nclip,0.8,Eve,AU4,STATE,{start_s},{stop_s}\n")
    return path


def test_two_files_of_one_program_are_told_apart(tmp_path: Path) -> None:
    paths = [openface(tmp_path / "A.csv", EARLY), openface(tmp_path / "B.csv", LATE)]
    rated = rated_videos(paths)
    assert rated.problems == ()
    assert rated.pairs() == (("OpenFace (A.csv)", "OpenFace (B.csv)"),)
    row = rated.agreement(*rated.pairs()[0], tolerance=2).aus[0]
    assert (row.frames, row.events_matched) == (FRAMES, 1)
    assert row.figures["recall"].value == pytest.approx(len(LATE) / len(EARLY))


def test_frames_that_the_first_file_leaves_out_do_not_shift_one_that_numbers_frames(tmp_path: Path) -> None:
    first = openface(tmp_path / "A.csv", EARLY, leave_out=(1, 2))
    rated = rated_videos([first, pyfeat(tmp_path / "B.csv", EARLY)])
    row = rated.agreement("OpenFace", "py-feat").aus[0]
    assert (row.frames, row.figures["kappa"].value) == (FRAMES - 2, 1.0)


def test_intervals_are_put_on_the_frames_of_a_table(tmp_path: Path) -> None:
    rated = rated_videos([boris(tmp_path / "B.csv", 6 / 25, 12 / 25), openface(tmp_path / "A.csv", LATE)])
    (pair,) = rated.pairs()
    row = rated.agreement(*pair, tolerance=0).aus[0]
    assert (row.figures["kappa"].value, row.events_matched) == (1.0, 1)


def test_numbers_of_frames_and_times_do_not_go_together(tmp_path: Path) -> None:
    rated = rated_videos([pyfeat(tmp_path / "A.csv", EARLY), boris(tmp_path / "B.csv", 0.1, 0.3)])
    assert rated.videos == ()
    assert "A.csv" in rated.problems[0]
    assert "together with the session" in rated.problems[0]


def test_files_that_only_number_frames_are_compared_by_these_numbers_and_this_is_told(tmp_path: Path) -> None:
    first, second = pyfeat(tmp_path / "A.csv", EARLY), tmp_path / "B.csv"
    rows = [f"{n},{0.9 if n in LATE else 0.1}" for n in range(2, FRAMES)]  # begins later
    second.write_text("\n".join(["frame,AU04", *rows]) + "\n")
    rated = rated_videos([first, second])
    row = rated.agreement(*rated.pairs()[0], tolerance=2).aus[0]
    assert (row.frames, row.events_matched) == (FRAMES - 2, 1)
    assert row.figures["recall"].value == pytest.approx(len(LATE) / len(EARLY))
    assert len(rated.notes) == 1
    assert "A.csv, " in rated.notes[0]
    assert "frames of the same number are compared" in rated.notes[0]
    timed = rated_videos([openface(tmp_path / "C.csv", EARLY), first])
    assert timed.notes == ()


def test_a_line_without_its_frame_is_left_out(tmp_path: Path) -> None:
    paths = [pyfeat(tmp_path / "A.csv", EARLY), pyfeat(tmp_path / "B.csv", LATE)]
    with paths[1].open("a") as file:
        file.write(",0.9\n")
    rated = rated_videos(paths)
    assert rated.problems == ()
    assert rated.agreement(*rated.pairs()[0]).aus[0].frames == FRAMES


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,2\n")
    rated = rated_videos([openface(tmp_path / "A.csv", EARLY), broken, pyfeat(tmp_path / "B.csv", LATE)])
    assert rated.raters() == ("OpenFace", "py-feat")
    assert "broken.csv" in rated.problems[0]
    with pytest.raises(ParameterError, match="choose one of OpenFace, py-feat"):
        rated.pairs("Eve")


def test_a_session_that_was_not_analysed_holds_people_only(tmp_path: Path) -> None:
    with Session(begin(tmp_path / "a.tpv"), writable=True) as session:
        place(session, MACHINE, at(3, 9))
        place(session, "Ann", at(3, 9, verdict="absent"))
        session.reviews.commit("Ann")
        tracks = session_tracks(session)
    assert [track.rater for track in tracks] == ["Ann", f"{MACHINE} (reviewer)"]
    assert np.count_nonzero(tracks[0].scorable) == 60
    assert np.count_nonzero(tracks[1].scorable) == 6
