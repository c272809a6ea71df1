"""The engine: logits, threads, and TensorFlow kept to itself."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.models.networks import crops, max_pool_network, package
from tests.oracle import lrp
from tpviewer.models.engine import Engine
from tpviewer.models.normalisation import normalise_crop
from tpviewer.models.quiet import import_tensorflow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine():
    engine = Engine(package(max_pool_network()))
    yield engine
    engine.close()


def test_logits_are_the_networks_output_before_any_sigmoid(engine):
    pictures = crops(3)
    slow = [lrp.forward(max_pool_network(), x)[-1] for x in normalise_crop(pictures)]
    np.testing.assert_allclose(engine.logits(pictures), slow, rtol=1e-4, atol=1e-5)


def test_no_crops_give_no_rows(engine):
    assert engine.logits(crops(0)).shape == (0, 3)
    assert engine.relevance(crops(0), np.zeros(0, int)).shape == (0, 12, 12)


@pytest.mark.parametrize(
    "call", [lambda e: e.logits(crops(1)), lambda e: e.relevance(crops(1), np.zeros(1, int))]
)
def test_another_thread_may_not_use_the_engine(engine, call):
    caught = []

    def use():
        try:
            call(engine)
        except RuntimeError as error:
            caught.append(str(error))

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "another thread" in caught[0]


def test_an_engine_works_in_a_thread_of_its_own(engine):
    found = []

    def use():
        own = Engine(package(max_pool_network()))
        found.append((own.logits(crops(3)), own.relevance(crops(3), np.arange(3))))
        own.close()

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert np.array_equal(found[0][0], engine.logits(crops(3)))
    assert np.array_equal(found[0][1], engine.relevance(crops(3), np.arange(3)))


def test_a_closed_engine_says_so():
    engine = Engine(package(max_pool_network()))
    engine.close()
    engine.close()
    with pytest.raises(RuntimeError, match="closed"):
        engine.logits(crops(1))


def test_the_engine_leaves_tensorflows_eager_mode_alone(engine):
    engine.logits(crops(1))
    assert import_tensorflow().executing_eagerly()


def test_importing_the_models_does_not_import_tensorflow():
    program = "import sys, tpviewer.models.engine; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_loading_and_calling_prints_nothing():
    program = (
        "import numpy as np; from tests.models.networks import *; from tpviewer.models.engine import Engine;"
        "e = Engine(package(max_pool_network())); e.relevance(crops(1), np.array([0])); e.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
