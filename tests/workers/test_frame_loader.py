"""Frames come from a thread: the newest request wins, and neighbours are there before they are asked for."""

import threading

import numpy as np
import pytest

from tests.media.clips import barcode, make_clip, number_of, spoil
from tests.workers.one_map import write_session
from tpviewer.core.errors import MediaError
from tpviewer.core.relevance import mass_map
from tpviewer.media.video_reader import VideoReader
from tpviewer.workers.frame_loader import FrameLoader

LONG_GROUP = {"gop": 600, "bframes": 2}


@pytest.fixture
def loader():
    made = FrameLoader()
    yield made
    made.close()


@pytest.fixture
def decoded(monkeypatch):
    """Numbers of the frames that the decoder put out, in order; and of its seeks, as None."""
    log: list[int | None] = []
    remember, seek = VideoReader._remember, VideoReader._seek

    def count_frame(self, number, frame):
        log.append(number)
        remember(self, number, frame)

    def count_seek(self, key):
        log.append(None)
        seek(self, key)

    monkeypatch.setattr(VideoReader, "_remember", count_frame)
    monkeypatch.setattr(VideoReader, "_seek", count_seek)
    return log


def open_clip(qtbot, loader, path, session=None):
    with qtbot.waitSignal(loader.opened, timeout=5000) as opened:
        loader.open(path, session)
    return opened.args[0]


def load(qtbot, loader, index):
    with qtbot.waitSignal(
        loader.loaded, timeout=5000, check_params_cb=lambda frame: frame.index == index
    ) as loaded:
        loader.request(index)
    return loaded.args[0]


def rest(qtbot, loader):
    """Wait until the loader has nothing more to decode."""
    thread = loader._thread

    def idle():
        with thread._lock:
            return thread._work.idle_step(settled=True) is None

    qtbot.waitUntil(idle, timeout=20_000)


def test_the_first_picture_comes_before_the_index(qtbot, loader, tmp_path):
    order = []
    loader.previewed.connect(lambda picture: order.append(number_of(picture)))
    loader.opened.connect(lambda info: order.append(info.n_frames))
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    assert order == [0, 60]


def test_frames_are_the_ones_asked_for(qtbot, loader, tmp_path):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4", bframes=2))
    for index in (0, 31, 30, 59, 7):
        frame = load(qtbot, loader, index)
        assert (frame.index, number_of(frame.picture)) == (index, index)


def test_the_newest_request_wins(qtbot, loader, tmp_path, monkeypatch):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    begun, go_on = threading.Event(), threading.Event()
    read = VideoReader.read

    def slow_read(self, index, *give_up):
        begun.set()
        assert go_on.wait(5)
        return read(self, index, *give_up)

    monkeypatch.setattr(VideoReader, "read", slow_read)
    arrived = []
    loader.loaded.connect(lambda frame: arrived.append(frame.index))
    loader.request(3)
    assert begun.wait(5)
    for index in range(10, 40):
        loader.request(index)
    go_on.set()
    qtbot.waitUntil(lambda: 39 in arrived)
    assert arrived == [3, 39]


def test_stepping_back_decodes_nothing_again(qtbot, loader, tmp_path, decoded):
    open_clip(qtbot, loader, make_clip(tmp_path / "long.mp4", 100, **LONG_GROUP))
    load(qtbot, loader, 80)
    rest(qtbot, loader)
    decoded.clear()
    for index in range(79, 60, -1):
        assert number_of(load(qtbot, loader, index).picture) == index
    rest(qtbot, loader)
    assert decoded.count(None) <= 1
    assert not [number for number in decoded if number is not None and number >= 60]


def test_a_walk_to_the_beginning_costs_a_decode_per_chunk_not_per_step(qtbot, loader, tmp_path, decoded):
    open_clip(qtbot, loader, make_clip(tmp_path / "long.mp4", 200, **LONG_GROUP))
    load(qtbot, loader, 199)
    rest(qtbot, loader)
    decoded.clear()
    for index in range(198, -1, -1):
        assert number_of(load(qtbot, loader, index).picture) == index
    assert decoded.count(None) < 199 // 5


def test_playing_on_never_seeks(qtbot, loader, tmp_path, decoded):
    open_clip(qtbot, loader, make_clip(tmp_path / "long.mp4", 100, **LONG_GROUP))
    load(qtbot, loader, 0)
    decoded.clear()
    for index in range(1, 100):
        load(qtbot, loader, index)
    assert None not in decoded


def test_neighbours_ahead_are_decoded_while_nobody_asks(qtbot, loader, tmp_path, decoded):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4", 100))
    load(qtbot, loader, 0)
    rest(qtbot, loader)
    assert max(number for number in decoded if number is not None) >= 59


def test_frames_that_are_kept_come_at_once_whatever_is_being_decoded(
    qtbot, loader, tmp_path, monkeypatch, decoded
):
    open_clip(qtbot, loader, make_clip(tmp_path / "long.mp4", 200, **LONG_GROUP))
    load(qtbot, loader, 150)
    rest(qtbot, loader)
    stuck, go_on = threading.Event(), threading.Event()

    def slow_read(self, index, *give_up):
        stuck.set()
        assert go_on.wait(5)

    monkeypatch.setattr(VideoReader, "read", slow_read)
    loader.request(10)
    assert stuck.wait(5)
    arrived = []
    loader.loaded.connect(lambda frame: arrived.append(frame.index))
    for index in (149, 148, 147):
        loader.request(index)
    assert arrived == [149, 148, 147]
    go_on.set()
    qtbot.wait(100)
    assert arrived == [149, 148, 147]


def test_new_maps_are_never_overtaken_by_old_ones(qtbot, loader, tmp_path):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"), tmp_path / "a.tpv")
    load(qtbot, loader, 10)
    known = write_session(tmp_path / "a.tpv", frames=60)
    for path, found in ((tmp_path / "a.tpv", {known.au}), (None, set()), (tmp_path / "a.tpv", {known.au})):
        loader.set_session(path)
        assert set(load(qtbot, loader, known.frame).maps) == found


def test_a_frame_that_cannot_be_decoded_is_loaded_without_a_picture(qtbot, loader, tmp_path):
    open_clip(qtbot, loader, spoil(make_clip(tmp_path / "bad.mp4"), [30]))
    assert load(qtbot, loader, 30).picture is None
    assert number_of(load(qtbot, loader, 40).picture) == 40


def test_maps_and_mesh_come_with_the_frame(qtbot, loader, tmp_path):
    known = write_session(tmp_path / "a.tpv", frames=60)
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"), tmp_path / "a.tpv")
    frame = load(qtbot, loader, known.frame)
    assert set(frame.maps) == {known.au}
    np.testing.assert_allclose(frame.maps[known.au].relevance, known.relevance, atol=1e-3)
    np.testing.assert_array_equal(frame.maps[known.au].mass, mass_map(frame.maps[known.au].relevance))
    np.testing.assert_allclose(frame.mesh, known.mesh, atol=0.02)
    assert not load(qtbot, loader, known.frame + 1).maps


def test_without_a_video_there_are_still_maps(qtbot, loader, tmp_path):
    known = write_session(tmp_path / "a.tpv", frames=60)
    for begin in (loader.open_maps, lambda session: loader.open(tmp_path / "gone.mp4", session)):
        begin(tmp_path / "a.tpv")
        frame = load(qtbot, loader, known.frame)
        assert frame.picture is None
        assert set(frame.maps) == {known.au}


def test_maps_that_were_written_since_are_found(qtbot, loader, tmp_path):
    path = tmp_path / "later.tpv"
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"), path)
    known_frame = 10
    assert not load(qtbot, loader, known_frame).maps
    known = write_session(path, frames=60)
    assert known.frame == known_frame
    loader.set_session(path)
    assert set(load(qtbot, loader, known_frame).maps) == {known.au}


def test_a_damaged_session_leaves_the_frames(qtbot, loader, tmp_path):
    (tmp_path / "bad.tpv").write_bytes(b"no session" * 1000)
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"), tmp_path / "bad.tpv")
    frame = load(qtbot, loader, 5)
    assert number_of(frame.picture) == 5
    assert not frame.maps


def test_the_session_file_is_let_go_while_nobody_asks(qtbot, loader, tmp_path):
    known = write_session(tmp_path / "a.tpv", frames=60)
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"), tmp_path / "a.tpv")
    load(qtbot, loader, known.frame)
    work = loader._thread._work
    qtbot.waitUntil(lambda: work.findings._session is None)


def test_what_is_no_video_is_told(qtbot, loader, tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("this is no video at all\n" * 50)
    with qtbot.waitSignal(loader.failed, timeout=5000) as failed:
        loader.open(path, None)
    assert isinstance(failed.args[0], MediaError)
    assert str(path) in str(failed.args[0])


def test_images_of_another_size_are_told_once_and_the_thread_lives_on(qtbot, loader, tmp_path):
    import cv2

    for number, width in ((0, 128), (1, 160), (2, 128)):
        data = cv2.imencode(".png", barcode(number, width))[1]
        np.asarray(data).tofile(tmp_path / f"{number}.png")
    told = []
    loader.failed.connect(lambda error: told.append(str(error)))
    open_clip(qtbot, loader, tmp_path)
    assert load(qtbot, loader, 1).picture is None
    assert number_of(load(qtbot, loader, 2).picture) == 2
    assert len(told) == 1
    assert "one size" in told[0]


def test_nothing_of_the_last_video_is_sent_after_another_was_opened(qtbot, loader, tmp_path):
    other = make_clip(tmp_path / "b.mp4", 10)
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    load(qtbot, loader, 20)
    arrived = []
    loader.request(59)  # may come at once if it is kept already: then it was sent before
    loader.loaded.connect(lambda frame: arrived.append(frame.index))
    open_clip(qtbot, loader, other)
    load(qtbot, loader, 4)
    assert arrived == [4]


def test_what_was_cleared_is_silent(qtbot, loader, tmp_path):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    arrived = []
    loader.request(20)
    loader.clear()
    loader.loaded.connect(arrived.append)
    loader.request(20)
    qtbot.wait(200)
    assert arrived == []
    open_clip(qtbot, loader, tmp_path / "a.mp4")
    assert load(qtbot, loader, 2).index == 2


def test_closing_joins_the_thread_and_twice_is_safe(qtbot, loader, tmp_path):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    thread = loader._thread
    loader.request(50)
    loader.close()
    assert thread.isFinished()
    loader.close()
    loader.request(3)
    open_clip(qtbot, loader, tmp_path / "a.mp4")
    assert number_of(load(qtbot, loader, 3).picture) == 3


def test_an_unforeseen_error_is_told_and_the_next_frame_comes(qtbot, loader, tmp_path, monkeypatch):
    open_clip(qtbot, loader, make_clip(tmp_path / "a.mp4"))
    read = VideoReader.read

    def failing_read(self, index, *give_up):
        if index == 5:
            raise ZeroDivisionError("of all things")
        return read(self, index, *give_up)

    monkeypatch.setattr(VideoReader, "read", failing_read)
    with qtbot.waitSignal(loader.failed, timeout=5000) as failed:
        loader.request(5)
    assert "of all things" in failed.args[0]
    assert number_of(load(qtbot, loader, 6).picture) == 6
