"""What goes into the executables and what stays out of them; `tpviewer.spec` follows these lists."""

import re
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CONSOLE, WINDOWED = "tpviewer", "tpviewer-window"
"""Names of the two programs; they differ by more than case, which Windows and macOS do not tell apart."""

PROGRAMS = (CONSOLE,) if sys.platform == "linux" else (CONSOLE, WINDOWED)
"""Those that are built; on Linux the two do not differ, so that one is a link to the other."""

FOLDER = "TPViewer"
IDENTIFIER = "org.tpviewer.TPViewer"
ICON = ROOT / "resources" / "icons" / "tpviewer.svg"
MACOS_LEAST = "14.0"

RESOURCE_FOLDERS = ("icons", "manual", "models", "outline", "phantom", "translations")
UNUSED_RESOURCES = ("*.ts", "manual/*.png")
"""Sources of translations, and the pictures of the README."""

MEDIAPIPE_FILES = (
    "modules/face_detection/*.binarypb",
    "modules/face_detection/*.tflite",
    "modules/face_landmark/face_landmark_front_cpu.binarypb",
    "modules/face_landmark/face_landmark.tflite",
)
"""MediaPipe's graphs and networks that find faces; those of hands and bodies stay out."""

METADATA = (
    *("numpy", "scipy", "scikit-learn", "av", "opencv-contrib-python", "mediapipe", "innvestigate", "keras"),
    *("PySide6-Essentials", "pyqtgraph"),
)
"""Packages whose version the program asks for (``tpviewer doctor``)."""

EXCLUDED_MODULES = (
    *("numba", "llvmlite"),  # renders faces for training, which is no part of the executables
    *("tensorboard", "tensorboard_data_server", "tensorflow_estimator", "grpc", "google.auth", "clang"),
    *("google_auth_oauthlib", "requests_oauthlib", "oauthlib", "werkzeug", "markdown", "requests", "urllib3"),
    *("distributed", "dask", "tornado", "fsspec", "jinja2"),  # a cluster's workers have Python
    "tensorflow.compiler.mlir.stablehlo",
    *("jax", "jaxlib", "torch", "zennit", "sounddevice", "cryptography", "certifi"),
    *("tkinter", "_tkinter", "IPython", "OpenGL", "PyQt5", "PyQt6", "PySide2"),
    *(
        "pytest",
        "_pytest",
        "pytestqt",
        "xdist",
        "hypothesis",
        "mypy",
        "mypyc",
        "ruff",
        "importlinter",
        "grimp",
    ),
    *("pip", "wheel", "lib2to3", "pydoc_data", "idlelib", "ensurepip", "turtledemo"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtPdf", "PySide6.QtSql", "PySide6.QtTest"),
)

UNUSED_FILES = (
    "cv2/data/*",
    "cv2/qt/*",
    "tensorflow/include/*",
    "tensorflow/xla_aot_runtime_src/*",
    "PySide6/*qml/*",
    "PySide6/*translations/*",
    *("*qtvirtualkeyboard*", "*Qt6VirtualKeyboard*", "*QtVirtualKeyboard*"),
    *("*Qt6Pdf*", "*/QtPdf*", "*qpdf.*"),
    *("*qgtk3*", "libgdk*", "libgtk*", "libatk*", "libcairo*", "libpango*", "libepoxy*"),
    *("*/tests/*", "*.pyi"),
)
"""Files that hooks of PyInstaller collect though nothing of the program uses them."""

UNUSED_HOOKS = ("pyi_rth_mplconfig",)
"""Hooks of PyInstaller that run at each start: this one leaves a folder behind for each process that is
killed; without it matplotlib keeps its cache in the user's own folder."""

USED_ALL_THE_SAME = ("*/qtbase_de.qm",)


def version() -> str:
    """Version of TPViewer, read without importing it."""
    text = (ROOT / "tpviewer" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"', text, flags=re.MULTILINE)
    assert found is not None
    return found[1]


def property_list() -> dict[str, Any]:
    """What macOS is to know: the files that the program opens, and why it asks for camera and microphone."""
    session = f"{IDENTIFIER}.session"
    return {
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "TPViewer session",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [session],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": session,
                "UTTypeDescription": "TPViewer session",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": ["tpv"]},
            }
        ],
        "NSCameraUsageDescription": "TPViewer shows and records it when you ask. Nothing leaves this Mac.",
        "NSMicrophoneUsageDescription": "TPViewer records sound when you ask. Nothing leaves this Mac.",
        "CFBundleExecutable": WINDOWED,
        "LSBackgroundOnly": False,  # as PyInstaller takes it to be, for the console program in it
        "LSMinimumSystemVersion": MACOS_LEAST,
        "NSHighResolutionCapable": True,
    }


def windows_version() -> tuple[int, int, int, int]:
    """Version as four numbers, as Windows has it."""
    numbers = [int(number) for number in re.findall(r"\d+", version())[:4]]
    first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def resources() -> list[tuple[str, str]]:
    """Files of ``resources`` that are in the executables, each with the folder it goes to."""
    found = []
    for folder in RESOURCE_FOLDERS:
        for path in sorted((ROOT / "resources" / folder).rglob("*")):
            name = path.relative_to(ROOT / "resources").as_posix()
            if path.is_file() and not _fits(name, UNUSED_RESOURCES):
                found.append((str(path), str(path.parent.relative_to(ROOT))))
    return found


def is_used(name: str) -> bool:
    """Whether a file that PyInstaller would collect under this name goes in."""
    name = name.replace("\\", "/")
    return _fits(name, USED_ALL_THE_SAME) or not _fits(name, UNUSED_FILES)


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
