"""The two programs that can compute relevance, and which of them does for a network.

Both follow the same rules, and maps of the two differ by rounding only (relative L2 about 1e-7). Rounding is
a difference all the same: the engine's name is part of what a session's maps are known by, so that no session
ever mixes maps of both. A session that names none is older than the choice and was made by iNNvestigate.
"""

from dataclasses import dataclass

from tpviewer.core.errors import ParameterError
from tpviewer.models.network import Layer, Network

BATCHED, INNVESTIGATE = "batched", "innvestigate"
ENGINES = (BATCHED, INNVESTIGATE)

BATCHED_REVISION = 2
"""Of the batched engine's rounding: raise it with every change of the order in which it adds up, so that no
session mixes maps of two."""

_KINDS = (
    *("Conv2D", "Dense", "Activation", "Flatten"),
    *("MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D"),
)
_ACTIVATIONS = ("linear", "relu")


@dataclass(frozen=True)
class Choice:
    """The engine that is used.

    Attributes
    ----------
    name : {'batched', 'innvestigate'}
    note : str or None
        Why it is not the one that was asked for.
    """

    name: str
    note: str | None = None


def choose_engine(network: Network, asked: str) -> Choice:
    """Return the engine for a network: the one asked for, or iNNvestigate where the other cannot.

    Parameters
    ----------
    network : Network
    asked : {'batched', 'innvestigate'}

    Raises
    ------
    ParameterError
        If there is no such engine.
    """
    if asked not in ENGINES:
        raise ParameterError(f"no relevance engine '{asked}'; there are: {', '.join(ENGINES)}")
    unknown = next((layer for layer in network.layers if not _is_known(layer)), None)
    if asked == INNVESTIGATE or unknown is None:
        return Choice(asked)
    return Choice(
        INNVESTIGATE,
        f"{unknown.describe()} is not known to the batched engine: relevance comes from iNNvestigate, which"
        " is slower",
    )


def _is_known(layer: Layer) -> bool:
    return layer.kind in _KINDS and layer.options.get("activation", "linear") in _ACTIVATIONS
