"""Build the executables into ``dist``: a folder with a console and a windowed program, and its manifest.

python packaging/bootstrap.py build     prepares the environment and runs this in it
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import bundle
import manifest

STRIPPED = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "libpython3.11.so.1.0")
"""Libraries with a symbol table that nothing needs at run time; it is a quarter of the largest."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dist", type=Path, default=bundle.ROOT / "dist", help="where the result goes")
    parser.add_argument("--work", type=Path, default=bundle.ROOT / "build", help="where PyInstaller works")
    options = parser.parse_args()
    began = time.monotonic()
    dist, work = options.dist.resolve(), options.work.resolve()
    own = work / "tpviewer"  # named after the spec by PyInstaller, which hands it on as `workpath`
    make_icon(own / "icon.png")
    run_pyinstaller(dist, work)
    folder = dist / (f"{bundle.FOLDER}.app" if sys.platform == "darwin" else bundle.FOLDER)
    if sys.platform == "darwin":
        shutil.rmtree(dist / bundle.FOLDER)  # the application has it all
    else:
        add_desktop_files(folder)
    if sys.platform == "linux":
        strip(folder)
        (folder / bundle.WINDOWED).symlink_to(bundle.CONSOLE)  # programs have no console of their own here
    parts = json.loads((own / "parts.json").read_text(encoding="utf-8"))
    told = manifest.describe(folder, bundle.version(), [(part["name"], part["version"]) for part in parts])
    written = dist / f"{bundle.FOLDER}.manifest.json"
    written.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: {told['bytes'] / 1e6:.0f} MB in {len(told['files'])} files")
    print(f"{written}\n{time.monotonic() - began:.0f} s")
    return 0


def make_icon(target: Path, side: int = 1024) -> None:
    """Draw the program's icon as a picture, from which PyInstaller makes what the system wants."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    target.parent.mkdir(parents=True, exist_ok=True)
    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(bundle.ICON)).render(painter)
    painter.end()
    if not picture.save(str(target)):
        raise SystemExit(f"{target}: the icon cannot be written")


def run_pyinstaller(dist: Path, work: Path) -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", dist, "--workpath", work]
    same = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    spec = bundle.ROOT / "packaging" / "tpviewer.spec"
    subprocess.run([*command, *map(str, places), str(spec)], env={**os.environ, **same}, check=True)


def strip(folder: Path) -> None:
    """Take symbol tables away."""
    for name in STRIPPED:
        for library in folder.rglob(name):
            if not library.is_symlink():
                subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def add_desktop_files(folder: Path) -> None:
    """Add what ties ``.tpv`` files to the program, and says what may be done with it."""
    system = "windows" if sys.platform == "win32" else "linux"
    shutil.copytree(bundle.ROOT / "packaging" / system, folder, dirs_exist_ok=True)
    if system == "linux":
        shutil.copyfile(bundle.ICON, folder / "desktop" / "tpviewer.svg")


if __name__ == "__main__":
    sys.exit(main())
