"""The bundled model comes from one command: renders, a committee, and one network that learns from it."""

import argparse
import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tpviewer.training import commands
from tpviewer.training.train_sets import Sources

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "train_bundled.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_bundled", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "gather", lambda sources, say: None)
    return module


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    folders = ["--work", str(tmp_path), "-o", str(tmp_path / "out")]
    return ["--face-model", "face.npz", "--faces", "faces", "--teacher", "t.task", "--bfloat16", *folders]


def test_all_is_rendered_before_two_fits_want_it(
    script: ModuleType, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []
    monkeypatch.setattr(script, "gather", lambda sources, say: done.append(sources))
    monkeypatch.setattr(script, "train", lambda fit, *_: done.append(fit))
    assert script.main(words) == 0
    rendered = done[0]
    assert isinstance(rendered, Sources)
    assert (rendered.renders, rendered.photo_renders) == (script.RENDERS, script.PHOTO_RENDERS)
    assert done[-1] == script.BUNDLED
    assert set(done[1:-1]) == set(script.COMMITTEE)


def test_each_fit_is_a_command_of_the_program_and_the_last_learns_from_the_others(
    script: ModuleType, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[argparse.Namespace] = []
    parser = argparse.ArgumentParser()
    commands.add_train_arguments(parser)

    def run(command: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        assert command[1:4] == ["-m", "tpviewer", "train"]
        assert given["env"]["OMP_NUM_THREADS"] == "1"
        ran.append(parser.parse_args(command[4:]))
        given["stdout"].write("said\n")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(script.subprocess, "run", run)
    assert script.main(words) == 0
    by_name = {options.name: options for options in ran}
    assert len(by_name) == len(ran) == len(script.COMMITTEE) + 1
    last = ran[-1]
    assert set(last.committee) == by_name.keys() - {last.name}
    assert last.committee[0] == script.COMMITTEE[0].name
    assert (last.out, last.bfloat16) == (tmp_path / "out", True)
    assert all(options.renders == script.RENDERS and options.work == tmp_path for options in ran)
    assert {options.seed for options in ran} == {0}  # the same people are held out of all of them
    assert [options.name for options in ran if options.photo_renders] == ["photographic"]
    assert (tmp_path / f"{last.name}.log").read_text(encoding="utf-8") == "said\n"


def test_a_fit_that_fails_is_named_and_nothing_learns_from_it(
    script: ModuleType, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        name = command[command.index("--name") + 1]
        ran.append(name)
        return subprocess.CompletedProcess(command, 2 * (name == "middle"))

    monkeypatch.setattr(script.subprocess, "run", run)
    with pytest.raises(SystemExit, match=r"middle\.log: the fit 'middle' failed \(exit code 2\)"):
        script.main(words)
    assert script.BUNDLED.name not in ran
