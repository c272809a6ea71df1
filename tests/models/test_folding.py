"""Batch normalisation folded away: the same function in fewer layers."""

import numpy as np
import pytest

from tests.models.tiny import tiny_model
from tpviewer.core.errors import ModelError, ParameterError
from tpviewer.models.architectures import build
from tpviewer.models.folding import fold_batchnorm
from tpviewer.models.quiet import import_keras


@pytest.fixture(scope="module")
def layers():
    return import_keras().layers


def chain(*parts):
    return import_keras().Sequential(list(parts))


@pytest.mark.parametrize("seed", range(4))
def test_folding_changes_nothing_but_rounding(seed):
    model = tiny_model(seed, (32, 32))
    x = np.random.default_rng(seed).normal(size=(5, 32, 32, 1)).astype(np.float32)
    before = model(x, training=False).numpy()
    np.testing.assert_allclose(fold_batchnorm(model)(x).numpy(), before, atol=1e-5)


def test_a_dense_layer_is_folded_too(layers):
    norm = layers.BatchNormalization(scale=False, center=False)
    model = chain(layers.Input((7,)), layers.Dense(5), norm, layers.Activation("relu"), layers.Dense(2))
    norm.set_weights([np.arange(5.0), np.arange(1.0, 6.0)])
    x = np.random.default_rng(0).normal(size=(9, 7)).astype(np.float32)
    np.testing.assert_allclose(fold_batchnorm(model)(x), model(x, training=False), atol=1e-5)


def test_no_batch_normalisation_and_no_dropout_is_left(layers):
    model = chain(layers.Input((4,)), layers.Dense(3), layers.BatchNormalization(), layers.Dropout(0.5))
    assert [type(layer).__name__ for layer in fold_batchnorm(model).layers] == ["Dense"]


def test_batch_normalisation_behind_an_activation_is_refused(layers):
    model = chain(layers.Input((4,)), layers.Dense(3, activation="relu"), layers.BatchNormalization())
    with pytest.raises(ModelError, match="cannot be folded"):
        fold_batchnorm(model)


def test_batch_normalisation_of_the_input_is_refused(layers):
    model = chain(layers.Input((4,)), layers.BatchNormalization(), layers.Dense(3))
    with pytest.raises(ModelError, match="cannot be folded"):
        fold_batchnorm(model)


def test_branches_are_refused(layers):
    keras = import_keras()
    start = keras.Input((4,))
    one, other = layers.Dense(3)(start), layers.Dense(3)(start)
    with pytest.raises(ModelError, match="only a chain"):
        fold_batchnorm(keras.Model(start, layers.Add()([one, other])))


def test_the_small_architecture_has_linear_outputs_and_a_trainable_normalisation():
    model = build("small", (96, 96), 1, 19)
    assert model.output_shape == (None, 19)
    assert model.layers[-1].activation is import_keras().activations.linear
    assert sum(type(layer).__name__ == "BatchNormalization" for layer in model.layers) == 7
    assert 0.82e6 < model.count_params() < 0.84e6


def test_an_unknown_architecture_is_refused_by_name():
    with pytest.raises(ParameterError, match="small"):
        build("huge", (96, 96), 1, 19)
