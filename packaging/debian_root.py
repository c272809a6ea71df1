"""A bare Debian 12 with only the libraries that the executables are said to need, to try them in."""

import json
import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = ("libgl1", "libegl1", "libfontconfig1", "fonts-dejavu-core")
"""What a bare Debian 12 lacks: OpenGL, which belongs to the graphics driver, and set up fonts."""

NOBODY = "65534:65534"
PATIENCE_S = 1800.0


def self_test(root: Path, program: Path) -> str:
    """Run the self-test of a program in a bare Debian, as a user who may write nothing but the own home.

    Parameters
    ----------
    root : Path
        Where the system lies; made by debootstrap where it is missing.
    program : Path
        The folder of the executables.
    """
    if not (root / "bin" / "sh").exists():
        make(root)
    place, home = root / "opt" / "Bares Debian ä", root / "home" / "nobody"
    for folder in (place, home):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program, place, symlinks=True)
    (home / "tmp").mkdir(parents=True)
    for folder in (home, home / "tmp"):
        os.chown(folder, 65534, 65534)
    stamp = root / "stamp"
    stamp.touch()
    homes = ["HOME=/home/nobody", "TMPDIR=/home/nobody/tmp", "LANG=C.UTF-8"]
    inside = ["env", "-i", *homes, f"/opt/{place.name}/tpviewer", "--self-test"]
    isolated = ["unshare", "--net", "--mount", "--pid", "--fork", f"--mount-proc={root / 'proc'}"]
    command = [*isolated, "chroot", f"--userspec={NOBODY}", str(root), *inside, "/home/nobody/self-test"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, f"exit code {done.returncode}: {(done.stdout + done.stderr).strip()[-1500:]}"
    report = json.loads((home / "self-test" / "self-test.json").read_text(encoding="utf-8"))
    elsewhere = [path for path in written_since(root, stamp) if not path.is_relative_to(home)]
    assert not elsewhere, f"written outside the home: {elsewhere[:5]}"
    return (
        f"passed with {', '.join(PACKAGES)}; {report['parts'][1]['told']}; nothing written outside the home"
    )


def make(root: Path) -> None:
    """Make the system; needs debootstrap and Debian's packages."""
    include = f"--include={','.join(PACKAGES)}"
    subprocess.run(["debootstrap", "--variant=minbase", include, "bookworm", str(root)], check=True)


def written_since(root: Path, stamp: Path) -> list[Path]:
    """Files and folders that are newer than `stamp`."""
    find = ["find", str(root), "-xdev", "-newer", str(stamp), "-not", "-path", f"{root}/proc*"]
    done = subprocess.run(find, capture_output=True, text=True, check=True)
    return [Path(line) for line in done.stdout.splitlines() if Path(line) != root / "home"]
