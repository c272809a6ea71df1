"""The bundled model is found in the source tree and in the frozen program."""

import sys

import pytest

from tpviewer.core.errors import ModelError
from tpviewer.models.default import default_package_path


def test_the_frozen_program_brings_its_model(tmp_path, monkeypatch):
    place = tmp_path / "resources" / "models" / "default"
    place.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert default_package_path() == place


def test_a_missing_model_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(ModelError, match="--model"):
        default_package_path()
