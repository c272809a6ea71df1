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
    monkeypatch.setattr(script, "train", lambda fit, *_: done.append(fit.name))
    assert script.main(words) == 0
    rendered = [(sources.renders, sources.vary) for sources in done[:2]]
    assert rendered == [(script.PLAIN_RENDERS, False), (script.RENDERS, True)]
    assert all(isinstance(sources, Sources) and sources.photo_renders for sources in done[:2])
    assert set(done[2:5]) == {"long", "middle", "short"}
    assert set(done[5:7]) == {"pupil-1", "pupil-2"}
    assert done[7:] == ["bundled"]


def test_each_fit_is_a_command_of_the_program(
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
    assert len(by_name) == len(ran) == 6
    last = by_name["bundled"]
    assert (last.average, last.out, last.bfloat16) == (["long", "pupil-1", "pupil-2"], tmp_path / "out", True)
    for pupil in ("pupil-1", "pupil-2"):
        assert by_name[pupil].committee == ["long", "middle", "short"]  # and starts as the first of them
    assert {options.work for options in ran} == {tmp_path}
    assert {options.seed for options in ran} == {0}  # the same people are held out of all that share renders
    assert [options.renders for options in ran if options.plain] == [script.PLAIN_RENDERS]
    assert {options.name for options in ran if options.photo_renders} == {"long", "pupil-2"}
    assert (tmp_path / "bundled.log").read_text(encoding="utf-8") == "said\n"


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
    assert not {"pupil-1", "pupil-2", "bundled"} & set(ran)
