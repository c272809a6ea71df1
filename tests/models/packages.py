"""Ways to change a stored model package, and what loading it then says."""

import io
import json
import zipfile

import h5py
import pytest

from tpviewer.core.errors import ModelError
from tpviewer.models.model_package import load_package


def change_card(folder, **changes):
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card.update(changes)
    path.write_text(json.dumps({k: v for k, v in card.items() if v is not ...}), encoding="utf-8")


def rewrite(folder, change):
    """Replace members of the Keras file: `change` maps a dict of name to bytes in place."""
    path = folder / "model.keras"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def change_layer(folder, number, **entry):
    def change(members):
        config = json.loads(members["config.json"])
        config["config"]["layers"][number].update(entry)
        members["config.json"] = json.dumps(config).encode()

    rewrite(folder, change)


def change_option(folder, number, **options):
    def change(members):
        config = json.loads(members["config.json"])
        config["config"]["layers"][number]["config"].update(options)
        members["config.json"] = json.dumps(config).encode()

    rewrite(folder, change)


def zipped(folder, path, prefix=""):
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, prefix + file.name)
    return path


def refusal(path):
    with pytest.raises(ModelError) as caught:
        load_package(path)
    return str(caught.value)


def change_weights(folder, change):
    """Change the HDF5 file within the Keras file, so that all checksums are right."""

    def rewritten(members):
        buffer = io.BytesIO(members["model.weights.h5"])
        with h5py.File(buffer, "r+") as file:
            values = file["_layer_checkpoint_dependencies/dense/vars"]
            del values["0"]
            change(file, values)
        members["model.weights.h5"] = buffer.getvalue()

    rewrite(folder, rewritten)
