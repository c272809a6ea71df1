"""A tiny model package with seeded weights, for tests that need any model."""

from pathlib import Path
from typing import Any

from tpviewer.models.architectures import Architecture, assemble
from tpviewer.models.model_package import CropCard, ModelCard, save_package
from tpviewer.models.quiet import import_keras

TINY = Architecture(((4,), (6,), (8,)), 12)
AUS = ("AU01", "AU06", "AU12")
CROP = CropCard(
    targets=((23.0, 37.0), (39.0, 38.0), (57.0, 38.0), (73.0, 37.0), (48.0, 60.0)),
    mesh_points=(33, 133, 362, 263, 2),
)


def tiny_card(**changes: Any) -> ModelCard:
    values: dict[str, Any] = {
        "name": "tiny",
        "version": "1",
        "aus": AUS,
        "thresholds": (0.5,) * len(AUS),
        "input_size": (96, 96),
        "channels": 1,
        "normalisation": "per-image-standard",
        "crop": CROP,
        "label_meaning": "none: seeded random weights",
        "training_data": "none",
        "licence": "MIT",
    }
    return ModelCard(**(values | changes))


def tiny_model(
    seed: int = 0, input_size: tuple[int, int] = (96, 96), n_aus: int = len(AUS), channels: int = 1
) -> Any:
    """A network with batch normalisation whose statistics and biases are not the initial ones."""
    keras = import_keras()
    keras.utils.set_random_seed(seed)
    model = assemble(TINY, input_size, channels, n_aus)
    for layer in model.layers:
        weights = layer.get_weights()
        for index, weight in enumerate(weights):
            if weight.ndim == 1:
                noise = keras.backend.get_value(keras.backend.random_normal(weight.shape, 0.0, 0.2))
                weights[index] = weight + noise.clip(-0.4, 0.4)
        layer.set_weights(weights)
    return model


def build_tiny_package(folder: Path, seed: int = 0, **changes: Any) -> Path:
    """Write the package and return its folder."""
    card = tiny_card(**changes)
    save_package(folder, card, tiny_model(seed, card.input_size, len(card.aus), card.channels))
    return folder
