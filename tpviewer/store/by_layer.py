"""What a long video has too much of to be made before anybody looks at it."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class ByLayer(Mapping[str, Value]):
    """Values by layer, each made when it is first asked for, from what is in memory.

    Parameters
    ----------
    layers : sequence of str
    make : callable
        Makes the value of a layer; the same one each time.
    """

    def __init__(self, layers: tuple[str, ...], make: Callable[[str], Value]) -> None:
        self._layers = layers
        self._make = make
        self._made: dict[str, Value] = {}

    def __getitem__(self, layer: str) -> Value:
        if layer not in self._layers:
            raise KeyError(layer)
        if layer not in self._made:
            self._made[layer] = self._make(layer)
        return self._made[layer]

    def __contains__(self, layer: object) -> bool:
        return layer in self._layers

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)
