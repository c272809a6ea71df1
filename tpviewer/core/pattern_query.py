"""Patterns as people write them: ``AU04 then AU06_A``, or in the paper's notation."""

import re
from collections.abc import Sequence

from tpviewer.core.errors import ParameterError
from tpviewer.core.letters import letter_index
from tpviewer.core.stages import NO_LOOK, StageKey, stage_key

_NEXT = re.compile(r"\bthen\b|->|→", re.IGNORECASE)
_UNIT = re.compile(r"(?:AU)?0*(\d+)(?:_([A-Z]+))?", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,+&()]+|\band\b", re.IGNORECASE)


def parse_pattern(text: str) -> tuple[StageKey, ...]:
    """Read a pattern.

    Parameters
    ----------
    text : str
        Stages parted by ``then`` or an arrow, Action Units of a stage by blanks, commas, ``+`` or ``and``.
        One without a letter is meant with any look. Upper and lower case do not matter; NONE is the empty
        set.

    Returns
    -------
    tuple of StageKey
        To be looked for in stages that `with_any_look` has widened; empty where there is nothing but blanks.

    Raises
    ------
    ParameterError
        If a word is no Action Unit.
    """
    return tuple(_stage(part) for part in _NEXT.split(text)) if text.strip() else ()


def _stage(text: str) -> StageKey:
    words = [word for word in _BESIDE.split(text) if word and word.upper() not in ("NONE", "AND")]
    return stage_key([*map(_item, words)])


def _item(word: str) -> tuple[str, int]:
    found = _UNIT.fullmatch(word)
    if found is None:
        raise ParameterError(
            f"{word}: write Action Units with or without a look, for example AU04 then AU06_A"
        )
    number, look = found.groups()
    return f"AU{int(number):02d}", NO_LOOK if look is None else letter_index(look.upper())


def with_any_look(prototype: Sequence[StageKey]) -> tuple[StageKey, ...]:
    """Stages that hold each of their Action Units also without a letter, as a pattern may ask for it."""
    any_look = [{(au, NO_LOOK) for au, _ in key} for key in prototype]
    return tuple(stage_key(sorted({*key, *more})) for key, more in zip(prototype, any_look, strict=True))
