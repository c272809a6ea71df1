"""Emotions as Action Units: who shows what, when and how strongly in the sequences of a rendered corpus.

References
----------
Lucey, P. et al. (2010). The Extended Cohn-Kanade Dataset (CK+), Table 1: emotions by Action Units.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tpviewer.importing.ckplus import EMOTIONS
from tpviewer.training.phantom_script import RESERVED_PERSONS, Event, FaceScript, Script, Side

_FIRST_PERSON = RESERVED_PERSONS + 5000
_SIZE, _SCALE, _RATE = 256, 8.0, 30
_SHORTEST, _LONGEST = 16, 30  # frames
_NEUTRAL = 3  # frames at least, before the first onset


@dataclass(frozen=True)
class Prototype:
    """Action Units of an emotion.

    Attributes
    ----------
    always : tuple of str
    often : tuple of str
        Each person shows some of them, and always the same.
    one_sided : bool
    """

    always: tuple[str, ...]
    often: tuple[str, ...] = ()
    one_sided: bool = False


PROTOTYPES: Mapping[str, Prototype] = MappingProxyType(
    {
        "anger": Prototype(("AU04", "AU07", "AU24"), ("AU05", "AU17")),
        "contempt": Prototype(("AU14",), ("AU12",), one_sided=True),
        "disgust": Prototype(("AU09", "AU10"), ("AU04", "AU17")),
        "fear": Prototype(("AU01", "AU02", "AU04", "AU05", "AU20"), ("AU25", "AU26")),
        "happiness": Prototype(("AU06", "AU12"), ("AU25",)),
        "sadness": Prototype(("AU01", "AU04", "AU15"), ("AU17",)),
        "surprise": Prototype(("AU01", "AU02", "AU26"), ("AU05", "AU25")),
    }
)
"""By the labels of CK+; AU23 and AU27 cannot be rendered, AU24 and AU26 stand for them."""


@dataclass(frozen=True)
class Plan:
    """One sequence: ``S001/003`` is the third of the first person.

    Attributes
    ----------
    person, sequence : str
    label : str
        One of `tpviewer.importing.ckplus.EMOTIONS`.
    script : Script
    """

    person: str
    sequence: str
    label: str
    script: Script


def plan_corpus(count: int) -> Iterator[Plan]:
    """Plan sequences that rise from a neutral face to the apex, as those of CK+ do.

    Each person shows the seven emotions in turn, in a way of their own: which of the possible Action Units,
    how lopsided, in which order. Onset, speed and strength vary from sequence to sequence.

    Parameters
    ----------
    count : int
        Number of sequences; the first ones are the same whatever the number.
    """
    labels = tuple(label for label in EMOTIONS if label in PROTOTYPES)
    for number in range(count):
        person, index = divmod(number, len(labels))
        script = _script(person, labels[index])
        yield Plan(f"S{person + 1:03d}", f"{index + 1:03d}", labels[index], script)


def _script(person: int, label: str) -> Script:
    rng = np.random.default_rng([_FIRST_PERSON, person, EMOTIONS.index(label)])
    frames = int(rng.integers(_SHORTEST, _LONGEST + 1))
    face = FaceScript(
        name=label,
        person=_FIRST_PERSON + person,
        centre=(_SIZE / 2, _SIZE / 2),
        scale=_SCALE,
        sway=1.5,
        events=tuple(_events(rng, person, PROTOTYPES[label], frames)),
        changes=(),
    )
    return Script(_SIZE, _SIZE, frames, _RATE, _FIRST_PERSON + person, (face,))


def _events(rng: np.random.Generator, person: int, prototype: Prototype, frames: int) -> Iterator[Event]:
    """Rises to an apex that is held beyond the end of the sequence."""
    style = np.random.default_rng([_FIRST_PERSON, person])
    habits = {au: (float(style.random()), 2 * int(style.integers(0, 3))) for au in _all_units()}
    stronger: Side = "left" if style.random() < 0.5 else "right"
    weaker: Side = "right" if stronger == "left" else "left"
    balance = float(style.uniform(0.6, 1.0))
    onset = int(rng.integers(_NEUTRAL - 1, frames // 4 + 1))
    rise = int(rng.integers(4, frames - onset - 6))
    strength = float(rng.uniform(0.7, 1.0))
    shown = (*prototype.always, *(au for au in prototype.often if habits[au][0] < 0.5))
    for au in shown:
        start = onset + habits[au][1]
        course = (start, start + rise, frames + 1, frames + 2)
        yield Event(au, course, strength, stronger)
        if not prototype.one_sided:
            yield Event(au, course, strength * balance, weaker)


def _all_units() -> tuple[str, ...]:
    return tuple(
        sorted({au for prototype in PROTOTYPES.values() for au in (*prototype.always, *prototype.often)})
    )
