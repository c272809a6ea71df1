"""Where the bundled model lies."""

from pathlib import Path

from tpviewer.core.errors import ModelError, TPViewerError
from tpviewer.resources import resource


def default_package_path() -> Path:
    """Return the folder of the bundled model package, in the source tree and in the frozen program alike.

    Raises
    ------
    ModelError
        If it is missing.
    """
    try:
        return resource("models", "default")
    except TPViewerError as error:
        raise ModelError(f"the bundled model is missing: {error}, or name a model with --model") from error
