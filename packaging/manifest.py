"""The manifest of a build: what it was made from, and the hash of each of its files.

python packaging/manifest.py MANIFEST FOLDER     compare a folder with the manifest of its build
"""

import argparse
import hashlib
import json
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    differences = compare(json.loads(options.manifest.read_text(encoding="utf-8")), options.folder)
    for difference in differences:
        print(difference)
    print(f"{len(differences)} differences" if differences else "every file is as it was built")
    return 1 if differences else 0


def describe(folder: Path, version: str, packages: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe a build; nothing in it tells the machine or the time.

    Parameters
    ----------
    folder : Path
        What was built.
    version : str
        Of TPViewer.
    packages : sequence of (str, str)
        Name and version of all that is in it.
    """
    files = hashes(folder)
    requirements = (ROOT / "packaging" / "requirements.txt").read_bytes()
    return {
        "program": f"TPViewer {version}",
        "commit": _git("rev-parse", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "system": platform.system(),
        "machine": platform.machine(),
        "libc": "-".join(platform.libc_ver()),
        "python": platform.python_version(),
        "pyinstaller": metadata.version("pyinstaller"),
        "requirements_sha256": hashlib.sha256(requirements).hexdigest(),
        "packages": [" ".join(package) for package in packages],
        "bytes": sum(path.stat().st_size for path in _files(folder) if not path.is_symlink()),
        "files": files,
    }


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file by its name below `folder`; of a link where it leads."""
    return {path.relative_to(folder).as_posix(): _hash(path) for path in _files(folder)}


def compare(manifest: dict[str, Any], folder: Path) -> list[str]:
    """What is changed, missing or new in a folder, a line each; empty if nothing is."""
    built, found = manifest["files"], hashes(folder)
    lines = [f"missing: {name}" for name in sorted(built.keys() - found.keys())]
    lines += [f"new: {name}" for name in sorted(found.keys() - built.keys())]
    return lines + [
        f"changed: {name}" for name in sorted(built.keys() & found.keys()) if built[name] != found[name]
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _hash(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _git(*arguments: str) -> str:
    """What git says; empty where the source is no clone."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
