"""Model packages: damaged, too large, pointing elsewhere, and with code in them."""

import io
import json
import pickle
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import h5py
import numpy as np

from tests.fuzz.damage import damaged
from tests.fuzz.target import Target
from tests.models.tiny import build_tiny_package
from tpviewer.models.model_package import CARD, MODEL, load_package

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
LOGICAL, LAYERS = "_layer_checkpoint_dependencies", ("conv2d", "conv2d_1", "conv2d_2", "dense", "dense_1")
_CODE_EVENTS = frozenset(
    {"exec", "compile", "marshal.loads", "pickle.find_class", "os.system", "os.exec", "os.posix_spawn"}
    | {"subprocess.Popen", "socket.connect", "ctypes.dlopen", "code.__new__"}
)

_SPARSE = 1 << 30

Members = dict[str, bytes]
Spoil = Callable[[Path, Random], None]


class CodeRanError(Exception):
    """Loading did what only running code does."""


class _Watch:
    """Says what loading a package did that it must not do."""

    def __init__(self) -> None:
        self.installed = False
        self._seen: list[str] = []

    def install(self) -> None:
        self.installed = True
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
        if event in _CODE_EVENTS or writes:
            self._seen.append(f"{event} {args!r:.200}")

    def taken(self) -> list[str]:
        seen, self._seen = self._seen, []
        return seen


class Packages(Target):
    """Folders and zips of a tiny model."""

    name = "model"

    def __init__(self) -> None:
        self._watch = _Watch()

    def samples(self, folder: Path) -> list[Path]:
        return [build_tiny_package(folder / "tiny")]

    def variant(self, sample: Path, rng: Random, place: Path) -> Path:
        path = place / "tiny"
        shutil.copytree(sample, path)
        rng.choice(SPOILS)(path, rng)
        if rng.random() < 0.5 or any(f.is_symlink() or f.stat().st_size > _SPARSE for f in path.iterdir()):
            return path
        zipped = place / "tiny.zip"
        _zip(path, zipped, rng)
        if rng.random() < 0.3:
            zipped.write_bytes(damaged(zipped.read_bytes(), rng))
        return zipped

    def use(self, path: Path) -> None:
        if not self._watch.installed:  # the first package is a good one, for which modules are imported
            load_package(path)
            self._watch.install()
        self._watch.taken()
        try:
            load_package(path)
        finally:
            if done := self._watch.taken():
                raise CodeRanError(done)


def _zip(folder: Path, target: Path, rng: Random) -> None:
    prefix = rng.choice(("", "tiny/", "../", "/", "C:\\", "a/b/"))
    with zipfile.ZipFile(target, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
        if prefix not in ("", "tiny/"):
            archive.writestr(f"{prefix}{rng.choice((CARD, MODEL, 'readme.txt'))}", b"{}")


def _members(path: Path) -> Members:
    with zipfile.ZipFile(path / MODEL) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path / MODEL, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _bytes_of_a_file(path: Path, rng: Random) -> None:
    file = path / rng.choice((CARD, MODEL))
    file.write_bytes(damaged(file.read_bytes(), rng))


def _bytes_of_a_member(path: Path, rng: Random) -> None:
    """Damage that the zip's checksums do not see."""
    members = _members(path)
    name = rng.choice((WEIGHTS, WEIGHTS, WEIGHTS, CONFIG))
    members[name] = damaged(members[name], rng)
    _write(path, members)


def _lambda(path: Path, rng: Random) -> None:
    code = "__import__('os').system('touch ran')"
    layer = rng.choice(
        (
            {"class_name": "Lambda", "config": {"name": "f", "function": ["4wAAAA==", None, None]}},
            {
                "class_name": "Lambda",
                "config": {"name": "f", "function": {"class_name": "__lambda__", "config": code}},
            },
            {"class_name": "TFOpLambda", "config": {"name": "f", "function": "os.system"}},
            {"class_name": "function", "module": "builtins", "config": "eval"},
            {"module": "os", "class_name": "system", "config": code},
            {"registered_name": "evil>Layer"},
            {"class_name": "Custom", "module": "tests.fuzz.packages", "registered_name": "Custom"},
            {"build_config": {"input_shape": [None, 1, 1, 1]}, "class_name": "RNN"},
        )
    )
    _change_layer(path, rng, lambda entry: entry.update(layer))


def _option(path: Path, rng: Random) -> None:
    def change(entry: dict[str, Any]) -> None:
        config = entry["config"]
        config[rng.choice([*config])] = rng.choice(
            (
                *(None, -1, 0, 10**9, 999_999, 1.5, "x", [], [1], [999_999, 999_999], {}, True, "1" * 5000),
                {"module": "os", "class_name": "system", "config": "touch ran"},
                {"class_name": "__numpy__", "config": {"value": [1], "dtype": "float32"}},
            )
        )

    _change_layer(path, rng, change)


def _change_layer(path: Path, rng: Random, change: Callable[[dict[str, Any]], object]) -> None:
    members = _members(path)
    config = json.loads(members[CONFIG])
    change(rng.choice(config["config"]["layers"]))
    members[CONFIG] = json.dumps(config).encode()
    _write(path, members)


def _deep(path: Path, rng: Random) -> None:
    depth = rng.choice((2_000, 200_000))
    text = rng.choice(("[", '{"a":')) * depth
    if rng.random() < 0.5:
        (path / CARD).write_text(text)
    else:
        _write(path, _members(path) | {CONFIG: text.encode()})


def _pickle(path: Path, rng: Random) -> None:
    data = b"cos\nsystem\n(S'touch ran'\ntR."
    what = rng.randrange(4)
    if what == 0:
        (path / rng.choice(("weights.pkl", "a.joblib", "layers.py", "saved_model.pb"))).write_bytes(data)
    elif what == 1:
        (path / rng.choice((CARD, MODEL))).write_bytes(data)
    elif what == 2:
        _write(path, _members(path) | {rng.choice((CONFIG, WEIGHTS, "metadata.json")): data})
    else:
        _h5(path, rng, lambda file: _object_weights(file, data))


def _object_weights(file: h5py.File, data: bytes) -> None:
    values = file[f"{LOGICAL}/dense/vars"]
    del values["0"]
    values.create_dataset("0", data=np.array([np.void(data)]))
    values.attrs["pickled"] = np.void(pickle.dumps(complex))


def _h5(path: Path, rng: Random, change: Callable[[h5py.File], object]) -> None:
    members = _members(path)
    buffer = io.BytesIO(members[WEIGHTS])
    with h5py.File(buffer, "r+") as file:
        change(file)
    _write(path, members | {WEIGHTS: buffer.getvalue()})


def _shapes(path: Path, rng: Random) -> None:
    """Weights that are huge, or lie elsewhere, or are not numbers."""
    name = f"{LOGICAL}/{rng.choice(LAYERS)}/vars"
    side = rng.choice((1_000, 100_000, 10_000_000))
    secret = str(path.parent / "secret.h5")

    def change(file: h5py.File) -> None:
        values = file[name]
        del values["0"]
        rng.choice(
            (
                lambda: values.create_dataset("0", (side, side), "f4", chunks=(100, 100), compression="gzip"),
                lambda: values.create_dataset("0", (side, side), "f4", chunks=(100, 100)),
                lambda: values.create_dataset("0", (side,), "f4", external=[(secret, 0, 4 * side)]),
                lambda: values.create_dataset("0", (3,), h5py.string_dtype()),
                lambda: values.create_dataset("0", data=["a", "b"]),
                lambda: values.create_dataset("0", dtype="f8", shape=()),
                lambda: values.__setitem__("0", h5py.ExternalLink(secret, "/x")),
                lambda: values.__setitem__("0", h5py.ExternalLink("/dev/zero", "/x")),
                lambda: values.__setitem__("0", h5py.SoftLink(f"/{name}/0")),
                lambda: values.__setitem__("0", file[LOGICAL]),
                lambda: file.create_virtual_dataset(f"{name}/0", _virtual(side, secret)),
            )
        )()

    _h5(path, rng, change)


def _virtual(side: int, secret: str) -> h5py.VirtualLayout:
    layout = h5py.VirtualLayout((side,), "f4")
    layout[:10] = h5py.VirtualSource(secret, "x", (10,))
    return layout


def _zip_bomb(path: Path, rng: Random) -> None:
    """A description, weights or card of three gigabytes, squeezed."""
    name = rng.choice((CONFIG, WEIGHTS))
    members = _members(path)
    del members[name]
    with zipfile.ZipFile(path / MODEL, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in members.items():
            archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(192):
                member.write(bytes(1 << 24))


def _sparse(path: Path, rng: Random) -> None:
    with (path / rng.choice((CARD, MODEL))).open("r+b") as file:
        file.truncate(64 * _SPARSE)


def _card(path: Path, rng: Random) -> None:
    card = json.loads((path / CARD).read_text(encoding="utf-8"))
    field = rng.choice([*card])
    card[field] = rng.choice(
        (
            None,
            -1,
            10**400,
            1e308,
            "x" * 10_000,
            [],
            [[]],
            {},
            [10**9, 10**9],
            [1024, 1024],
            ["AU01"] * 3,
            True,
        )
    )
    (path / CARD).write_text(json.dumps(card), encoding="utf-8")


def _link(path: Path, rng: Random) -> None:
    """A package whose file is a link to another place."""
    file = path / rng.choice((CARD, MODEL))
    file.unlink()
    file.symlink_to(rng.choice(("/dev/zero", "/etc/passwd", ".", "nowhere")))


SPOILS: tuple[Spoil, ...] = (
    *(
        _bytes_of_a_file,
        _bytes_of_a_member,
        _bytes_of_a_member,
        _bytes_of_a_member,
        _lambda,
        _option,
        _option,
    ),
    *(_deep, _pickle, _shapes, _shapes, _card, _link, _sparse, _zip_bomb),
)
