"""The LRP presets that can be chosen, by name (method, section 4), and gradient × input beside them."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from tpviewer.core.errors import ParameterError
from tpviewer.models.quiet import import_innvestigate

Factory = Callable[[Any], Any]
"""Makes an iNNvestigate analyzer, with the output chosen per sample, from a Keras model."""

DEFAULT_PRESET = "lrp.sequential_preset_a_flat"
GRADIENT_TIMES_INPUT = "input_t_gradient"


def _innvestigate(name: str, model: Any) -> Any:
    return import_innvestigate().create_analyzer(name, model, neuron_selection_mode="index")


PRESETS: Mapping[str, Factory] = MappingProxyType(
    {
        name: partial(_innvestigate, name)
        for name in (
            DEFAULT_PRESET,
            "lrp.sequential_preset_a",
            "lrp.sequential_preset_b_flat",
            "lrp.epsilon",
            GRADIENT_TIMES_INPUT,
        )
    }
)


def find_preset(name: str) -> Factory:
    """Return the factory of a preset.

    Raises
    ------
    ParameterError
        If there is no such preset.
    """
    if name not in PRESETS:
        raise ParameterError(f"no LRP preset '{name}'; there are: {', '.join(PRESETS)}")
    return PRESETS[name]
