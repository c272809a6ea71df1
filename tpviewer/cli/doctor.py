"""``tpviewer doctor``: what is installed, what is missing, how to mend it."""

import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

from tpviewer import __version__
from tpviewer.cli.options import Commands
from tpviewer.core.errors import TPViewerError
from tpviewer.models.default import default_package_path
from tpviewer.models.model_package import load_package
from tpviewer.resources import resource
from tpviewer.store.session import Session

_PACKAGES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "av",
    "opencv-contrib-python",
    "mediapipe",
    "innvestigate",
    "keras",
    "PySide6-Essentials",
    "pyqtgraph",
)
_FREE_GB = 2.0


def add_to(commands: Commands, more: Mapping[str, Callable[[], str]] = MappingProxyType({})) -> None:
    """Add this command's arguments, and `more` checks of other layers by title."""
    parser = commands.add_parser("doctor", help="what is installed, what is missing, how to mend it")
    parser.set_defaults(run=lambda _: run({**CHECKS, **more}))


def run(checks: Mapping[str, Callable[[], str]]) -> int:
    """Check everything that is needed; exit 1 when something is missing."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(f"TPViewer {__version__}, Python {platform.python_version()}, {platform.platform()}")
    healthy = True
    for title, check in checks.items():
        try:
            console.print(f"ok       {title}: {check()}")
        except (TPViewerError, ImportError, OSError, metadata.PackageNotFoundError) as error:
            healthy = False
            console.print(f"missing  {title}: {error}")
    return 0 if healthy else 1


def _python() -> str:
    if sys.version_info[:2] != (3, 11):
        raise TPViewerError("TPViewer needs Python 3.11; make its environment with that version")
    return "3.11"


def _packages() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)


def _face_detector() -> str:
    import numpy as np

    from tpviewer.models.face_mesh import FaceMeshDetector

    detector = FaceMeshDetector()
    try:
        detector.detect(np.zeros((64, 64, 3), np.uint8))
    finally:
        detector.close()
    return "MediaPipe face mesh runs"


def _model() -> str:
    import numpy as np

    from tpviewer.models.engine import Engine
    from tpviewer.pipeline.params import PRESET

    package = load_package(default_package_path())
    engine = Engine(package, PRESET)
    try:
        crop = np.full((1, *package.card.input_size), 128, np.uint8)
        engine.relevance(crop, np.zeros(1, np.int64))
    finally:
        engine.close()
    return f"{package.card.name} {package.card.version}, {len(package.card.aus)} Action Units, relevance runs"


def _sample() -> str:
    return str(resource("phantom", "phantom.mp4"))


def _session() -> str:
    with tempfile.TemporaryDirectory() as folder, Session(Path(folder) / "check.tpv", writable=True):
        return "can be written"


def _space() -> str:
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    if free < _FREE_GB:
        raise TPViewerError(f"only {free:.1f} GB free in {Path.cwd()}; free some space")
    return f"{free:.0f} GB free here"


CHECKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "packages": _packages,
    "face detector": _face_detector,
    "model": _model,
    "sample video": _sample,
    "session files": _session,
    "disk": _space,
}
