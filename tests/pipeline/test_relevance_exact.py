"""The stored maps are iNNvestigate's own, on the bundled model and the bundled phantom."""

import numpy as np
import pytest

from tpviewer.media.source import open_source
from tpviewer.models.default import default_package_path
from tpviewer.models.engine import Engine
from tpviewer.models.lrp_presets import DEFAULT_PRESET
from tpviewer.models.model_package import load_package
from tpviewer.models.network import build_keras
from tpviewer.models.normalisation import network_input
from tpviewer.models.protocols import TILE
from tpviewer.models.quiet import import_innvestigate, import_tensorflow
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.neutral import NeutralCrops, beside
from tpviewer.pipeline.params import Params
from tpviewer.resources import resource
from tpviewer.store.session import Session

Pair = tuple[int, int]


def relative(found: np.ndarray, true: np.ndarray) -> float:
    return float(np.linalg.norm(found - true) / np.linalg.norm(true))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    path = tmp_path_factory.mktemp("exact") / "a.tpv"
    for _ in analyze(resource("phantom", "phantom.mp4"), path, Params(max_frames=120, keep_crops=True)):
        pass
    with Session(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pairs(session: Session) -> list[Pair]:
    """Every third stored map."""
    return sorted(session.relevance.stored(0, 120))[::3]


def crops(session: Session, pairs: list[Pair]) -> np.ndarray:
    return np.stack([session.predictions.crop(frame) for _, frame in pairs])


@pytest.fixture(scope="module")
def neutrals(session: Session, pairs: list[Pair]) -> np.ndarray | None:
    """The person's neutral crop beside each; None for a model that takes none."""
    with open_source(resource("phantom", "phantom.mp4")) as source:
        return beside(crops(session, pairs), NeutralCrops().of(source, session))


@pytest.fixture(scope="module")
def reference(session: Session, pairs: list[Pair], neutrals: np.ndarray | None) -> np.ndarray:
    """iNNvestigate called directly, one Action Unit at a time, in batches of 16.

    In batches of another size its own float32 maps differ by up to 3e-5, so the size is kept.
    """
    network, tensorflow = load_package(default_package_path()).network, import_tensorflow()
    inputs, units = (
        network_input(crops(session, pairs), neutrals, network.input_shape[-1]),
        np.array([au for au, _ in pairs]),
    )
    maps = np.zeros(inputs.shape[:3], np.float32)
    with tensorflow.Graph().as_default() as graph, tensorflow.compat.v1.Session(graph=graph).as_default():
        analyzer = import_innvestigate().create_analyzer(
            DEFAULT_PRESET, build_keras(network, tensorflow.keras), neuron_selection_mode="index"
        )
        for au in np.unique(units).tolist():
            rows = np.flatnonzero(units == au)
            for first in range(0, len(rows), TILE):
                batch = rows[first : first + TILE]
                full = np.resize(batch, TILE)
                maps[batch] = analyzer.analyze(inputs[full], au).sum(axis=-1)[: len(batch)]
    return maps


@pytest.mark.filterwarnings("ignore:.Model.state_updates:UserWarning")
def test_maps_equal_innvestigate_before_and_after_storage(
    session: Session, pairs: list[Pair], neutrals: np.ndarray | None, reference: np.ndarray
) -> None:
    engine = Engine(load_package(default_package_path()))
    computed = engine.relevance(crops(session, pairs), np.array([au for au, _ in pairs]), neutrals)
    engine.close()
    stored = np.stack([session.relevance.get(au, frame) for au, frame in pairs])
    assert len(pairs) > 50
    for number in range(len(pairs)):
        assert relative(computed[number], reference[number]) < 1e-5
        assert relative(stored[number], reference[number]) < 5e-4


def test_relevance_is_stored_wherever_the_probability_reaches_the_floor(session: Session) -> None:
    with np.errstate(over="ignore"):
        probability = 1 / (1 + np.exp(-session.logits().astype(np.float64)))
    floors = np.array([session.provenance["relevance_floors"][au] for au in session.aus])
    expected = {(int(au), int(frame)) for frame, au in np.argwhere(probability >= floors)}
    assert session.relevance.stored(0, 120) == expected
