"""Tiles show the right frame, aligned to the maps drawn over it."""

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tpviewer.core.alignment import invert
from tpviewer.core.relevance import top_x_mask
from tpviewer.core.stages import Stage
from tpviewer.export.stage_tiles import SCALE, open_video, representative_frame, stage_tiles
from tpviewer.export.tile_grid import readable
from tpviewer.media.crop import crop_face
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.resources import resource
from tpviewer.store.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("tiles")
    model = build_tiny_package(folder / "tiny", seed=3)
    path = folder / "a.tpv"
    for _ in analyze(resource("phantom", "phantom.mp4"), path, Params(max_frames=40), model):
        pass
    with Session(path) as opened:
        yield opened


def test_there_is_one_tile_a_stage_in_order(session: Session) -> None:
    with open_video(session) as source:
        tiles = stage_tiles(session, source, "paper")
    assert [tile.stage for tile in tiles] == session.stages(profile="paper")
    assert any(tile.overlays for tile in tiles)
    for tile in tiles:
        assert tile.stage.start <= tile.frame < tile.stage.stop
        assert [overlay.label for overlay in tile.overlays] == [
            f"{au}_{chr(ord('A') + look)}" for au, look in tile.stage.key
        ]


def test_a_tile_is_the_crop_enlarged_pixel_for_pixel(session: Session) -> None:
    with open_video(session) as source:
        tile = stage_tiles(session, source, "paper")[0]
        to_frame = session.arrays.require("crop_to_frame")[tile.frame]
        crop = crop_face(source.read(tile.frame), invert(to_frame), 96, 96).astype(float)
    assert tile.picture.shape == (96 * SCALE, 96 * SCALE)
    small = tile.picture.reshape(96, SCALE, 96, SCALE).mean(axis=(1, 3))
    errors = {
        (dy, dx): np.abs(np.roll(small, (dy, dx), (0, 1)) - crop)[4:-4, 4:-4].mean()
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    }
    assert min(errors, key=errors.get) == (0, 0)
    assert errors[0, 0] < 6


def test_overlays_are_the_top_25_of_the_cluster_prototypes(session: Session) -> None:
    with open_video(session) as source:
        tiles = stage_tiles(session, source, "paper")
    overlay = next(o for tile in tiles for o in tile.overlays)
    prototype = session.prototypes(overlay.au, "paper")[overlay.look]
    np.testing.assert_array_equal(overlay.mask, top_x_mask(prototype, 25.0))


def test_the_frame_shown_has_the_smallest_summed_distance_to_its_prototypes(session: Session) -> None:
    prototypes = {au: session.prototypes(au, "paper") for au in session.clusterings("paper")}
    stage = max((s for s in session.stages(profile="paper") if s.key), key=lambda s: s.frames)
    sums = {}
    for frame in range(stage.start, stage.stop):
        sums[frame] = 0.0
        for au, look in stage.key:
            relevance = session.relevance.get(session.aus.index(au), frame)
            sums[frame] += np.linalg.norm(relevance / np.abs(relevance).max() - prototypes[au][look])
    assert representative_frame(session, stage, prototypes) == min(sums, key=sums.get)


@pytest.mark.parametrize("shade", ["#ffff00", "#ffffff", "#8fd060", "#102030"])
def test_labels_are_dark_enough_to_read_on_white(shade: str) -> None:
    rgb = np.array([int(readable(shade)[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    assert 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05) >= 4.4


def test_none_is_shown_by_its_calmest_frame(session: Session) -> None:
    frames = Stage(5, 30, ())
    table = session.frame_table()
    sums = table[[f"{au}_p" for au in session.aus]].sum(axis=1)[5:30]
    assert representative_frame(session, frames, {}) == int(sums.idxmin())


def test_a_stage_without_a_face_has_no_picture(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(session.arrays), "require", lambda self, name: np.zeros(40, bool))
    assert representative_frame(session, Stage(3, 9, (), unseen=True), {}) is None
