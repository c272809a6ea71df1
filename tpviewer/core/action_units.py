"""The Action Units of the Facial Action Coding System (FACS), in facial order.

References
----------
Ekman, P., Friesen, W. V., Hager, J. C. (2002). Facial Action Coding System. The manual.
"""

import re
from dataclasses import dataclass
from typing import Literal

from tpviewer.core.errors import ParameterError

Region = Literal["brow", "lids", "nose", "cheeks", "lips", "jaw"]
REGIONS: tuple[Region, ...] = ("brow", "lids", "nose", "cheeks", "lips", "jaw")


@dataclass(frozen=True)
class ActionUnit:
    """One Action Unit: its number, its FACS name and the region of the face where it shows."""

    number: int
    name: str
    region: Region

    @property
    def label(self) -> str:
        """Zero-padded label, as in ``AU01``."""
        return au_label(self.number)


ACTION_UNITS: tuple[ActionUnit, ...] = (
    ActionUnit(1, "Inner Brow Raiser", "brow"),
    ActionUnit(2, "Outer Brow Raiser", "brow"),
    ActionUnit(4, "Brow Lowerer", "brow"),
    ActionUnit(5, "Upper Lid Raiser", "lids"),
    ActionUnit(7, "Lid Tightener", "lids"),
    ActionUnit(43, "Eyes Closed", "lids"),
    ActionUnit(45, "Blink", "lids"),
    ActionUnit(46, "Wink", "lids"),
    ActionUnit(9, "Nose Wrinkler", "nose"),
    ActionUnit(38, "Nostril Dilator", "nose"),
    ActionUnit(39, "Nostril Compressor", "nose"),
    ActionUnit(6, "Cheek Raiser", "cheeks"),
    ActionUnit(11, "Nasolabial Deepener", "cheeks"),
    ActionUnit(13, "Sharp Lip Puller", "cheeks"),
    ActionUnit(33, "Cheek Blow", "cheeks"),
    ActionUnit(34, "Cheek Puff", "cheeks"),
    ActionUnit(35, "Cheek Suck", "cheeks"),
    ActionUnit(10, "Upper Lip Raiser", "lips"),
    ActionUnit(12, "Lip Corner Puller", "lips"),
    ActionUnit(14, "Dimpler", "lips"),
    ActionUnit(15, "Lip Corner Depressor", "lips"),
    ActionUnit(16, "Lower Lip Depressor", "lips"),
    ActionUnit(18, "Lip Pucker", "lips"),
    ActionUnit(20, "Lip Stretcher", "lips"),
    ActionUnit(22, "Lip Funneler", "lips"),
    ActionUnit(23, "Lip Tightener", "lips"),
    ActionUnit(24, "Lip Presser", "lips"),
    ActionUnit(25, "Lips Part", "lips"),
    ActionUnit(28, "Lip Suck", "lips"),
    ActionUnit(17, "Chin Raiser", "jaw"),
    ActionUnit(26, "Jaw Drop", "jaw"),
    ActionUnit(27, "Mouth Stretch", "jaw"),
    ActionUnit(29, "Jaw Thrust", "jaw"),
    ActionUnit(30, "Jaw Sideways", "jaw"),
    ActionUnit(31, "Jaw Clencher", "jaw"),
)
"""Every known Action Unit, region after region from the brow down, by number within a region."""

_BY_NUMBER = {unit.number: unit for unit in ACTION_UNITS}
_FACIAL_RANK = {unit.number: rank for rank, unit in enumerate(ACTION_UNITS)}
_LABEL = re.compile(r"AU(\d{1,2})")


def au_label(number: int) -> str:
    """Label of an Action Unit number: ``1`` gives ``"AU01"``.

    Raises
    ------
    ParameterError
        If the number is not one of 1 to 99.
    """
    if not 1 <= number <= 99:
        raise ParameterError(f"{number} is not an Action Unit number: use 1 to 99")
    return f"AU{number:02d}"


def au_number(label: str) -> int:
    """Number in an Action Unit label: ``"AU01"`` and ``"AU1"`` give ``1``.

    Raises
    ------
    ParameterError
        If the label is not ``AU`` followed by one or two digits, or the number is 0.
    """
    match = _LABEL.fullmatch(label)
    if match is None or int(match[1]) == 0:
        raise ParameterError(f"{label!r} is not an Action Unit label: write it like AU01")
    return int(match[1])


def action_unit(label: str) -> ActionUnit:
    """Registry entry of a label such as ``AU12``.

    Raises
    ------
    ParameterError
        If FACS has no such Action Unit in this registry.
    """
    number = au_number(label)
    if number not in _BY_NUMBER:
        raise ParameterError(
            f"{label} is not a known Action Unit: known are {', '.join(map(au_label, known()))}"
        )
    return _BY_NUMBER[number]


def known() -> tuple[int, ...]:
    """Numbers of all registered Action Units, ascending."""
    return tuple(sorted(_BY_NUMBER))


def facial_order(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels from the brow down to the jaw; labels outside the registry come last, by number."""
    return tuple(
        sorted(labels, key=lambda label: (_FACIAL_RANK.get(au_number(label), 100), au_number(label)))
    )
