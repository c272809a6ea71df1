"""Model packages that mean harm: nothing in them is run, read elsewhere or inflated without end."""

import subprocess
import sys
import textwrap
import zipfile
import zlib

import h5py
import numpy as np
import pytest

from tests.models.packages import (
    change_card,
    change_layer,
    change_option,
    change_weights,
    refusal,
    rewrite,
    zipped,
)
from tpviewer.models.keras_archive import read_member


def test_lambda_layers_are_refused_and_not_run(folder):
    marker = folder.parent / "ran"
    code = f"__import__('pathlib').Path({str(marker)!r}).touch()"
    change_layer(folder, 2, class_name="Lambda", config={"name": "evil", "function": code})
    message = refusal(folder)
    assert "model.keras" in message
    assert "'evil' (Lambda)" in message
    assert not marker.exists()


@pytest.mark.parametrize("name", ["weights.pkl", "layers.py", "saved_model.pb", "x.SO"])
def test_a_package_with_something_that_can_run_is_refused(folder, name):
    (folder / name).write_bytes(b"")
    assert name in refusal(folder)


@pytest.mark.parametrize("name", ["../card.json", "/etc/card.json", "..\\card.json", "C:/card.json"])
def test_a_zip_that_points_outside_itself_is_refused(stored, tmp_path, name):
    path = zipped(stored, tmp_path / "m.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"{}")
    assert "outside" in refusal(path)


def test_a_file_that_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "model.zip"
    path.write_bytes(b"hello")
    assert "not a readable zip" in refusal(path)


def test_a_zip_with_two_cards_is_refused(stored, tmp_path):
    path = zipped(stored, tmp_path / "m.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("other/card.json", b"{}")
    assert "more than once" in refusal(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda file, values: values.create_dataset("0", (10**6, 10**6), "f4", chunks=(10, 10)),
        lambda file, values: values.create_dataset("0", (10**6, 10**4), "f4"),
        lambda file, values: values.create_dataset("0", (9, 9), "f4", chunks=(3, 3), compression="gzip"),
        lambda file, values: values.create_dataset("0", (9,), "f4", external=[("/etc/passwd", 0, 36)]),
        lambda file, values: values.create_dataset("0", data=np.array([np.void(b"cos\nsystem\n.")])),
    ],
    ids=["huge", "not written", "packed", "in another file", "bytes that pickle would run"],
)
def test_weights_that_are_not_plain_numbers_are_refused(folder, change):
    change_weights(folder, change)
    assert "not plain float32 numbers" in refusal(folder)


@pytest.mark.parametrize("link", [h5py.ExternalLink("/dev/zero", "/x"), h5py.SoftLink("/x")], ids=repr)
def test_weights_that_lie_elsewhere_are_refused(folder, link):
    change_weights(folder, lambda file, values: values.__setitem__("0", link))
    assert "link" in refusal(folder)


@pytest.mark.parametrize("name", ["config.json", "model.weights.h5"])
def test_a_keras_file_that_would_inflate_to_gigabytes_is_refused(folder, name, monkeypatch):
    monkeypatch.setattr("tpviewer.models.keras_archive.LARGEST_MODEL", 1 << 24)
    path = folder / "model.keras"
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist() if n != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in members.items():
            archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(2):
                member.write(bytes(1 << 24))
    assert f"{name} is larger" in refusal(folder)


def test_a_zip_that_lies_about_its_sizes_is_inflated_no_further_than_it_says(stored, tmp_path):
    path = zipped(stored, tmp_path / "m.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("other/model.keras", bytes(1 << 20))
        said = archive.getinfo("other/model.keras").file_size
    content = path.read_bytes().replace(said.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive, pytest.raises((zipfile.BadZipFile, zlib.error)):
        read_member(archive, "other/model.keras", 1000)


@pytest.mark.parametrize("name", ["card.json", "model.keras"])
def test_a_file_of_a_package_that_is_huge_or_none_is_refused(folder, name):
    with (folder / name).open("r+b") as file:
        file.truncate(1 << 36)
    assert f"{name}: larger" in refusal(folder)
    (folder / name).unlink()
    (folder / name).mkdir()
    assert f"{name} is missing" in refusal(folder)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_a_description_without_end_is_refused(folder, text):
    rewrite(folder, lambda members: members.update({"config.json": text.encode()}))
    assert "damaged" in refusal(folder)
    (folder / "card.json").write_text(text, encoding="utf-8")
    assert "not valid JSON" in refusal(folder)


def test_numbers_that_cannot_be_are_refused(folder):
    change_card(folder, thresholds=[0.5, 10**400, 0.5])
    assert "too large" in refusal(folder)


@pytest.mark.parametrize(
    ("number", "options", "word"),
    [
        (3, {"pool_size": [10_000, 10_000], "strides": [1, 1], "padding": "same"}, "computing"),
        (1, {"filters": 999_999, "padding": "same"}, "memory"),
    ],
)
def test_a_network_that_no_computer_could_run_is_refused(folder, number, options, word):
    change_option(folder, number, **options)
    assert word in refusal(folder)


def test_loading_a_package_runs_nothing_and_opens_nothing_but_the_package(stored, tmp_path):
    code = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from tpviewer.models.model_package import load_package
        folder = Path({str(stored)!r})
        load_package(folder)
        seen = []
        sys.addaudithook(lambda event, args: seen.append((event, str(args[0]) if args else "")))
        load_package(folder)
        running = {{"exec", "compile", "import", "pickle.find_class", "os.system", "subprocess.Popen"}}
        assert not running & {{event for event, _ in seen}}
        assert {{place for event, place in seen if event == "open"}} == {{
            str(folder / "card.json"), str(folder / "model.keras")
        }}
    """)
    subprocess.run([sys.executable, "-c", code], check=True)
