"""Collect the licences of everything that goes into the executables, from what is installed."""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import bundle

ROOT = bundle.ROOT
TEXTS = ROOT / "packaging" / "licences"
WITHOUT_TEXT = {
    "flatbuffers": ("Apache-2.0",),
    "keras": ("Apache-2.0",),
    "PySide6_Addons": ("LGPL-3.0", "GPL-3.0"),
    "PySide6_Essentials": ("LGPL-3.0", "GPL-3.0"),
    "shiboken6": ("LGPL-3.0", "GPL-3.0"),
}
"""Packages that bring no text of their licence, and the texts that it is."""

ALWAYS = ("pyinstaller",)
"""Packages of which every executable has a part, though no file of theirs is collected."""

_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors|third_party)[^/]*$", re.IGNORECASE)

_HEAD = """# Notices of the executables

TPViewer's own source is under the MIT licence (`TPViewer/LICENSE`). The executables contain PyAV, whose
FFmpeg links x264 and x265; therefore **they are, as a whole, distributed under the GNU General Public
License, version 3** (`GPL-3.0.txt`). You may pass them on under its terms. Their source is that of
TPViewer {version}, with the scripts that build them, and those of the packages below in exactly these
versions; whoever passes the executables on passes on the source too, or offers it in writing. What the
model and the sample videos were made from is credited in `TPViewer/NOTICE.md`.

Executables for research. TPViewer is no medical device.

| what | version | licence | from |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Part:
    """Something that is shipped, with the files that state its licence."""

    name: str
    version: str
    licence: str
    origin: str
    texts: tuple[Path, ...]


def write_notices(sources: Iterable[Path], folder: Path) -> list[Part]:
    """Write ``NOTICES.md`` and one folder of licence texts for each part.

    Parameters
    ----------
    sources : iterable of Path
        The files from which the executables are made.
    folder : Path
        Made anew.

    Raises
    ------
    SystemExit
        If something has no text of its licence.
    """
    sources = {Path(source).resolve() for source in sources}
    parts = [_own(), _python(), *sorted(_packages(sources), key=lambda part: part.name.lower())]
    parts += _system_libraries(sources)
    missing = [part.name for part in parts if not part.texts]
    if missing:
        raise SystemExit(f"no text of the licence of: {', '.join(missing)}; add it to {__file__}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for text in TEXTS.iterdir():
        shutil.copyfile(text, folder / text.name)
    lines = [f"| {part.name} | {part.version} | {part.licence} | {part.origin} |\n" for part in parts]
    (folder / "NOTICES.md").write_text(_HEAD.format(version=parts[0].version) + "".join(lines), "utf-8")
    for part in parts:
        own = folder / part.name  # two versions of one package can be in, one of them within another package
        _copy_texts(part, own if not own.exists() else folder / f"{part.name} {part.version}")
    return parts


def _copy_texts(part: Part, folder: Path) -> None:
    folder.mkdir()
    for text in part.texts:
        target, number = folder / text.name, 2
        while target.exists():
            target, number = folder / f"{text.parent.name}-{number}-{text.name}", number + 1
        shutil.copyfile(text, target)


def _own() -> Part:
    texts = (ROOT / "LICENSE", ROOT / "NOTICE.md")
    return Part("TPViewer", bundle.version(), "MIT", "this program", texts)


def _python() -> Part:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = tuple(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").exists())
    if not texts:  # Debian keeps it with its package
        texts = tuple(filter(Path.exists, [Path("/usr/share/doc/libpython3.11-minimal/copyright")]))
    return Part("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org", texts[:1])


def _packages(sources: set[Path]) -> list[Part]:
    names = {source.as_posix() for source in sources}
    found: dict[tuple[str, str], Part] = {}
    for distribution in metadata.distributions():
        place = Path(str(distribution.locate_file(""))).resolve().as_posix()
        shipped = any(f"{place}/{file}" in names for file in distribution.files or [])
        if (shipped or distribution.name in ALWAYS) and distribution.name != "tpviewer":
            found[distribution.name, distribution.version] = package_part(distribution)
    return list(found.values())


def package_part(distribution: metadata.Distribution) -> Part:
    """Version, licence and its texts of one installed package."""
    about = distribution.metadata
    texts = [file for file in distribution.files or [] if _LICENCE_FILE.search(str(file))]
    paths = [Path(str(distribution.locate_file(text))) for text in texts]
    known = [path for path in paths if path.is_file() and path.suffix not in (".py", ".pyc")]
    known += [TEXTS / f"{name}.txt" for name in WITHOUT_TEXT.get(distribution.name, ())]
    return Part(distribution.name, distribution.version, _licence(about), _origin(about), tuple(known))


def _licence(about: metadata.PackageMetadata) -> str:
    named = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if "License :: OSI" in line]
    stated = about.get("License-Expression") or ", ".join(named) or about.get("License") or "see its text"
    return stated.strip().splitlines()[0].strip()


def _origin(about: metadata.PackageMetadata) -> str:
    links = dict(link.split(", ", 1) for link in about.get_all("Project-URL", []))
    named = {name.lower(): link for name, link in links.items()}
    known = about.get("Home-page") or named.get("homepage") or named.get("source") or named.get("repository")
    return known or next(iter(links.values()), "its package index")


def _system_libraries(sources: set[Path]) -> list[Part]:
    """Libraries of the Debian that the executables were built on; other systems lend none."""
    if shutil.which("dpkg-query") is None:
        return []
    lent = [source for source in sources if source.is_relative_to("/usr/lib")]
    names = sorted({name for library in lent if (name := _package_of(library))})
    return [_system_part(name) for name in names]


def _package_of(library: Path) -> str:
    for path in (library, Path("/", *library.parts[2:])):  # /usr/lib is /lib to older packages
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return ""


def _system_part(name: str) -> Part:
    show = ["dpkg-query", "-W", "-f=${Version}\n", name]
    version = subprocess.run(show, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    texts = [Path("/usr/share/doc", name, "copyright")]
    return Part(name, version, "see its text", "Debian", tuple(filter(Path.exists, texts)))
