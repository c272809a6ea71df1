"""What a fit learnt from: kept beside its weights, for the cards of networks that learn from it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tpviewer.core.errors import ParameterError

_NAME = "taught.json"


@dataclass(frozen=True)
class Taught:
    """What a fit learnt from.

    Attributes
    ----------
    material : tuple of str
        In words and numbers.
    own_data : bool
        Whether data sets of the user's own were among it.
    """

    material: tuple[str, ...]
    own_data: bool = False

    def by(self, committee: Sequence["Taught"]) -> "Taught":
        """Return the same and what the committee had learnt from, whose answers were the labels.

        Parameters
        ----------
        committee : sequence of Taught
            Empty: labels were learnt, and nothing is added.
        """
        if not committee:
            return self
        earlier = joint(committee)
        answers = f"what a committee of {len(committee)} networks answers to these"
        learnt = f"which had learnt from {', '.join(earlier.material)}"
        return Taught((*self.material, f"{answers} ({learnt})"), self.own_data or earlier.own_data)


def joint(members: Sequence[Taught]) -> Taught:
    """Return what several fits learnt from."""
    parts = dict.fromkeys(part for member in members for part in member.material)
    return Taught(tuple(parts), any(member.own_data for member in members))


def write_taught(folder: Path, taught: Taught) -> None:
    """Keep it in the folder of a fit."""
    unfinished = folder / f"{_NAME}.tmp"
    unfinished.write_text(json.dumps(asdict(taught), ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / _NAME)


def read_taught(folder: Path) -> Taught:
    """Read what `write_taught` kept.

    Raises
    ------
    ParameterError
        If the folder holds no finished fit.
    """
    path = folder / _NAME
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Taught(tuple(map(str, told["material"])), bool(told["own_data"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ParameterError(
            f"{folder}: holds no finished fit; --committee and --average take the --name of fits that ended"
        ) from error
