"""Prepare an isolated environment and run TPViewer's main job or its tests in it, or build its executables.

    python3 packaging/bootstrap.py demo     analyse the bundled sample video
    python3 packaging/bootstrap.py test     run the checks and tests
    python3 packaging/bootstrap.py build    build the executables into dist

Only the standard library is used. The environment lies in `.venv` beside this folder and is made anew when
the list of pinned packages has changed.
"""

import argparse
import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"
STAMP = ENVIRONMENT / "tpviewer-requirements.sha256"
BUILD_TOOLS = ("setuptools", "wheel")
# Debian package that holds each library the packages load at run time.
LINUX_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",
}


class SetupError(Exception):
    """The environment cannot be prepared; the message says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("job", choices=["demo", "test", "build"])
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "out" / "demo", help="folder of the demo")
    options, rest = parser.parse_known_args()
    try:
        restart_with_python_311()
        require_system_libraries()
        python = prepare_environment()
    except SetupError as error:
        say(str(error))
        return 2
    if options.job == "demo":
        return run([python, "-m", "tpviewer", "demo", "--headless", str(options.out), *rest])
    if options.job == "build":
        return run([python, ROOT / "packaging" / "build.py", *rest])
    return run_tests(python, rest)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(command: list[object]) -> int:
    return subprocess.call([str(part) for part in command], cwd=ROOT)


def restart_with_python_311() -> None:
    """Hand over to Python 3.11 where this is another version."""
    if sys.version_info[:2] == (3, 11):
        return
    other = shutil.which("python3.11")
    if other is None:
        raise SetupError(
            f"TPViewer needs Python 3.11 (this is {sys.version.split()[0]}, {sys.executable})."
            " Install Python 3.11 and run this command with it: `python3.11 packaging/bootstrap.py …`"
            " (Windows: `py -3.11 …`)."
        )
    sys.exit(subprocess.call([other, *sys.argv]))


def require_system_libraries() -> None:
    """Make sure that the shared libraries are there; install them where root can."""
    if not sys.platform.startswith("linux"):
        return
    packages = [package for name, package in LINUX_LIBRARIES.items() if not loads(name)]
    packages += [] if has_ensurepip() else ["python3.11-venv"]
    packages += [] if has_font() else ["fonts-dejavu-core"]
    if not packages:
        return
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(
            f"System packages are missing. Install them, then run this again:\n    sudo {install}"
        )
    say(f"Installing system packages: {' '.join(packages)}")
    if run(["apt-get", "update", "-qq"]) or run(install.split()):
        raise SetupError(f"The system packages could not be installed; try by hand: {install}")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def has_font() -> bool:
    """Qt brings no fonts of its own."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("*.[to]tf"), None) is not None for folder in folders)


def prepare_environment() -> Path:
    """Return the environment's Python; install the pinned packages where they are not yet there."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if python.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return python
    say(f"Preparing the environment in {ENVIRONMENT} (about 2 GB, some minutes) …")
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(ENVIRONMENT)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"The environment could not be made in {ENVIRONMENT} ({error})."
            " Check that the folder can be written and that 3 GB are free."
        ) from error
    install_packages(python)
    STAMP.write_text(wanted)
    return python


def install_packages(python: Path) -> None:
    """Install exactly the hashed list; the build tools first, so that nothing else builds with others."""
    tools = ENVIRONMENT / "build-tools.txt"
    tools.write_text("".join(block for block in requirement_blocks() if named(block) in BUILD_TOOLS))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    steps = [
        [*pip, "--require-hashes", "-r", tools],
        [*pip, "--require-hashes", "--no-build-isolation", "-r", REQUIREMENTS],
        [*pip, "--no-build-isolation", "--editable", ROOT],
    ]
    for step in steps:
        if run(step):
            raise SetupError(
                "pip could not install the packages (its message stands above). Check the connection to your"
                " package index, then run this again."
            )


def requirement_blocks() -> list[str]:
    """Split the list into one block a package, its hashes included."""
    return re.findall(r"^[a-z0-9].*\n(?:[ ].*\n)*", REQUIREMENTS.read_text(), flags=re.MULTILINE)


def named(block: str) -> str:
    return block.split("==")[0]


def run_tests(python: Path, rest: list[str]) -> int:
    """Run the style, type and layering checks, then the tests; the first failure ends it.

    All tests run in two processes, but for those that measure time, which follow alone. With arguments of
    pytest, one process runs what they ask for.
    """
    pytest = [python, "-m", "pytest"]
    together = [*pytest, "-m", "not alone", "--numprocesses", "2", "--dist", "loadfile"]
    tests = [[*pytest, *rest]] if rest else [together, [*pytest, "-m", "alone"]]
    checks = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [python.parent / "lint-imports", "--no-cache"],
        *tests,
    ]
    for check in checks:
        code = run(check)
        if code:
            say(f"failed: {' '.join(str(part) for part in check)}")
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
