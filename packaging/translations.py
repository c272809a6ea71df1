"""Bring the translation file up to date with the sources, and compile it; then translate what is new.

python packaging/translations.py [--folder FOLDER]
"""

import argparse
import ast
import builtins
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
FILE, COMPILED, PROBLEMS = "tpviewer_de.ts", "tpviewer_de.qm", "problems.txt"
OTHER_LANGUAGE = ("training", "cli", "app")
"""Parts of the program whose errors no window shows."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=TRANSLATIONS)
    folder = parser.parse_args().folder
    update(folder)
    subprocess.run([_tool("lrelease"), folder / FILE, "-qm", folder / COMPILED], check=True)
    return 0


def update(folder: Path) -> None:
    """Write the list of problems, and take up new texts into the translation file; drop what is gone."""
    texts = problem_texts()
    (folder / PROBLEMS).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "problems.py"
        listed.write_text("".join(f'translate("Problems", {_quoted(text)})\n' for text in texts), "utf-8")
        sources = [*sorted((ROOT / "tpviewer").rglob("*.py")), listed]
        options = ["-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TR_NOOP+=mark"]
        languages = ["-source-language", "en_GB", "-target-language", "de_DE"]
        subprocess.run([_tool("lupdate"), *options, *languages, *sources, "-ts", folder / FILE], check=True)


def problem_texts() -> list[str]:
    """What layers below the window may say, with ``{0}``, ``{1}`` … for what is filled in; sorted."""
    found = set()
    for path in (ROOT / "tpviewer").rglob("*.py"):
        if path.relative_to(ROOT).parts[1] not in OTHER_LANGUAGE:
            found.update(filter(None, map(_text, _told(ast.parse(path.read_text(encoding="utf-8"))))))
    return sorted(text for text in found if len(re.findall(r"[a-z]{3,}", text)) > 1)


def _told(tree: ast.AST) -> Iterator[ast.expr]:
    """Arguments of errors, what is added to warnings, and what is put into a name for such words."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[told, *_]) if _is_for_users(name):
                yield told
            case ast.Call(func=ast.Attribute(value=ast.Name(id="warnings"), attr="append"), args=[told]):
                yield told
            case ast.Assign(targets=[ast.Name(id="message" | "text" | "problem")], value=told):
                yield told
            case ast.AugAssign(target=ast.Name(id="warnings"), value=ast.Tuple(elts=[told])):
                yield told


def _is_for_users(error: str) -> bool:
    return error.endswith("Error") and not hasattr(builtins, error)


def _text(told: ast.expr) -> str:
    """The words of a string or an f-string; empty for anything else."""
    parts = told.values if isinstance(told, ast.JoinedStr) else [told]
    words, fields = "", 0
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            words, fields = f"{words}{{{fields}}}", fields + 1
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            words += part.value.replace("{", "{{").replace("}", "}}")
        else:
            return ""
    return words


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tool(name: str) -> Path:
    suffix = ".exe" if sys.platform == "win32" else ""
    return Path(sys.executable).with_name(f"pyside6-{name}{suffix}")


if __name__ == "__main__":
    sys.exit(main())
