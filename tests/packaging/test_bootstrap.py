"""The two README commands rest on a list that is pinned, hashed and names no index."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_is_pinned_and_hashed(bootstrap: ModuleType) -> None:
    blocks = bootstrap.requirement_blocks()
    assert len(blocks) > 60
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_the_list_names_no_index(bootstrap: ModuleType) -> None:
    text = bootstrap.REQUIREMENTS.read_text()
    assert "http" not in text
    assert "index" not in text


def test_exactly_one_cv2_is_installed(bootstrap: ModuleType) -> None:
    names = [bootstrap.named(block) for block in bootstrap.requirement_blocks()]
    assert [name for name in names if name.startswith("opencv")] == ["opencv-contrib-python"]


def test_every_system_gets_one_tensorflow(bootstrap: ModuleType) -> None:
    from packaging.markers import Marker

    lines = [block.split("\\\n")[0] for block in bootstrap.requirement_blocks()]
    engines = ("tensorflow", "tensorflow-cpu", "tensorflow-cpu-aws", "tensorflow-intel", "tensorflow-macos")
    markers = {line.split("==")[0]: line.partition(";")[2].strip() for line in lines}
    systems = [
        ("linux", "x86_64"),
        ("linux", "aarch64"),
        ("win32", "AMD64"),
        ("darwin", "arm64"),
        ("darwin", "x86_64"),
    ]
    for system, machine in systems:
        environment = {"sys_platform": system, "platform_machine": machine}
        fitting = [name for name in engines if Marker(markers[name]).evaluate(environment)]
        assert len(fitting) == 1, (system, machine, fitting)


def test_the_build_tools_are_in_the_list(bootstrap: ModuleType) -> None:
    names = {bootstrap.named(block) for block in bootstrap.requirement_blocks()}
    assert set(bootstrap.BUILD_TOOLS) <= names


def test_without_root_missing_libraries_are_named_with_the_command_to_run(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "loads", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(bootstrap, "has_ensurepip", lambda: False)
    monkeypatch.setattr(bootstrap, "has_font", lambda: False)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(
        bootstrap.SetupError, match=r"sudo apt-get install .*libgl1 python3.11-venv fonts-dejavu-core"
    ):
        bootstrap.require_system_libraries()


def test_another_python_is_told_which_one_is_needed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(bootstrap.SetupError, match=r"needs Python 3\.11"):
        bootstrap.restart_with_python_311()


def test_only_the_standard_library_is_needed() -> None:
    code = "import runpy; runpy.run_path('packaging/bootstrap.py', run_name='bootstrap')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", ["checks", "executables"])
def test_workflows_install_every_system_library(bootstrap: ModuleType, name: str) -> None:
    workflow = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    installs = re.findall(r"apt-get install .*?(?=\n {6}- )", workflow, re.DOTALL)
    assert installs
    for install in installs:
        missing = {*bootstrap.LINUX_LIBRARIES.values()} - {*install.replace("\\", " ").split()}
        assert not missing, missing


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader")
def test_no_qt_plugin_that_is_used_lacks_a_library() -> None:
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins"
    libraries = [*plugins.glob("multimedia/*.so"), plugins / "platforms" / "libqxcb.so"]
    assert len(libraries) > 1
    for library in libraries:
        told = subprocess.run(["ldd", library], check=True, capture_output=True, text=True).stdout
        assert "not found" not in told, library
