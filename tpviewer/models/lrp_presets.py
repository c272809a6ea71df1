"""The LRP presets that can be chosen, as data: which rule applies to which layer (method, section 4).

The rules follow Bach et al. (2015) and Kohlbrenner et al. (2020) with the particulars of iNNvestigate 2.1.2,
which knows every preset by the same name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tpviewer.core.errors import ParameterError

Part = Literal["all", "positive", "negative"]
"""Which products of input and weight share in the relevance: every one, or those of one sign."""

DEFAULT_PRESET = "lrp.sequential_preset_a_flat"
GRADIENT_TIMES_INPUT = "input_t_gradient"


@dataclass(frozen=True)
class Rule:
    """How the relevance of an output is shared among its inputs, in proportion to input × weight.

    Attributes
    ----------
    parts : tuple of (str, float)
        Products that share, with the multiple of the relevance that goes to each part. Each part is divided
        by the sum of its products.
    epsilon : float
        Added to that sum, away from zero; 0 leaves it alone.
    bias : bool
        Whether the whole bias counts in the sum.
    flat : bool
        Every input gets the same share, whatever its value and weight; there is no bias.
    """

    parts: tuple[tuple[Part, float], ...] = (("all", 1.0),)
    epsilon: float = 0.0
    bias: bool = True
    flat: bool = False

    @property
    def whole(self) -> bool:
        """Whether all products share alike, so that the output itself is their sum."""
        return self.parts[0][0] == "all"


@dataclass(frozen=True)
class Preset:
    """Rules of a network.

    Attributes
    ----------
    convolution, dense : Rule
    first : Rule or None
        For the first layer with weights; None treats it like the others.
    """

    convolution: Rule
    dense: Rule
    first: Rule | None = None

    def rule(self, kind: str, first: bool) -> Rule:
        """Rule for a ``Conv2D`` or ``Dense`` layer."""
        if first and self.first is not None:
            return self.first
        return self.convolution if kind == "Conv2D" else self.dense


ALPHA_1_BETA_0 = Rule((("positive", 1.0),))
ALPHA_2_BETA_1 = Rule((("positive", 2.0), ("negative", -1.0)))
Z_PLUS = Rule((("positive", 1.0),), bias=False)
FLAT = Rule(bias=False, flat=True)
PLAIN = Rule()
"""Without epsilon; in a network of ReLU and pooling this is gradient × input."""

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        DEFAULT_PRESET: Preset(ALPHA_1_BETA_0, Rule(epsilon=0.1), first=FLAT),
        "lrp.sequential_preset_a": Preset(ALPHA_1_BETA_0, Rule(epsilon=0.1)),
        "lrp.sequential_preset_b_flat": Preset(ALPHA_2_BETA_1, Rule(epsilon=0.1), first=FLAT),
        "lrp.sequential_preset_b": Preset(ALPHA_2_BETA_1, Rule(epsilon=0.1)),
        "lrp.epsilon": Preset(Rule(epsilon=1e-7), Rule(epsilon=1e-7)),
        "lrp.z_plus": Preset(Z_PLUS, Z_PLUS),
        GRADIENT_TIMES_INPUT: Preset(PLAIN, PLAIN),
    }
)


def find_preset(name: str) -> Preset:
    """Return a preset.

    Raises
    ------
    ParameterError
        If there is no such preset.
    """
    if name not in PRESETS:
        raise ParameterError(f"no LRP preset '{name}'; there are: {', '.join(PRESETS)}")
    return PRESETS[name]
