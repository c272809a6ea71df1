"""TensorFlow and iNNvestigate, imported late and without their chatter on the console."""

import os
import warnings
from types import ModuleType
from typing import Any

_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def import_tensorflow() -> Any:
    """Import TensorFlow, with its messages off.

    Its oneDNN kernels are off too, as sums should not depend on which of them a processor gets.

    Returns
    -------
    module
        ``tensorflow``. The first call takes some seconds.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
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
