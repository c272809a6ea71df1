"""Array types that several steps of the method share."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
"""Floats of any width."""

IntArray: TypeAlias = NDArray[np.integer[Any]]
"""Integers of any width."""

BoolArray: TypeAlias = NDArray[np.bool_]
