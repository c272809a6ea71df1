"""The pinned Qt for Python keeps count of None and True: 6.12.0 loses one with every call on Python 3.11."""

import sys

from PySide6.QtCore import QObject, Signal


class Teller(QObject):
    told = Signal()


def test_calls_and_signals_lose_no_reference() -> None:
    teller = Teller()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(200):
        teller.setObjectName("name")
        teller.told.emit()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert max(abs(a - b) for a, b in zip(after, before, strict=True)) < 50
