"""What goes into the executables: every file that the program asks for, and a licence for everything."""

import ast
import importlib
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from tpviewer.cli import doctor
from tpviewer.models.mesh_graph import MESH_GRAPH

ROOT = Path(__file__).resolve().parents[2]
TRAINING_ONLY = {"numba", "torch", "zennit"}
CLUSTER_ONLY = {"distributed"}
"""Not in the executables: training and a benchmark import them, and say so if they are missing."""


@pytest.fixture(scope="module")
def scripts() -> Iterator[None]:
    """The modules of ``packaging`` can be imported, and are forgotten afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(ROOT / "packaging"))
    yield
    sys.path.remove(str(ROOT / "packaging"))
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(ROOT / "packaging")):
            del sys.modules[name]


@pytest.fixture(scope="module")
def bundle(scripts: None) -> ModuleType:
    return importlib.import_module("bundle")


@pytest.fixture(scope="module")
def notices(scripts: None) -> ModuleType:
    return importlib.import_module("notices")


@pytest.fixture(scope="module")
def manifest(scripts: None) -> ModuleType:
    return importlib.import_module("manifest")


@cache
def sources() -> tuple[ast.AST, ...]:
    """All that the program's sources say."""
    files = sorted((ROOT / "tpviewer").rglob("*.py"))
    return tuple(node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def test_every_folder_of_resources_is_listed(bundle: ModuleType) -> None:
    folders = {path.name for path in (ROOT / "resources").iterdir()}
    assert folders == set(bundle.RESOURCE_FOLDERS)


def test_every_file_that_the_program_names_goes_in(bundle: ModuleType) -> None:
    listed = {Path(path).relative_to(ROOT / "resources").as_posix() for path, _ in bundle.resources()}
    folders = {parent.as_posix() for name in listed for parent in Path(name).parents}
    named = [
        "/".join(part.value for part in node.args)
        for node in sources()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "resource"
        and all(isinstance(part, ast.Constant) for part in node.args)
    ]
    assert len(named) > 8
    assert [name for name in named if name not in listed | folders] == []
    assert {"icons/tpviewer.svg", "manual/how_to_read_de.md", "models/default/model.keras"} <= listed


def test_files_go_to_the_folder_in_which_the_program_looks(bundle: ModuleType) -> None:
    for path, folder in bundle.resources():
        assert Path(path).parent.relative_to(ROOT).as_posix() == Path(folder).as_posix()


def test_the_graphs_that_find_faces_go_in(bundle: ModuleType) -> None:
    package = Path(str(metadata.distribution("mediapipe").locate_file("mediapipe")))
    for pattern in bundle.MEDIAPIPE_FILES:
        assert list(package.glob(pattern)), pattern
    assert any(fnmatchcase(MESH_GRAPH, f"mediapipe/{pattern}") for pattern in bundle.MEDIAPIPE_FILES)


def test_doctor_finds_the_versions_that_it_asks_for(bundle: ModuleType) -> None:
    assert set(doctor._PACKAGES) <= set(bundle.METADATA)


def test_nothing_that_is_imported_stays_out(bundle: ModuleType) -> None:
    imported = set()
    for node in sources():
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    excluded = set(bundle.EXCLUDED_MODULES) - TRAINING_ONLY - CLUSTER_ONLY
    left_out = {name for name in imported for out in excluded if name == out or name.startswith(f"{out}.")}
    assert left_out == set()


def test_what_is_used_of_qt_is_kept_and_the_rest_is_not(bundle: ModuleType) -> None:
    plugins = "PySide6/Qt/plugins"
    for name in ("multimedia/libffmpegmediaplugin.so", "platforms/libqxcb.so", "platforms/libqoffscreen.so"):
        assert bundle.is_used(f"{plugins}/{name}")
    assert bundle.is_used("PySide6/Qt/translations/qtbase_de.qm")
    assert bundle.is_used("PySide6\\Qt6Gui.dll")
    assert bundle.is_used("PySide6/Qt/lib/libQt6Quick.so.6")  # the multimedia plugin is linked to it
    for name in ("translations/qtbase_fr.qm", "lib/libQt6Pdf.so.6", "plugins/platformthemes/libqgtk3.so"):
        assert not bundle.is_used(f"PySide6/Qt/{name}")
    assert not bundle.is_used("cv2\\data\\haarcascade_eye.xml")


def test_every_package_in_the_executables_has_the_text_of_its_licence(
    notices: ModuleType, tmp_path: Path
) -> None:
    names = ("av", "keras", "flatbuffers", "mediapipe", "numpy", "PySide6_Addons", "scipy", "tensorflow-cpu")
    installed = [name for name in names if name != "tensorflow-cpu" or sys.platform == "linux"]
    shipped = [
        Path(str(distribution.locate_file(file)))
        for distribution in map(metadata.distribution, installed)
        for file in (distribution.files or [])[:400]
    ]
    parts = notices.write_notices(shipped, tmp_path / "licences")
    assert {"TPViewer", "Python", *installed} <= {part.name for part in parts}
    told = (tmp_path / "licences" / "NOTICES.md").read_text(encoding="utf-8")
    for part in parts:
        assert f"| {part.name} | {part.version} |" in told
        assert all(file.stat().st_size > 100 for file in (tmp_path / "licences" / part.name).iterdir())
    assert "GNU GENERAL PUBLIC LICENSE" in (tmp_path / "licences" / "GPL-3.0.txt").read_text()
    assert "Face Research Lab London Set" in (tmp_path / "licences" / "TPViewer" / "NOTICE.md").read_text(
        "utf-8"
    )


def test_a_part_without_a_licence_stops_the_build(
    notices: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "WITHOUT_TEXT", {})
    file = metadata.distribution("keras").locate_file("keras/__init__.py")
    with pytest.raises(SystemExit, match="keras"):
        notices.write_notices([Path(str(file))], tmp_path / "licences")


def test_the_manifest_finds_what_changed(manifest: ModuleType, tmp_path: Path) -> None:
    for name in ("same", "other", "gone"):
        (tmp_path / name).write_text(name)
    told = {"files": manifest.hashes(tmp_path)}
    assert manifest.compare(told, tmp_path) == []
    (tmp_path / "other").write_text("another")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("new")
    assert manifest.compare(told, tmp_path) == ["missing: gone", "new: new", "changed: other"]


def test_macos_knows_the_files_and_why_the_camera_is_asked_for(bundle: ModuleType) -> None:
    told = plistlib.loads(plistlib.dumps(bundle.property_list()))
    (kind,) = told["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["tpv"]
    assert told["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert told["NSCameraUsageDescription"]
    assert told["NSMicrophoneUsageDescription"]


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop file is of Linux")
def test_a_user_of_linux_gets_menu_and_files_tied_and_untied(tmp_path: Path) -> None:
    program, home = tmp_path / "Mein Ordner ä" / "TPViewer", tmp_path / "home"
    shutil.copytree(ROOT / "packaging" / "linux" / "desktop", program / "desktop")
    shutil.copy(ROOT / "resources" / "icons" / "tpviewer.svg", program / "desktop")
    home.mkdir()
    install = [program / "desktop" / "install.sh"]
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run(install, env=environment, check=True)
    entry = (home / ".local/share/applications/tpviewer.desktop").read_text(encoding="utf-8")
    assert f'Exec="{program}/tpviewer-window" %f' in entry
    mime = (home / ".local/share/mime/packages/tpviewer-mime.xml").read_text(encoding="utf-8")
    assert 'glob pattern="*.tpv"' in mime
    subprocess.run([*install, "--remove"], env=environment, check=True)
    assert list(home.rglob("tpviewer*")) == []


def test_windows_gets_its_number(bundle: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "version", lambda: "1.2.3rc4")
    assert bundle.windows_version() == (1, 2, 3, 4)


def test_what_builds_the_executables_is_pinned() -> None:
    pinned = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert "\npyinstaller==" in pinned
