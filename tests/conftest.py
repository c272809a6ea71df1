"""Fixtures that all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with real clips and faces; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no real clips beside the project (../shared/data)")
    return SHARED
