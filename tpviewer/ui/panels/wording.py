"""How numbers are written in the panels."""

import math


def share(value: float) -> str:
    """Write a number of 0 to 1 the statistical way: ``.72``, ``1.00``, ``−.04``, and ``–`` for NaN."""
    if math.isnan(value):
        return "–"
    digits = f"{abs(value):.2f}"
    sign = "−" if value < 0 and float(digits) else ""
    return sign + (digits if abs(value) >= 0.995 else digits[1:])


def clock(seconds: float) -> str:
    """Write a time as minutes, seconds and hundredths, ``0:04.17``, or hours before them."""
    hundredths = round(100 * seconds)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 100:02d}.{rest % 100:02d}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"
