"""TensorFlow and iNNvestigate, imported late and without their chatter on the console."""

import os
import warnings
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import tensorflow

        tensorflow.get_logger().setLevel("ERROR")
    return tensorflow


def import_keras() -> Any:
    """Import Keras, as TensorFlow brings it."""
    return import_tensorflow().keras


def import_innvestigate() -> ModuleType:
    """Import iNNvestigate, the reference implementation of LRP (paper, section 3.2)."""
    import_tensorflow()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import innvestigate
    module: ModuleType = innvestigate
    return module
