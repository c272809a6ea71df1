"""Relevance on demand is the map that an analysis would have stored."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tests.pipeline.curated import PARAMS, PHANTOM, run
from tpviewer.core.errors import ParameterError
from tpviewer.media.source import VideoSource, open_source
from tpviewer.models.engine import Engine
from tpviewer.models.model_package import load_package
from tpviewer.pipeline.explain_one import explain_one
from tpviewer.store.codecs import decode_map, encode_map
from tpviewer.store.session import Session


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    path = tmp_path_factory.mktemp("analysed") / "a.tpv"
    run(path, model)
    return path


@pytest.fixture(scope="module")
def engine(model: Path) -> Iterator[Engine]:
    opened = Engine(load_package(model))
    yield opened
    opened.close()


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def source() -> Iterator[VideoSource]:
    with open_source(PHANTOM) as opened:
        yield opened


@pytest.mark.parametrize("frame", [0, 17, PARAMS.max_frames - 1])
def test_it_is_the_stored_map_where_there_is_one(
    source: VideoSource, session: Session, engine: Engine, frame: int
) -> None:
    found = explain_one(source, session, engine, frame, "AU12")
    stored = session.relevance.get(session.aus.index("AU12"), frame)
    np.testing.assert_allclose(decode_map(*encode_map(found)), stored, atol=1e-3 * np.abs(stored).max())


def test_nothing_is_written(source: VideoSource, session: Session, engine: Engine, path: Path) -> None:
    before = path.read_bytes()
    assert explain_one(source, session, engine, 3, "AU01").shape == (96, 96)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("frame", "au", "words"),
    [
        (0, "AU99", "does not know AU99; it knows AU01, AU06, AU12"),
        (48, "AU12", "there is no frame 48; frames 0 to 47"),
        (-1, "AU12", "there is no frame -1"),
    ],
)
def test_what_does_not_exist_is_refused(
    source: VideoSource, session: Session, engine: Engine, frame: int, au: str, words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        explain_one(source, session, engine, frame, au)


def test_a_frame_without_a_face_is_refused(
    source: VideoSource, session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = session.arrays.require("crop_to_frame")
    without[5] = np.nan
    monkeypatch.setattr(type(session.arrays), "get", lambda self, name: without)
    with pytest.raises(ParameterError, match="no face was found in frame 5"):
        explain_one(source, session, engine, 5, "AU12")
