"""What docstrings say of parameters is what there is; ruff says where one is missing altogether."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SECTION = r"^{}\n-+\n(.*?)(?=^\w[\w ]*\n-{{3,}}$|\Z)"


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """All functions and methods with their place."""
    for path in sorted((ROOT / "tpviewer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}: {node.name}", node


def section(node: ast.FunctionDef, title: str) -> str | None:
    found = re.search(_SECTION.format(title), ast.get_docstring(node) or "", re.MULTILINE | re.DOTALL)
    return None if found is None else found.group(1)


def described(text: str) -> list[str]:
    """Names before the colons of a section, in order."""
    lines = [line.split(" : ")[0] for line in text.splitlines() if line and not line.startswith(" ")]
    return [name.strip().lstrip("*") for line in lines for name in line.split(",")]


def parameters(node: ast.FunctionDef) -> list[str]:
    given = node.args
    named = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return [one.arg for one in named if one is not None and one.arg not in ("self", "cls")]


def test_parameters_are_described_all_or_none_and_by_their_names() -> None:
    wrong = {
        place: (described(text), parameters(node))
        for place, node in functions()
        if (text := section(node, "Parameters")) is not None
        and sorted(described(text)) != sorted(parameters(node))
    }
    assert wrong == {}
