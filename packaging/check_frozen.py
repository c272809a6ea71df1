"""Try the executables as a user has them, and say what fails; only the standard library is used.

    python3 packaging/check_frozen.py dist/TPViewer

The folder is put where its name has a blank and umlauts, and cannot be written to. There, in a home of
their own and without a network, the programs analyse the bundled sample in the window (`--self-test`),
analyse two videos in two processes, and show and export what they found. Nothing may change in the folder,
and nothing may be written outside the home. With `--debian ROOT` (root only) the self-test runs once more in
a bare Debian 12.
"""

import argparse
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import debian_root
import manifest
from bundle import CONSOLE, FOLDER, WINDOWED

NOBODY = 65534
PLACE = "Prüfung äöü ß"
FRAMES = 40
PATIENCE_S = 1800.0
PULSE = "pulse-"  # an empty folder of PulseAudio's library, where the session has no runtime folder
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass
class Bench:
    """Where the programs lie and live during the check, and what went wrong so far."""

    program: Path
    home: Path
    problems: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The home, and no words of this user's own."""
        kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT")
        own = {name: os.environ[name] for name in kept if name in os.environ}
        homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(self.home))
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.home / "tmp"))
        return {**own, **homes, **temporary, "QT_QPA_PLATFORM": "offscreen"}

    def run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a program without network and rights, and take what it prints."""
        folder = self.program / "Contents" / "MacOS" if self.program.suffix == ".app" else self.program
        path = folder / f"{program}{'.exe' if sys.platform == 'win32' else ''}"
        return subprocess.run(
            [*without_network(), *map(str, (path, *arguments))],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="dist/TPViewer; on macOS dist/TPViewer.app")
    parser.add_argument(
        "--debian", type=Path, metavar="ROOT", help="bare Debian 12; made where it is missing"
    )
    options = parser.parse_args()
    source = options.folder.resolve()
    told = json.loads(source.with_name(f"{FOLDER}.manifest.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        bench = settle(source, Path(place).resolve())
        try:
            for title, check in CHECKS.items():
                attempt(bench, title, lambda check=check: check(bench, told))
            if options.debian is not None:
                root = options.debian.resolve()
                attempt(bench, "bare Debian 12", lambda: debian_root.self_test(root, bench.program))
        finally:
            allow_writing(bench.program)
    print(f"{len(bench.problems)} of the checks failed" if bench.problems else "everything passed")
    return 1 if bench.problems else 0


def attempt(bench: Bench, title: str, check: Callable[[], str]) -> None:
    """Run one check and tell of it; the others go on when it fails."""
    began = time.monotonic()
    try:
        told, verdict = check(), "ok    "
    except (AssertionError, OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        told, verdict = f"{type(error).__name__}: {error}", "failed"
        bench.problems.append(title)
    print(f"{verdict} {title} ({time.monotonic() - began:.0f} s): {told}", flush=True)


def settle(source: Path, place: Path) -> Bench:
    """Copy the folder to a hard name, take the right to write from it, and make a home."""
    program, home = place / PLACE / source.name, place / "Zuhause ä"
    shutil.copytree(source, program, symlinks=True)
    (home / "tmp").mkdir(parents=True)
    if IS_ROOT:
        place.chmod(0o755)
        for path in (home, home / "tmp"):
            os.chown(path, NOBODY, NOBODY)
    for path in (program, *program.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    return Bench(program, home)


def allow_writing(program: Path) -> None:
    """Give the right to write back, so that the folder can be removed."""
    for path in (program, *program.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IWUSR)


def without_network() -> list[str]:
    """Words that start a program without network, and without root's rights; none where that is unknown."""
    if shutil.which("unshare") is None:
        return []
    if IS_ROOT:
        rights = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
        return ["unshare", "--net", "--", *rights]
    words = ["unshare", "--user", "--map-current-user", "--net", "--"]
    allowed = subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if allowed else []


def succeed(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program printed.

    Raises
    ------
    AssertionError
        If it failed.
    """
    if done.returncode != 0:
        raise AssertionError(f"exit code {done.returncode}: {(done.stdout + done.stderr).strip()[-1500:]}")
    return done.stdout.strip()


def check_manifest(bench: Bench, told: dict[str, Any]) -> str:
    differences = manifest.compare(told, bench.program)
    assert not differences, "; ".join(differences[:5])
    return f"{told['program']}, {told['bytes'] / 1e6:.0f} MB in {len(told['files'])} files"


def check_notices(bench: Bench, told: dict[str, Any]) -> str:
    (notices,) = bench.program.rglob("NOTICES.md")
    text = notices.read_text(encoding="utf-8")
    names = [package.rsplit(" ", 1)[0] for package in told["packages"]]
    folders = {name: notices.parent / name for name in names}
    missing = [name for name in names if f"| {name} |" not in text or not any(folders[name].iterdir())]
    assert not missing, f"no licence of {', '.join(missing)}"
    return f"licences of {len(names)} parts"


def check_start(bench: Bench, told: dict[str, Any]) -> str:
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        assert succeed(bench.run(CONSOLE, "--version")) == told["program"]
        seconds.append(time.monotonic() - began)
    return f"first {seconds[0]:.1f} s, then {min(seconds[1:]):.1f} s to answer --version"


def check_doctor(bench: Bench, told: dict[str, Any]) -> str:
    return succeed(bench.run(CONSOLE, "doctor")).replace("\n", "; ")


def check_self_test(bench: Bench, told: dict[str, Any]) -> str:
    folder, began = bench.home / "Selbsttest ö", time.time()
    succeed(bench.run(WINDOWED, "--self-test", folder))
    report = json.loads((folder / "self-test.json").read_text(encoding="utf-8"))
    assert report["passed"], report
    assert report["frozen"], "this is not the executable"
    assert (folder / "screenshot.png").stat().st_size > 10_000, "the screenshot is empty"
    parts = "; ".join(f"{part['part']} {part['seconds']:.0f} s" for part in report["parts"])
    return f"window after {report['window_at'] - began:.1f} s; {parts}"


def check_commands(bench: Bench, told: dict[str, Any]) -> str:
    """Analyse two videos in two processes; show and export one."""
    videos, out = bench.home / "Videos ü", bench.home / "Sitzungen"
    (sample,) = bench.program.rglob("phantom/phantom.mp4")
    videos.mkdir()
    for name in ("erstes Video ä.mp4", "zweites.mp4"):
        shutil.copyfile(sample, videos / name)
    if IS_ROOT:
        for path in (videos, *videos.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    succeed(bench.run(CONSOLE, "analyze", videos, "-o", out, "--jobs", 2, "--max-frames", FRAMES))
    session = out / "erstes Video ä.tpv"
    shown = json.loads(succeed(bench.run(CONSOLE, "show", session, "--json")))
    assert shown["frames"] == FRAMES, f"{shown['frames']} frames"
    succeed(bench.run(CONSOLE, "export", session, "--to", "figure", "-o", out / "Bild.pdf"))
    return f"2 × {FRAMES} frames, {len(shown['stages'])} stages, figure"


def check_sockets(bench: Bench, told: dict[str, Any]) -> str:
    """No process of an analysis asks the system for a socket that could leave this computer."""
    if shutil.which("strace") is None:
        return "skipped: strace is not installed"
    log = bench.home.parent / "strace.log"
    (sample,) = bench.program.rglob("phantom/phantom.mp4")
    command = [bench.program / CONSOLE, "analyze", sample, "-o", bench.home / "strace", "--max-frames", "8"]
    trace = ["strace", "--follow-forks", "--trace=socket,connect,bind", "--output", log]
    environment = {**bench.environment, "HOME": str(bench.home / "strace home")}
    done = subprocess.run(
        [str(word) for word in (*trace, *command)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    succeed(done)
    calls = [
        line
        for line in log.read_text(errors="replace").splitlines()
        if "socket(" in line or "connect(" in line
    ]
    outward = [line for line in calls if "AF_UNIX" not in line and "resumed" not in line]
    assert not outward, outward[0]
    return f"{len(calls)} calls, all between processes of this computer"


def check_traces(bench: Bench, told: dict[str, Any]) -> str:
    """The folder is as it was, the temporary folder empty, and nothing is left anywhere else."""
    differences = manifest.compare(told, bench.program)
    assert not differences, "; ".join(differences[:5])
    left = [path.name for path in (bench.home / "tmp").iterdir() if not path.name.startswith(PULSE)]
    assert not left, f"left in the temporary folder: {', '.join(left)}"
    if IS_ROOT and sys.platform == "linux":
        shared = [Path(name) for name in ("/tmp", "/var/tmp", "/dev/shm", "/run")]
        found = [p for place in shared for p in owned_by_nobody(place) if not p.is_relative_to(bench.home)]
        assert not found, f"left outside the home: {found[:5]}"
    logs = [path for path in bench.home.rglob("*.log") if path.stat().st_size]
    assert not logs, f"errors were logged: {logs[0].read_text(encoding='utf-8')[:500]}"
    return "nothing but what the user asked for, settings and caches in the home"


def owned_by_nobody(place: Path) -> list[Path]:
    find = ["find", place, "-xdev", "-user", str(NOBODY), "-mmin", "-60"]
    done = subprocess.run([str(word) for word in find], capture_output=True, text=True, check=False)
    return [Path(line) for line in done.stdout.splitlines()]


CHECKS: dict[str, Callable[[Bench, dict[str, Any]], str]] = {
    "manifest": check_manifest,
    "notices": check_notices,
    "start": check_start,
    "doctor": check_doctor,
    "self-test in the window": check_self_test,
    "commands": check_commands,
    "sockets": check_sockets,
    "traces": check_traces,
}

if __name__ == "__main__":
    sys.exit(main())
