"""A small model package, and a copy of it to spoil."""

import shutil
from pathlib import Path

import pytest

from tests.models.tiny import build_tiny_package


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("package") / "tiny")


@pytest.fixture
def folder(stored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stored, tmp_path / "Modell ä"))
