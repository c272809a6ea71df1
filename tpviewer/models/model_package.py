"""A model package: a folder or zip with ``card.json`` and ``model.keras``."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tpviewer.core.errors import ModelError
from tpviewer.models.folding import fold_batchnorm
from tpviewer.models.keras_archive import DAMAGED, LARGEST_MODEL, read_member, read_network
from tpviewer.models.model_card import CropCard, ModelCard
from tpviewer.models.network import Network

__all__ = ["CARD", "MODEL", "CropCard", "ModelCard", "ModelPackage", "load_package", "save_package"]

CARD, MODEL = "card.json", "model.keras"

_CODE = (".py", ".pyc", ".pkl", ".pickle", ".joblib", ".pt", ".pth", ".so", ".dll", ".dylib", ".pb")
_LARGEST = {CARD: 1 << 24, MODEL: LARGEST_MODEL}


@dataclass(frozen=True)
class ModelPackage:
    """A model that has been read and checked.

    Attributes
    ----------
    path : Path
    card : ModelCard
    network : Network
        Layers and weights as plain values.
    sha256 : str
        Hash of card and model; the same for a folder and its zip.
    """

    path: Path
    card: ModelCard
    network: Network
    sha256: str


def load_package(path: Path) -> ModelPackage:
    """Read a model package; no code from it is run, and TensorFlow is not needed.

    Parameters
    ----------
    path : Path
        The folder, or a zip of it.

    Raises
    ------
    ModelError
        If a file is missing or damaged, the card is wrong, the network has a layer that cannot be used
        (Lambda, custom objects, …), or card and network do not fit together.
    """
    files = _read_zip(path) if path.is_file() else _read_folder(path)
    with _naming(path / CARD):
        card = ModelCard.from_json(_parse(files[CARD]))
    with _naming(path / MODEL):
        network = read_network(files[MODEL])
        _check_fit(card, network)
    digest = hashlib.sha256()
    for name in (CARD, MODEL):
        digest.update(hashlib.sha256(files[name]).digest())
    return ModelPackage(path, card, network, digest.hexdigest())


def save_package(folder: Path, card: ModelCard, keras_model: Any) -> None:
    """Write a model package, with batch normalisation folded and dropout left out.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    card : ModelCard
    keras_model : keras.Model
        A chain of layers that ends in logits.

    Raises
    ------
    ModelError
        If the model cannot be used as a package; see `load_package`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    fold_batchnorm(keras_model).save(folder / MODEL)
    text = json.dumps(card.to_json(), indent=2, ensure_ascii=False)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")
    load_package(folder)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Put the file's name before the message of an error."""
    try:
        yield
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error


def _read_folder(path: Path) -> dict[str, bytes]:
    if not path.is_dir():
        raise ModelError(f"{path}: there is no model package; give a folder or zip with {CARD} and {MODEL}")
    _check_names(path, [file.name for file in path.iterdir()])
    try:
        return {name: _read_file(path, name, most) for name, most in _LARGEST.items()}
    except OSError as error:
        raise ModelError(f"{path}: the model package cannot be read ({error.strerror})") from error


def _read_file(folder: Path, name: str, most: int) -> bytes:
    file = folder / name
    if not file.is_file():
        raise ModelError(f"{folder}: not a model package, {name} is missing")
    size = file.stat().st_size
    if size > most:
        raise ModelError(f"{file}: larger ({size >> 20} MiB) than it may be ({most >> 20} MiB)")
    return file.read_bytes()


def _read_zip(path: Path) -> dict[str, bytes]:
    """Read the two files into memory; nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            _check_names(path, names)
            inside = {name: _member(path, names, name) for name in _LARGEST}
            with _naming(path):
                return {name: read_member(archive, inside[name], most) for name, most in _LARGEST.items()}
    except DAMAGED as error:
        raise ModelError(
            f"{path}: not a readable zip ({error}); give a folder or zip of a model package"
        ) from error


def _member(path: Path, names: list[str], wanted: str) -> str:
    """Full name of a file that lies at the top or in the one folder of the zip."""
    found = [name for name in names if PurePosixPath(name).name == wanted and name.count("/") <= 1]
    if len(found) != 1:
        reason = "is missing" if not found else "is there more than once"
        raise ModelError(f"{path}: not a model package, {wanted} {reason}")
    return found[0]


def _check_names(path: Path, names: list[str]) -> None:
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in name:
            raise ModelError(
                f"{path}: the file name {name!r} points outside the package; do not trust this file"
            )
        if parts.suffix.lower() in _CODE:
            raise ModelError(
                f"{path}: holds {name!r}, which can run code; a package has {CARD} and {MODEL} only"
            )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"not valid JSON ({error})") from error


def _check_fit(card: ModelCard, network: Network) -> None:
    expected = (*card.input_size, card.channels)
    if network.input_shape != expected:
        raise ModelError(
            f"the network takes input of shape {network.input_shape}, but the card says {expected}"
        )
    if network.outputs != len(card.aus):
        raise ModelError(
            f"the network has {network.outputs} outputs, but the card lists {len(card.aus)} Action Units"
        )
