"""From grey crops to the network's input."""

import numpy as np
from numpy.typing import NDArray

STD_OFFSET = 4.0
"""Grey levels added to the standard deviation, so that a flat crop is not blown up to noise."""


def normalise_crop(
    crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None = None
) -> NDArray[np.float32]:
    """Standardise each crop, and each neutral one beside it, by itself: (x − mean) / (std + 4).

    Sums of grey levels are exact, so a crop's values do not depend on the crops beside it. A crop of zeros,
    which stands for a neutral face that is not known, stays zero.

    Parameters
    ----------
    crops : (n, H, W) uint8
        Aligned grey crops.
    neutrals : (n, H, W) uint8, optional
        The same people's neutral crops, all zero where there is none.

    Returns
    -------
    (n, H, W, 1) float32, or (n, H, W, 2) with neutrals
    """
    channels = (crops,) if neutrals is None else (crops, neutrals)
    return np.stack([_standardised(channel) for channel in channels], axis=-1)


def network_input(
    crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None, channels: int
) -> NDArray[np.float32]:
    """Return what a network with 1 or 2 channels is shown, (n, H, W, channels) float32.

    Parameters
    ----------
    crops : (n, H, W) uint8
    neutrals : (n, H, W) uint8 or None
        None is no neutral face for any crop. They are left out where the network takes the frame alone.
    channels : {1, 2}
    """
    if channels == 1:
        return normalise_crop(crops)
    return normalise_crop(crops, np.zeros_like(crops) if neutrals is None else neutrals)


def paired(crops: NDArray[np.uint8], neutrals: NDArray[np.uint8] | None) -> tuple[NDArray[np.uint8], ...]:
    """Crops, and the neutral ones where there are any.

    Parameters
    ----------
    crops : (n, H, W) uint8
    neutrals : (n, H, W) uint8 or None

    Returns
    -------
    tuple of one or two (n, H, W) uint8

    Raises
    ------
    ValueError
        If they differ in number or size.
    """
    if neutrals is None:
        return (crops,)
    if neutrals.shape != crops.shape:
        raise ValueError(f"neutral crops of shape {neutrals.shape}, but crops of shape {crops.shape}")
    return crops, neutrals


def _standardised(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    size = crops.shape[1] * crops.shape[2]
    levels = crops.reshape(len(crops), size).astype(np.int64)
    total, squares = levels.sum(axis=1), np.square(levels).sum(axis=1)
    mean = total / size
    std = np.sqrt(squares * size - total * total) / size
    normal = (levels - mean[:, None]) / (std + STD_OFFSET)[:, None]
    result: NDArray[np.float32] = normal.astype(np.float32).reshape(crops.shape)
    return result
