"""Pictures of stages come one by one from another thread, and only those of the newest request."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tpviewer.core.alignment import invert
from tpviewer.core.stages import Stage
from tpviewer.export import stage_tiles
from tpviewer.media import source as media_source
from tpviewer.media.crop import crop_face
from tpviewer.resources import resource
from tpviewer.store.relevance import RelevanceTable
from tpviewer.store.session import Session
from tpviewer.workers import tile_loader
from tpviewer.workers.tile_loader import PICTURE_SCALE, TileLoader, TilePicture, TileRequest

VIDEO = resource("phantom", "phantom.mp4")
LONG = 30_000
CROP = 96
FRAMES = 40
TO_FRAME = np.array([[3.3, 0.06, 94.0], [-0.06, 3.3, 96.0]])
STAGES = (
    Stage(0, 10, ()),
    Stage(10, 22, (("AU01", 0),)),
    Stage(22, 26, (), unseen=True),
    Stage(26, 40, (("AU01", 1), ("AU12", 0))),
)
CALMEST, LIKEST, LIKEST_OF_TWO = 4, 15, 31


@pytest.fixture(scope="module")
def request_for_all(tmp_path_factory: pytest.TempPathFactory) -> TileRequest:
    """A session in which it is known which frame of each stage stands for it."""
    path = tmp_path_factory.mktemp("pictures") / "a.tpv"
    rng = np.random.default_rng(5)
    prototypes = {
        au: rng.uniform(-1, 1, (count, CROP, CROP)).astype(np.float32)
        for au, count in (("AU01", 2), ("AU12", 1))
    }
    for maps in prototypes.values():
        maps[:, 0, 0] = 1.0  # so that a map that is a prototype stays one when it is normalised
    seen = np.ones(FRAMES, np.bool_)
    seen[22:26] = False
    logits = rng.uniform(-2, 2, (FRAMES, 2)).astype(np.float32)
    logits[CALMEST] = -9
    with Session(path, writable=True) as session, session.transaction():
        session.meta.put("model", {"aus": ["AU01", "AU12"], "input_size": [CROP, CROP]})
        session.arrays.put("seen", seen)
        session.arrays.put("crop_to_frame", np.tile(TO_FRAME, (FRAMES, 1, 1)))
        session.predictions.add(np.flatnonzero(seen), logits[seen])
        for stage in STAGES:
            for au, look in stage.key:
                maps = rng.uniform(-1, 1, (stage.frames, CROP, CROP)).astype(np.float32)
                best = LIKEST if stage.start == 10 else LIKEST_OF_TWO
                maps[best - stage.start] = prototypes[au][look]
                pairs = [(0 if au == "AU01" else 1, frame) for frame in range(stage.start, stage.stop)]
                session.relevance.add(pairs, maps)
    return TileRequest(path, VIDEO, STAGES, prototypes, tuple(range(len(STAGES))))


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[TileLoader]:
    loader = TileLoader()
    yield loader
    loader.close()


def gathered(loader: TileLoader) -> dict[int, TilePicture]:
    found: dict[int, TilePicture] = {}
    loader.tile_ready.connect(lambda number, tile: found.update({number: tile}))
    return found


def test_the_frame_of_a_tile_is_most_like_its_prototypes_and_a_calm_one_for_none(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot
) -> None:
    found = gathered(loader)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(request_for_all)
    assert [found[n].stage for n in range(len(STAGES))] == list(STAGES)
    assert [found[n].frame for n in range(len(STAGES))] == [CALMEST, LIKEST, None, LIKEST_OF_TWO]
    assert found[2].picture is None


def test_a_picture_is_the_models_crop_enlarged(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot
) -> None:
    found = gathered(loader)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, numbers=(1,)))
    with media_source.open_source(VIDEO) as video:
        crop = crop_face(video.read(LIKEST), invert(TO_FRAME), CROP, CROP).astype(float)
    picture = found[1].picture
    assert picture.shape == (CROP * PICTURE_SCALE, CROP * PICTURE_SCALE)
    small = picture.reshape(CROP, PICTURE_SCALE, CROP, PICTURE_SCALE).mean(axis=(1, 3))
    errors = {
        (dy, dx): np.abs(np.roll(small, (dy, dx), (0, 1)) - crop)[4:-4, 4:-4].mean()
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    }
    assert min(errors, key=errors.get) == (0, 0)
    assert errors[0, 0] < 6


def test_pictures_come_in_the_order_in_which_they_are_asked_for(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot
) -> None:
    order: list[int] = []
    loader.tile_ready.connect(lambda number, tile: order.append(number))
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, numbers=(2, 0)))
    assert order == [2, 0]


def test_the_newest_request_wins(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    real = stage_tiles.stage_picture

    def counted(session: Session, source: Any, stage: Stage, *others: Any) -> Any:
        made.append(stage.start)
        return real(session, source, stage, *others)

    monkeypatch.setattr(stage_tiles, "stage_picture", counted)
    ends: list[None] = []
    loader.finished.connect(lambda: ends.append(None))
    for _ in range(3):
        loader.request(request_for_all)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, numbers=(1,)))
    qtbot.wait(50)
    assert len(ends) == 1
    assert len(made) <= 2
    assert made[-1] == STAGES[1].start


def test_the_video_is_opened_once_and_never_hashed(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    real = media_source.open_source

    def counted(path: Path) -> Any:
        opened.append(path)
        return real(path)

    def never(path: Path) -> None:
        raise AssertionError("hashed")

    monkeypatch.setattr(media_source, "open_source", counted)
    monkeypatch.setattr(media_source, "file_identity", never)
    monkeypatch.setattr(stage_tiles, "file_identity", never)
    for _ in range(2):
        with qtbot.waitSignal(loader.finished, timeout=LONG):
            loader.request(replace(request_for_all, numbers=(0,)))
    assert opened == [VIDEO]


def test_of_a_long_stage_a_bounded_number_of_frames_is_compared(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    real = RelevanceTable.get

    def counted(self: RelevanceTable, au: int, frame: int) -> Any:
        read.append(frame)
        return real(self, au, frame)

    monkeypatch.setattr(RelevanceTable, "get", counted)
    monkeypatch.setattr(tile_loader, "MOST_COMPARED", 3)
    found = gathered(loader)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, video=None, numbers=(1,)))
    assert sorted(set(read)) == [10, 15, 21]
    assert found[1].frame == LIKEST


def test_without_the_video_tiles_come_without_pictures(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot
) -> None:
    found = gathered(loader)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, video=None))
    assert len(found) == len(STAGES)
    assert all(tile.picture is None for tile in found.values())
    assert found[1].frame == LIKEST


def test_a_video_that_cannot_be_read_is_reported_and_tiles_still_come(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    found = gathered(loader)
    problems: list[str] = []
    loader.failed.connect(problems.append)
    with qtbot.waitSignal(loader.finished, timeout=LONG):
        loader.request(replace(request_for_all, video=tmp_path / "gone.mp4", numbers=(0,)))
    (problem,) = problems
    assert "gone.mp4" in problem
    assert found[0].picture is None


def test_a_session_that_cannot_be_read_is_reported(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(loader.failed, timeout=LONG) as told:
        loader.request(replace(request_for_all, session=tmp_path / "none.tpv"))
    assert "none.tpv" in told.args[0]


def test_closing_in_the_middle_ends_the_thread_and_can_be_done_twice(
    loader: TileLoader, request_for_all: TileRequest, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(loader.tile_ready, timeout=LONG):
        loader.request(request_for_all)
    loader.close()
    loader.close()
    loader.request(request_for_all)
    found = gathered(loader)
    qtbot.wait(50)
    assert found == {}
