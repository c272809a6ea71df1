"""How a corpus lies in its folder: which sequences there are, who is seen, and what they are labelled."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tpviewer.core.errors import ParameterError
from tpviewer.corpus.ckplus_layout import read_ckplus_layout
from tpviewer.corpus.recording import Recording
from tpviewer.media.image_sequence import list_images
from tpviewer.media.inputs import VIDEO_SUFFIXES


def read_layout(folder: Path, layout: str) -> tuple[Recording, ...]:
    """Sequences of a corpus in the order of their names.

    Parameters
    ----------
    folder : Path
    layout : str
        One of `LAYOUTS`.

    Raises
    ------
    ParameterError
        If the folder is missing or holds no sequence, or two sequences would share a session.
    """
    try:
        if not folder.is_dir():
            raise ParameterError(f"{folder}: there is no such folder; check the name")
        found = LAYOUTS[layout](folder)
    except OSError as error:
        raise ParameterError(
            f"{error.filename or folder}: cannot be looked into ({error.strerror}); check that you may read"
            " it"
        ) from error
    if not found:
        raise ParameterError(f"{folder}: no sequence was found in it; check --layout, here {layout}")
    _refuse_shared_sessions(found)
    return found


def read_folders(folder: Path) -> tuple[Recording, ...]:
    """Videos and folders of images, those in a sub-folder labelled with its name; hidden ones are left out.

    ``joy/a.mp4`` and ``joy/b/001.png`` are two sequences with the label ``joy``; what lies in `folder` itself
    has none.
    """
    found = _sequences(folder, None)
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.name.startswith(".") and not _of_images(child):
            found += _sequences(child, child.name)
    return tuple(sorted(found, key=lambda one: one.name))


def _sequences(folder: Path, label: str | None) -> list[Recording]:
    found = []
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            pictures = _of_images(path)
            if not pictures and label is None:
                continue
            error = "" if pictures else f"{path}: there is no image in it; put images there, or remove it"
            name = path.name
        elif _is_video(path):
            name, error = path.name, ""
        else:
            continue
        found.append(Recording(name if label is None else f"{label}/{name}", None, label, path, error))
    return found


def _of_images(folder: Path) -> bool:
    """Whether a folder is a sequence of images: beside videos, images are something else."""
    return bool(list_images(folder)) and not any(_is_video(path) for path in folder.iterdir())


def _is_video(path: Path) -> bool:
    return path.suffix.lower() in VIDEO_SUFFIXES and not path.name.startswith(".")


def _refuse_shared_sessions(found: tuple[Recording, ...]) -> None:
    names: dict[str, str] = {}
    for one in found:
        other = names.setdefault(one.session.casefold(), one.name)
        if other != one.name:
            raise ParameterError(
                f"{other} and {one.name} would both be stored as {one.session}; rename one of them"
            )


LAYOUTS: Mapping[str, Callable[[Path], tuple[Recording, ...]]] = MappingProxyType(
    {"ckplus": read_ckplus_layout, "folders": read_folders}
)
"""Readers by the name of the layout."""
