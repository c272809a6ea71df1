"""Linear algebra in one thread, so that no sum depends on how many there are."""

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


def one_thread() -> AbstractContextManager[Any]:
    """Within this context the libraries behind NumPy and SciPy use one thread each."""
    limits: AbstractContextManager[Any] = _controller().limit(limits=1)
    return limits


@cache
def _controller() -> ThreadpoolController:
    """Finding the libraries takes longer than small problems do; both are loaded when this is imported."""
    import scipy.linalg  # noqa: F401

    return ThreadpoolController()
