"""Fixtures that all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files go to processes: the slow ones first, so that nobody waits for them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with real clips and faces; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no real clips beside the project (../shared/data)")
    return SHARED
