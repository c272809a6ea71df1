"""Model packages: what is loaded, and what is refused with which words."""

import numpy as np
import pytest

from tests.models.packages import change_card, change_layer, change_option, refusal, rewrite, zipped
from tests.models.tiny import AUS, build_tiny_package, tiny_card, tiny_model
from tpviewer.core.errors import ModelError
from tpviewer.models.engine import Engine
from tpviewer.models.folding import fold_batchnorm
from tpviewer.models.model_package import load_package, save_package
from tpviewer.models.normalisation import normalise_crop


def test_what_was_saved_is_loaded(tmp_path):
    card = tiny_card(experimental=("AU06",), quality={"AUC": {"AU12": 0.9}}, credits=("Käthe",))
    save_package(tmp_path / "m", card, tiny_model())
    assert load_package(tmp_path / "m").card == card


def test_the_loaded_network_computes_what_was_trained(stored):
    crops = np.random.default_rng(1).integers(0, 256, (3, 96, 96), dtype=np.uint8)
    engine = Engine(load_package(stored))
    found = engine.logits(crops)
    engine.close()
    np.testing.assert_allclose(found, tiny_model()(normalise_crop(crops), training=False), atol=1e-5)


def test_a_model_beside_the_neutral_face_is_stored_and_computes_what_was_trained(tmp_path):
    folder = build_tiny_package(tmp_path, channels=2)
    assert load_package(folder).card.channels == 2
    crops, neutrals = np.random.default_rng(1).integers(0, 256, (2, 3, 96, 96), dtype=np.uint8)
    engine = Engine(load_package(folder))
    found = engine.logits(crops, neutrals)
    engine.close()
    trained = tiny_model(channels=2)(normalise_crop(crops, neutrals), training=False)
    np.testing.assert_allclose(found, trained, atol=1e-5)


def test_card_and_network_must_agree_about_the_neutral_face(folder):
    change_card(folder, channels=2)
    assert "(96, 96, 2)" in refusal(folder)


def test_a_functional_model_is_loaded_like_a_sequential_one(tmp_path):
    from tpviewer.models.quiet import import_keras

    keras = import_keras()
    model = fold_batchnorm(tiny_model())
    functional = keras.Model(model.inputs, model.outputs)
    build_tiny_package(tmp_path)
    functional.save(tmp_path / "model.keras")
    layers = load_package(tmp_path).network.layers
    assert all(
        np.array_equal(a, b)
        for a, b in zip((w for x in layers for w in x.weights), model.get_weights(), strict=True)
    )


@pytest.mark.parametrize("prefix", ["", "tiny/"])
def test_a_zip_is_the_same_package_as_its_folder(stored, tmp_path, prefix):
    package = load_package(zipped(stored, tmp_path / "tiny.zip", prefix))
    assert package.sha256 == load_package(stored).sha256


def test_the_hash_changes_with_the_card(folder):
    before = load_package(folder).sha256
    change_card(folder, name="other")
    assert load_package(folder).sha256 != before


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ({"class_name": "BatchNormalization"}, "folded"),
        ({"class_name": "ReLU"}, 'Activation("relu")'),
        ({"class_name": "Rescaling"}, "first layer"),
        ({"class_name": "Softmax"}, "logits"),
        ({"class_name": "TFOpLambda"}, "not known to be safe"),
        ({"class_name": "Sequential"}, "not known to be safe"),
        ({"module": "os"}, "not known to be safe"),
        ({"registered_name": "my>Activation"}, "not known to be safe"),
    ],
)
def test_layers_that_are_unsafe_or_wrong_for_lrp_are_refused(folder, entry, word):
    change_layer(folder, 2, **entry)
    message = refusal(folder)
    assert word in message
    assert "'activation" in message


@pytest.mark.parametrize(
    ("number", "options", "word"),
    [
        (-1, {"activation": "sigmoid"}, "logits"),
        (-1, {"activation": "softmax"}, "logits"),
        (-1, {"activation": "relu"}, "logits"),
        (2, {"activation": {"module": "os", "class_name": "system", "config": "true"}}, "activation"),
        (1, {"data_format": "channels_first"}, "data_format"),
        (1, {"groups": 2}, "groups"),
        (1, {"dilation_rate": [2, 2]}, "dilation_rate"),
        (1, {"dtype": {"class_name": "Policy", "config": {}}}, "dtype"),
        (1, {"filters": -3}, "filters"),
        (1, {"filters": 5}, "shape"),
        (1, {"padding": "causal"}, "padding"),
        (1, {"something": 1}, "something"),
        (0, {"batch_input_shape": [None, None, None, 1]}, "fixed"),
    ],
)
def test_options_that_cannot_be_used_are_named(folder, number, options, word):
    change_option(folder, number, **options)
    assert word in refusal(folder)


def test_a_network_of_another_input_size_is_refused(folder):
    change_card(folder, input_size=[64, 64])
    assert "(96, 96, 1)" in refusal(folder)


def test_a_network_with_another_number_of_outputs_is_refused(folder):
    change_card(folder, aus=["AU01", "AU02"], thresholds=[0.5, 0.5])
    assert f"{len(AUS)} outputs" in refusal(folder)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"aus": ...}, "'aus' is missing"),
        ({"aus": ["AU1", "AU06", "AU12"]}, "'aus'"),
        ({"aus": ["AU01", "AU01", "AU12"]}, "once"),
        ({"aus": "AU01"}, "must be a list"),
        ({"thresholds": [0.5, 0.5]}, "'thresholds'"),
        ({"thresholds": [0.5, 0.5, 1.5]}, "between 0 and 1"),
        ({"thresholds": [0.5, 0.5, "x"]}, "must be a number"),
        ({"thresholds": [0.5, 0.5, float("nan")]}, "between 0 and 1"),
        ({"input_size": [96, 96.5]}, "whole number"),
        ({"channels": 3}, "grey"),
        ({"normalisation": "imagenet"}, "per-image-standard"),
        ({"crop": {"targets": [[1, 2]], "mesh_points": [1, 2, 3, 4, 5]}}, "crop.targets"),
        ({"crop": {"targets": [[1, 2]] * 5}}, "crop.mesh_points"),
        ({"experimental": ["AU45"]}, "'experimental'"),
        ({"treshold": 1}, "'treshold' is not a field"),
        ({"name": 7}, "must be a text"),
    ],
)
def test_errors_in_the_card_name_the_file_and_the_field(folder, changes, word):
    change_card(folder, **changes)
    message = refusal(folder)
    assert "card.json" in message
    assert word in message


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe"])
def test_a_card_that_is_no_json_object_is_refused(folder, content):
    (folder / "card.json").write_bytes(content)
    assert "card.json" in refusal(folder)


@pytest.mark.parametrize("name", ["card.json", "model.keras"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert f"{name} is missing" in refusal(folder)


def test_a_missing_package_says_what_a_package_is(tmp_path):
    assert "card.json" in refusal(tmp_path / "nothing")


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_truncated_model_is_refused(folder, share):
    path = folder / "model.keras"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refusal(folder)


def test_a_flipped_bit_in_the_weights_is_noticed(folder):
    path = folder / "model.keras"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert "damaged" in refusal(folder)


def test_weights_that_are_no_hdf5_are_refused(folder):
    rewrite(folder, lambda members: members.update({"model.weights.h5": b"\x80\x04K\x01."}))
    assert "damaged" in refusal(folder)


def test_weights_that_are_not_finite_are_refused(tmp_path):
    model = tiny_model()
    model.layers[-1].set_weights([w * np.nan for w in model.layers[-1].get_weights()])
    with pytest.raises(ModelError, match="not finite"):
        save_package(tmp_path / "m", tiny_card(), model)


def test_a_model_with_sigmoid_outputs_cannot_be_saved_as_a_package(tmp_path):
    from tpviewer.models.quiet import import_keras

    model = tiny_model()
    model.layers[-1].activation = import_keras().activations.sigmoid
    with pytest.raises(ModelError, match="logits"):
        save_package(tmp_path / "m", tiny_card(), model)
