"""Whatever is opened, there is a picture or a plain sentence, and no file is lost or left behind."""

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.media.clips import TICKS, barcode, make_clip, make_sound, number_of, spoil, truncate
from tests.ui.conftest import is_shown, problem, show, shown_window
from tpviewer.store.schema import SCHEMA_VERSION
from tpviewer.store.session import Session
from tpviewer.ui import document
from tpviewer.ui.commands.analysis import do_analyse
from tpviewer.ui.commands.files import do_close, do_open
from tpviewer.ui.document import can_write, document_of
from tpviewer.ui.main_window import MainWindow

Make = Callable[[Path], Path]
FIRST_PAGES = 8192
NEWER = SCHEMA_VERSION + 1


def letter(folder: Path) -> Path:
    path = folder / "letter.mp4"
    path.write_text("Dear colleague, please find enclosed")
    return path


def nothing(folder: Path) -> Path:
    path = folder / "nothing.mp4"
    path.touch()
    return path


def empty_folder(folder: Path) -> Path:
    path = folder / "no pictures"
    path.mkdir()
    return path


def spoilt_picture(folder: Path) -> Path:
    path = folder / "portrait.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return path


REFUSED: dict[str, Make] = {
    "not a video": letter,
    "empty file": nothing,
    "sound only": lambda folder: make_sound(folder / "speech.m4a"),
    "without its index": lambda folder: truncate(make_clip(folder / "cut.mp4", 48), 0.6),
    "empty folder": empty_folder,
    "spoilt picture": spoilt_picture,
    "name too long": lambda folder: folder / ("x" * 300 + ".mp4"),
    "missing": lambda folder: folder / "gone.mp4",
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_shown_is_named_and_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, make: Make
) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()
    path = make(folder)
    before = sorted(folder.rglob("*"))
    do_open(window.bench, path)
    assert path.name in problem(qtbot, window)
    qtbot.waitUntil(lambda: window.bench.document is None)
    assert window.empty.isVisible()
    assert window.windowTitle() == "TPViewer"
    assert sorted(folder.rglob("*")) == before


def test_a_bad_file_is_refused_while_it_would_be_analysed_at_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.bench.settings.analyse_on_open = True
    do_open(window.bench, letter(tmp_path))
    assert "letter.mp4" in problem(qtbot, window)
    qtbot.waitUntil(lambda: window.bench.document is None and not window.bench.analysis.active)
    assert not (tmp_path / "letter.tpv").exists()


def pictures(folder: Path) -> Path:
    path = folder / "pictures of a day"
    path.mkdir()
    for number in range(3):
        cv2.imwrite(str(path / f"{number:03}.png"), barcode(number))
    return path


def portrait(folder: Path) -> Path:
    cv2.imwrite(str(folder / "portrait.png"), barcode(0))
    return folder / "portrait.png"


VARIABLE = np.cumsum([0, *([TICKS, 3 * TICKS, 2 * TICKS] * 4)]).tolist()
SHOWN: dict[str, tuple[Make, int]] = {
    "one frame": (lambda folder: make_clip(folder / "one.mp4", 1), 1),
    "one picture": (portrait, 1),
    "pictures": (pictures, 3),
    "240 frames a second": (
        lambda folder: make_clip(folder / "fast.mp4", 24, pts=[i * 53 for i in range(24)]),
        24,
    ),
    "variable rate": (lambda folder: make_clip(folder / "vfr.mp4", len(VARIABLE), pts=VARIABLE), 13),
    "rotated": (lambda folder: make_clip(folder / "turned.mp4", 6, rotation=90), 6),
    "umlauts": (lambda folder: make_clip(folder / "Frau Müller – Übung 1.mp4", 6), 6),
    "with sound": (lambda folder: make_clip(folder / "talk.mp4", 6, audio=True), 6),
}


@pytest.mark.parametrize(("make", "frames"), SHOWN.values(), ids=SHOWN.keys())
def test_an_unusual_video_is_shown_with_its_own_frame_numbers(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, make: Make, frames: int
) -> None:
    path = make(tmp_path)
    do_open(window.bench, path)
    state = window.bench.state
    qtbot.waitUntil(lambda: state.video is not None)
    assert state.n_frames == frames
    for index in range(frames):
        state.set_playhead(index)
        qtbot.waitUntil(lambda: window.frame_view.frame is not None)
        qtbot.waitUntil(lambda: window.frame_view.frame.index == state.playhead)
        assert number_of(window.frame_view.frame.picture) == index
    assert path.name in window.windowTitle()
    assert not window.banner.waiting
    window.actions_by_name["play"].trigger()
    qtbot.wait(60)
    window.actions_by_name["next_stage"].trigger()
    window.timeline.grab()


def test_a_video_that_is_corrupt_in_the_middle_is_shown_around_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = spoil(make_clip(tmp_path / "spoilt.mp4", 40, gop=10), range(12, 16))
    do_open(window.bench, path)
    state = window.bench.state
    qtbot.waitUntil(lambda: state.video is not None)
    assert state.n_frames == 40
    seen: dict[int, bool] = {}
    for index in (*range(0, 40, 5), 13, 39):
        state.set_playhead(index)
        qtbot.waitUntil(lambda: window.frame_view.frame is not None)
        qtbot.waitUntil(lambda: window.frame_view.frame.index == state.playhead)
        seen[index] = window.frame_view.frame.picture is not None
        window.frame_view.grab()
    assert seen[0]
    assert seen[5]
    assert seen[39]


def test_a_truncated_video_shows_the_frames_that_are_there(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    do_open(window.bench, truncate(make_clip(tmp_path / "cut.mkv", 48), 0.6))
    qtbot.waitUntil(lambda: window.bench.state.video is not None)
    assert 0 < window.bench.state.n_frames < 48
    window.actions_by_name["last"].trigger()
    last = window.bench.state.n_frames - 1
    qtbot.waitUntil(lambda: window.frame_view.frame is not None and window.frame_view.frame.index == last)


def copied(patients: Path, folder: Path, name: str = "first") -> Path:
    """A patient's video and session beside each other; returns the session."""
    shutil.copy(patients / f"{name}.mp4", folder / f"{name}.mp4")
    return Path(shutil.copy(patients / f"{name}.tpv", folder / f"{name}.tpv"))


def of_newer_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWER}")
    connection.close()


def overwrite_head(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * (len(data) - 16))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:FIRST_PAGES])


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def without_video(path: Path) -> None:
    path.unlink()
    Session(path, writable=True).close()


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "newer version": (of_newer_program, "newer"),
    "damaged": (overwrite_head, "damaged"),
    "cut off": (cut_off, "damaged"),
    "of no bytes": (empty_file, "not a TPViewer session"),
    "without a video": (without_video, "no video"),
}


@pytest.mark.parametrize(("spoil_it", "word"), SPOILT.values(), ids=SPOILT.keys())
def test_a_session_that_cannot_be_used_is_named_and_left_alone(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path, spoil_it: Callable, word: str
) -> None:
    path = copied(patients, tmp_path)
    spoil_it(path)
    before = path.read_bytes()
    do_open(window.bench, path)
    text = problem(qtbot, window)
    assert path.name in text
    assert word in text
    do_close(window.bench)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("spoil_it", "word"), list(SPOILT.values())[:4], ids=list(SPOILT)[:4])
def test_a_video_beside_such_a_session_is_shown_and_the_session_left_alone(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path, spoil_it: Callable, word: str
) -> None:
    path = copied(patients, tmp_path)
    spoil_it(path)
    before = path.read_bytes()
    do_open(window.bench, path.with_suffix(".mp4"))
    assert path.name in problem(qtbot, window)
    qtbot.waitUntil(lambda: window.frame_view.has_picture)
    assert window.bench.state.snapshot is None
    do_close(window.bench)
    assert path.read_bytes() == before


def test_a_video_beside_a_session_without_results_is_as_if_there_was_none(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path
) -> None:
    path = copied(patients, tmp_path)
    without_video(path)
    do_open(window.bench, path.with_suffix(".mp4"))
    qtbot.waitUntil(lambda: window.frame_view.has_picture and window.bench.state.video is not None)
    qtbot.wait(1500)  # longer than the session reader tries again
    assert not window.banner.waiting
    assert window.actions_by_name["analyse"].isEnabled()


@pytest.mark.parametrize("seed", range(4))
def test_a_session_with_rotten_pages_is_shown_or_named(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path, seed: int
) -> None:
    path = copied(patients, tmp_path)
    data = bytearray(path.read_bytes())
    dice = random.Random(seed)
    for start in (dice.randrange(1, len(data) // 4096) * 4096 for _ in range(12 * (seed + 1))):
        data[start : start + 4096] = dice.randbytes(4096)
    path.write_bytes(bytes(data))
    do_open(window.bench, path)
    state = window.bench.state
    qtbot.waitUntil(lambda: bool(window.banner.waiting) or state.results is not None, timeout=10_000)
    for frame in range(0, 40, 3):
        state.set_playhead(frame)
        qtbot.wait(20)
    for au in state.au_order():
        state.set_au(au)
    window.grab()


def test_a_read_only_folder_sends_the_session_elsewhere_and_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "can_write", lambda folder: False)
    clip = make_clip(tmp_path / "on a disc.mp4")
    do_open(window.bench, clip)
    text = problem(qtbot, window)
    session = window.bench.document.session
    assert session.parent == window.bench.spare_folder
    assert str(session) in text
    assert str(clip.parent) in text
    assert "cannot be written" in text


def test_two_folders_that_cannot_be_written_do_not_share_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "can_write", lambda folder: False)
    clips = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        clips.append(make_clip(tmp_path / name / "patient.mp4"))
    first, second = (document_of(clip, tmp_path).session for clip in clips)
    assert first != second


def test_whether_a_folder_can_be_written_is_tried(tmp_path: Path) -> None:
    assert can_write(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not can_write(tmp_path / "missing")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_session_is_shown_and_a_change_says_why_not(
    qtbot: QtBot, patients: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = copied(patients, folder)
    path.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with shown_window(qtbot, tmp_path / "user", model=patients / "tiny") as window:
            show(qtbot, window, path)
            window.bench.state.set_playhead(7)
            do_close(window.bench)
            qtbot.waitUntil(lambda: "not remembered" in window.status.text)
            do_open(window.bench, path.with_suffix(".mp4"))
            qtbot.waitUntil(lambda: is_shown(window))
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_session_that_was_deleted_while_it_was_open_does_not_come_back_empty(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path
) -> None:
    path = copied(patients, tmp_path)
    show(qtbot, window, path.with_suffix(".mp4"))
    window.bench.state.set_playhead(20)
    path.unlink()
    window.bench.state.set_playhead(30)
    qtbot.waitUntil(lambda: is_shown(window))
    do_close(window.bench)
    qtbot.waitUntil(lambda: not window.bench.tasks.busy)
    assert not path.exists()
    do_open(window.bench, path.with_suffix(".mp4"))
    qtbot.waitUntil(lambda: window.bench.state.video is not None)
    assert window.bench.state.snapshot is None
    assert window.actions_by_name["analyse"].isEnabled()


def test_opening_again_after_the_session_was_deleted_shows_what_is_there(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path
) -> None:
    path = copied(patients, tmp_path)
    show(qtbot, window, path.with_suffix(".mp4"))
    path.unlink()
    do_open(window.bench, path.with_suffix(".mp4"))
    qtbot.waitUntil(lambda: window.bench.state.snapshot is None and window.bench.state.video is not None)
    assert window.bench.analysis.phase == "none"


def test_a_video_that_was_deleted_while_it_was_open_is_named_when_it_is_needed(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path
) -> None:
    path = copied(patients, tmp_path)
    show(qtbot, window, path)
    # the session knows the video by where it was made, so the copy beside it is taken only once that is gone
    with Session(path, writable=True) as session, session.transaction():
        session.meta.put("video", {**session.meta.get("video"), "path": str(path.with_suffix(".mp4"))})
    do_close(window.bench)
    show(qtbot, window, path)
    assert window.bench.document.video == path.with_suffix(".mp4")
    path.with_suffix(".mp4").unlink()
    for frame in (5, 39, 0):
        window.bench.state.set_playhead(frame)
        qtbot.waitUntil(lambda: is_shown(window))
    do_close(window.bench)
    do_open(window.bench, path)
    assert "not there any more" in problem(qtbot, window)
    qtbot.waitUntil(lambda: window.bench.state.results is not None)
    assert not window.actions_by_name["analyse"].isEnabled()
    do_analyse(window.bench)
    assert not window.bench.analysis.active


def test_why_not_without_the_video_does_not_wait_for_ever(
    qtbot: QtBot, window: MainWindow, patients: Path, tmp_path: Path
) -> None:
    path = copied(patients, tmp_path)
    with Session(path, writable=True) as session, session.transaction():
        session.meta.put("video", {**session.meta.get("video"), "path": "/nowhere/gone.mp4"})
    do_open(window.bench, path)
    qtbot.waitUntil(lambda: window.bench.state.results is not None)
    window.bench.state.set_au("AU12")
    window.actions_by_name["why_not"].trigger()
    assert "Without the video" in window.inspector.explanation.caption.text()
