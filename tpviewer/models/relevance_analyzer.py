"""Relevance maps of a network by layer-wise relevance propagation (paper, section 3.2)."""

from abc import abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.models.batched_lrp import PAIRS, build
from tpviewer.models.lrp_presets import Preset
from tpviewer.models.network import Network
from tpviewer.models.normalisation import network_input, paired
from tpviewer.models.protocols import TILE, RelevanceAnalyzer
from tpviewer.models.quiet import import_innvestigate, import_tensorflow
from tpviewer.models.runtime import Runtime, by_tiles, padded

Pictures = tuple[NDArray[np.uint8], ...]
"""Crops, and the neutral ones beside them where there are any."""


class LRPAnalyzer(RelevanceAnalyzer):
    """What both engines have in common.

    Propagation starts from the logit's own value, so it can be asked about Action Units that are not seen.

    Parameters
    ----------
    runtime : Runtime
        In which the engine is built and called.
    network : Network
    """

    def __init__(self, runtime: Runtime, network: Network) -> None:
        self._runtime = runtime
        self._outputs = network.outputs
        self._channels = network.input_shape[2]
        self._none = np.zeros((0, *network.input_shape[:2]), np.float32)

    def relevance(
        self,
        crops: NDArray[np.uint8],
        au_index: NDArray[np.int_],
        neutrals: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.float32]:
        """Return one map per crop, each for its own Action Unit.

        Parameters
        ----------
        crops : (n, H, W) uint8
            Any number of aligned grey crops; the same crop may come several times.
        au_index : (n,) int
            Position of the Action Unit in the model's order.
        neutrals : (n, H, W) uint8, optional
            The same people's neutral crops, all zero where there is none.

        Returns
        -------
        (n, H, W) float32
            Signed, summed over channels: what the neutral crop says counts at its place. A map
            does not depend on the crops beside it.

        Raises
        ------
        IndexError
            If there is no such Action Unit.
        ValueError
            If crops, Action Units and neutral crops differ in number, or crops in size.
        RuntimeError
            If called from another thread than the one that built the network.
        """
        if len(crops) != len(au_index):
            raise ValueError(f"{len(crops)} crops, but {len(au_index)} Action Units")
        if not np.isin(au_index, np.arange(self._outputs)).all():
            raise IndexError(f"the model has Action Units 0 to {self._outputs - 1}")
        pictures = paired(crops, neutrals)
        with self._runtime.active():
            return self._maps(au_index, pictures) if len(crops) else self._none

    @abstractmethod
    def _maps(self, au_index: NDArray[np.int_], pictures: Pictures) -> NDArray[np.float32]:
        """Maps of at least one crop."""

    def _input(
        self, crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
    ) -> NDArray[np.float32]:
        return network_input(crops, neutrals, self._channels)


class InnvestigateAnalyzer(LRPAnalyzer):
    """Computes maps with iNNvestigate, the reference, tile by tile.

    Parameters
    ----------
    runtime : Runtime
        In which `model` was built.
    network : Network
    model : keras.Model
        The same network.
    preset : str
        A key of `tpviewer.models.lrp_presets.PRESETS`.
    """

    def __init__(self, runtime: Runtime, network: Network, model: Any, preset: str) -> None:
        super().__init__(runtime, network)
        with runtime.building():
            self._analyzer = import_innvestigate().create_analyzer(
                preset, model, neuron_selection_mode="index"
            )
            self._tile(np.zeros(TILE, int), np.zeros((TILE, *network.input_shape[:2]), np.uint8))

    def _maps(self, au_index: NDArray[np.int_], pictures: Pictures) -> NDArray[np.float32]:
        return np.concatenate(by_tiles(self._tile, au_index, *pictures))

    def _tile(self, au_index: NDArray[np.int_], *pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        maps = self._analyzer.analyze(self._input(*pictures), neuron_selection=au_index)
        summed: NDArray[np.float32] = maps.sum(axis=-1)
        return summed


class BatchedAnalyzer(LRPAnalyzer):
    """Computes the maps of all Action Units of a frame from one forward pass; see `batched_lrp`.

    Parameters
    ----------
    runtime : Runtime
    network : Network
        All of whose layers the engine knows; see `choose_engine`.
    preset : Preset
    """

    def __init__(self, runtime: Runtime, network: Network, preset: Preset) -> None:
        super().__init__(runtime, network)
        with runtime.building():
            v1 = import_tensorflow().compat.v1
            crops = v1.placeholder("float32", (TILE, *network.input_shape))
            frames, aus = v1.placeholder("int32", (None,)), v1.placeholder("int32", (None,))
            maps = build(network, preset, crops, frames, aus, runtime.variable)
            self._run = runtime.callable(maps, [crops, frames, aus])
            self._maps(np.zeros(1, int), (np.zeros((1, *network.input_shape[:2]), np.uint8),))

    def _maps(self, au_index: NDArray[np.int_], pictures: Pictures) -> NDArray[np.float32]:
        """Work through different crops in tiles, each with all pairs that ask for one of them."""
        first, frame = distinct(pictures)
        maps = np.empty((len(au_index), *self._none.shape[1:]), np.float32)

        def tile(start: int) -> None:
            rows = first[start : start + TILE]
            crops = self._input(*(padded(picture[rows], TILE) for picture in pictures))
            asked = np.flatnonzero(frame // TILE == start // TILE)
            total = -(-len(asked) // PAIRS) * PAIRS
            pairs = (padded(values[asked], total) for values in (frame - start, au_index))
            maps[asked] = self._run(crops, *pairs)[: len(asked)]

        self._runtime.each(tile, range(0, len(first), TILE))
        return maps


def distinct(pictures: Pictures) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find rows that are alike in all pictures.

    Parameters
    ----------
    pictures : tuple of (n, H, W) uint8

    Returns
    -------
    first : (m,) int
        The first row of each kind, in order.
    kind : (n,) int
        Position in `first` for each row.
    """
    known: dict[bytes, int] = {}
    rows = (b"".join(picture[row].tobytes() for picture in pictures) for row in range(len(pictures[0])))
    kind = np.array([known.setdefault(content, len(known)) for content in rows], np.intp)
    return np.unique(kind, return_index=True)[1], kind
