"""How numbers and times are written in the window."""

import math

WARNING_SIGN = "⚠"
"""Stands beside what the user should not take on trust."""


def share(value: float) -> str:
    """Write a number of 0 to 1 the statistical way: ``.72``, ``1.00``, ``−.04``, and ``–`` for NaN."""
    if math.isnan(value):
        return "–"
    digits = f"{abs(value):.2f}"
    sign = "−" if value < 0 and float(digits) else ""
    return sign + (digits if abs(value) >= 0.995 else digits[1:])


def clock(seconds: float, decimals: int = 3) -> str:
    """Write a moment as ``m:ss.mmm``, from an hour on as ``h:mm:ss.mmm``."""
    units = round(max(seconds, 0.0) * 10**decimals)
    whole, part = divmod(units, 10**decimals)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
    return f"{text}.{part:0{decimals}d}" if decimals else text
