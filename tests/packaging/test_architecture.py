"""What is written for those who carry the project on is true."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CHECKS = ("ruff check", "ruff format --check", "mypy", "lint-imports")


def test_the_layers_are_those_of_the_contracts() -> None:
    first, *others = LINTER["contracts"]
    rows = [line for line in PAGE.splitlines() if re.match(r"\| `tpviewer\.", line)]
    told = [tuple(re.findall(r"`(tpviewer\.\w+)`", row.replace("\\|", "").split("|")[1])) for row in rows]
    assert told == [tuple(layer.split(" | ")) for layer in first["layers"]]
    assert all(contract["name"] in PAGE.replace("\n", " ") for contract in others)


def test_every_package_is_in_a_layer() -> None:
    packages = {f"tpviewer.{path.parent.name}" for path in (ROOT / "tpviewer").glob("*/__init__.py")}
    layers = {name for layer in LINTER["contracts"][0]["layers"] for name in layer.split(" | ")}
    assert packages == layers - {"tpviewer.__main__"}


@pytest.mark.parametrize("text", [PAGE, CONTRIBUTING], ids=["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_are_named_exist(text: str) -> None:
    named = set(re.findall(r"`((?:tpviewer|tests|packaging|resources)/[\w./]*)`", text))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_hooks_and_workflow_run_the_checks_of_the_test_command() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert all(check in hooks for check in CHECKS)
    workflow = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    assert re.findall(r"^  (\w+):$", workflow.split("jobs:")[1], re.MULTILINE) == ["fast", "full"]
    assert workflow.count("packaging/bootstrap.py test") == 2
    assert "python -m tests.fuzz" in workflow
