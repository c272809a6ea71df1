"""TensorFlow and iNNvestigate, imported late and without their chatter on the console."""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


def import_tensorflow() -> Any:
    """Import TensorFlow, with its messages off.

    Returns
    -------
    module
        ``tensorflow``. The first call takes some seconds.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _without_requests(), _quiet():
        import tensorflow

        tensorflow.get_logger().setLevel("ERROR")
    return tensorflow


def import_keras() -> Any:
    """Import Keras, as TensorFlow brings it."""
    tensorflow = import_tensorflow()
    with _without_requests(), _quiet():
        return tensorflow.keras


def import_innvestigate() -> ModuleType:
    """Import iNNvestigate, the reference implementation of LRP (paper, section 3.2)."""
    import_tensorflow()
    with _without_requests(), _quiet():
        import innvestigate
    module: ModuleType = innvestigate
    return module


@contextmanager
def _quiet() -> Iterator[None]:
    """Drop warnings, also those that are logged: of TensorBoard, which the executables leave out."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


@contextmanager
def _without_requests() -> Iterator[None]:
    """Put a stand-in for ``requests``, which TensorFlow imports and never uses here: it opens a socket."""
    stand_in = "requests" not in sys.modules
    if stand_in:
        sys.modules["requests"] = ModuleType("requests")
    try:
        yield
    finally:
        if stand_in:
            del sys.modules["requests"]
