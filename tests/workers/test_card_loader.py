"""Cards and pictures of sessions: read in another thread, and no picture reaches a disk."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from tests.store.listed import listed
from tpviewer.media.source import open_source
from tpviewer.media.thumbnail import thumbnail
from tpviewer.media.video_writer import write_video
from tpviewer.store.card import SessionCard
from tpviewer.workers.card_loader import PICTURE_SIDE, Card, CardLoader, sessions_below

COLOURS = 60


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video whose frames grow brighter, with a white square at (60, 20) that a face could be."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"

    def frame(number: int) -> NDArray[np.uint8]:
        picture = np.full((64, 128, 3), 2 * number, np.uint8)
        picture[20:40, 60:80] = 255
        return picture

    write_video(path, (frame(number) for number in range(COLOURS)), Fraction(25))
    return path


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[CardLoader]:
    loader = CardLoader(
        lambda video: video.with_suffix(".tpv") if video.with_suffix(".tpv").exists() else None
    )
    yield loader
    loader.close()


def test_a_thumbnail_is_of_the_wanted_moment_and_cut_around_the_face(film: Path) -> None:
    with open_source(film) as source:
        pts = [int(source.info.pts[number]) for number in (5, 50)]
    early, late = (thumbnail(film, 64, pts=moment) for moment in pts)
    assert early.shape == (64, 64, 3)
    assert abs(float(early[2, 2].mean()) - 10) < 8
    assert abs(float(late[2, 2].mean()) - 100) < 8
    face = thumbnail(film, 64, pts=pts[0], box=(60.0, 20.0, 20.0, 20.0))
    white = face.mean(axis=2) > 200
    assert 0.2 < white.mean() < 0.5  # 1 / 1.7²
    assert white[32, 32]
    assert not white[2, 2]


def test_a_thumbnail_of_images_is_the_image_of_that_number(film: Path, tmp_path: Path) -> None:
    import cv2

    for number in range(3):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((20, 40, 3), 100 * number, np.uint8))
    assert thumbnail(tmp_path, 8, frame=2).mean() == 200
    assert thumbnail(tmp_path / "1.png", 8).mean() == 100


def test_cards_come_in_the_order_in_which_they_are_wanted(
    loader: CardLoader, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [listed(tmp_path / f"{number}.tpv", tmp_path / "film.mp4") for number in range(3)]
    damaged, video, alone = tmp_path / "damaged.tpv", tmp_path / "0.mp4", tmp_path / "alone.mp4"
    damaged.write_bytes(b"rubbish")
    for file in (video, alone):
        file.touch()
    known: dict[Path, Card] = {}
    loader.loaded.connect(known.update)
    wanted = [*reversed(paths), damaged, video, alone]
    loader.want_cards(wanted)
    qtbot.waitUntil(lambda: len(known) == len(wanted))
    assert list(known) == wanted
    first, same = known[paths[0]], known[video]
    assert isinstance(first, SessionCard)
    assert first == same
    assert "not a" in str(known[damaged])
    assert known[alone] is None


def test_a_newer_wish_replaces_the_older(loader: CardLoader, tmp_path: Path, qtbot: QtBot) -> None:
    paths = [listed(tmp_path / f"{number}.tpv", tmp_path / "film.mp4") for number in range(2)]
    done: list[Path] = []
    loader.pictured.connect(lambda path, _: done.append(path))
    loader.want_pictures([(path, None) for path in paths])
    loader.want_pictures([(paths[1], None)])
    qtbot.waitUntil(lambda: paths[1] in done)
    qtbot.wait(50)
    assert done in ([paths[0], paths[1]], [paths[1]])


def test_pictures_are_of_the_session_and_leave_nothing_on_the_disk(
    loader: CardLoader, film: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session, lost = listed(tmp_path / "a.tpv", film), listed(tmp_path / "b.tpv", tmp_path / "lost.mp4")
    known: dict[Path, Card] = {}
    loader.loaded.connect(known.update)
    loader.want_cards([session, lost])
    qtbot.waitUntil(lambda: len(known) == 2)
    before = {path: path.stat().st_mtime_ns for path in [*tmp_path.iterdir(), *film.parent.iterdir()]}
    pictures: dict[Path, NDArray[np.uint8] | None] = {}
    loader.pictured.connect(pictures.__setitem__)
    loader.want_pictures(list(known.items()))
    qtbot.waitUntil(lambda: len(pictures) == 2)
    picture = pictures[session]
    assert picture is not None
    assert picture.shape == (PICTURE_SIDE, PICTURE_SIDE, 3)
    assert pictures[lost] is None
    after = {path: path.stat().st_mtime_ns for path in [*tmp_path.iterdir(), *film.parent.iterdir()]}
    assert after == before


def test_sessions_below_a_folder_are_found_at_any_depth(
    loader: CardLoader, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.tpv", "deep/er/b.TPV", "deep/c.mp4", ".hidden/d.tpv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with qtbot.waitSignal(loader.found) as found:
        loader.look_through([tmp_path])
    assert found.args[0] == tmp_path
    assert [path.name for path, _ in found.args[1]] == ["a.tpv", "b.TPV"]
    assert sessions_below(tmp_path, give_up=lambda: True) == []
    with qtbot.waitSignal(loader.failed) as failed:
        loader.look_through([tmp_path / "gone"])
    assert "not there" in failed.args[0]
