"""The card of a model package: what the model's outputs mean and what its input must look like."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tpviewer.core.errors import ModelError

NORMALISATION = "per-image-standard"
"""The one input normalisation there is: `tpviewer.models.normalisation.normalise_crop`."""

_AU_NAME = re.compile(r"AU\d\d")


@dataclass(frozen=True)
class CropCard:
    """Where the face lies in the crop.

    Attributes
    ----------
    targets : 5 pairs of float
        Places of the five anchor points in the crop, x and y in pixels.
    mesh_points : 5 int
        MediaPipe mesh points that are brought there.
    """

    targets: tuple[tuple[float, float], ...]
    mesh_points: tuple[int, ...]

    def __post_init__(self) -> None:
        _require(len(self.targets) == 5, "crop.targets", "must be five [x, y] pairs")
        _require(len(self.mesh_points) == 5, "crop.mesh_points", "must be five mesh point numbers")
        _require(all(0 <= i < 478 for i in self.mesh_points), "crop.mesh_points", "must be 0 to 477")


@dataclass(frozen=True)
class ModelCard:
    """Everything that must be known to use a model and to trust it rightly.

    Attributes
    ----------
    name, version : str
    aus : tuple of str
        Action Units in the order of the logits: "AU01", "AU45".
    thresholds : tuple of float
        Decision threshold on the probability, per Action Unit, in (0, 1).
    input_size : (int, int)
        Height and width of the crop in pixels.
    channels : int
        1: the frame's grey crop; 2: beside it the same person's neutral crop.
    normalisation : str
    crop : CropCard
    label_meaning, training_data, licence : str
    credits : tuple of str
    quality : mapping
        Measured quality, as JSON types.
    experimental : tuple of str
        Action Units that should not be relied on.
    """

    name: str
    version: str
    aus: tuple[str, ...]
    thresholds: tuple[float, ...]
    input_size: tuple[int, int]
    channels: int
    normalisation: str
    crop: CropCard
    label_meaning: str
    training_data: str
    licence: str
    credits: tuple[str, ...] = ()
    quality: Mapping[str, Any] = field(default_factory=dict)
    experimental: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.name), "name", "must not be empty")
        good = [bool(_AU_NAME.fullmatch(au)) for au in self.aus]
        _require(bool(good) and all(good), "aus", 'must list Action Units such as "AU01"')
        _require(len(set(self.aus)) == len(self.aus), "aus", "must name each Action Unit once")
        _require(len(self.thresholds) == len(self.aus), "thresholds", "must have one value for each of 'aus'")
        _require(all(0 < t < 1 for t in self.thresholds), "thresholds", "must lie between 0 and 1")
        _require(len(self.input_size) == 2, "input_size", "must be [height, width]")
        _require(all(8 <= side <= 1024 for side in self.input_size), "input_size", "must be 8 to 1024 pixels")
        _require(
            self.channels in (1, 2), "channels", "must be 1 (a grey crop) or 2 (beside it the neutral one)"
        )
        _require(self.normalisation == NORMALISATION, "normalisation", f'must be "{NORMALISATION}"')
        _require(set(self.experimental) <= set(self.aus), "experimental", "must only name units of 'aus'")

    def to_json(self) -> dict[str, Any]:
        """Return the card as JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Any) -> "ModelCard":
        """Read a card from parsed JSON.

        Raises
        ------
        ModelError
            Naming the field that is missing, unknown or of the wrong kind.
        """
        values = _typed(cls, data, _CARD_TYPES, "")
        values["crop"] = CropCard(**_typed(CropCard, values["crop"], _CROP_TYPES, "crop."))
        return cls(**values)


def _require(condition: bool, name: str, message: str) -> None:
    if not condition:
        raise ModelError(f"'{name}' {message}")


def _typed(kind: type, data: Any, readers: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    _require(isinstance(data, dict), prefix.rstrip(".") or "card", "must be a JSON object")
    unknown = sorted(set(data) - set(readers))
    _require(not unknown, prefix + (unknown or [""])[0], "is not a field of a model card")
    names = [f.name for f in fields(kind)]
    needed = names if kind is CropCard else [n for n in names if n not in _OPTIONAL]
    for name in needed:
        _require(name in data, prefix + name, "is missing")
    return {name: readers[name](value, prefix + name) for name, value in data.items()}


def _text(value: Any, name: str) -> str:
    _require(isinstance(value, str), name, "must be a text")
    return str(value)


def _whole(value: Any, name: str) -> int:
    _require(isinstance(value, int) and not isinstance(value, bool), name, "must be a whole number")
    return int(value)


def _number(value: Any, name: str) -> float:
    _require(isinstance(value, (int, float)) and not isinstance(value, bool), name, "must be a number")
    _require(not abs(value) > _LARGEST, name, "is too large a number")
    return float(value)


def _object(value: Any, name: str) -> dict[str, Any]:
    _require(isinstance(value, dict), name, "must be a JSON object")
    return dict(value)


def _listed(reader: Any) -> Any:
    def read(value: Any, name: str) -> tuple[Any, ...]:
        _require(isinstance(value, (list, tuple)), name, "must be a list")
        return tuple(reader(item, name) for item in value)

    return read


def _pair(value: Any, name: str) -> tuple[float, float]:
    _require(isinstance(value, (list, tuple)) and len(value) == 2, name, "must hold [x, y] pairs")
    return _number(value[0], name), _number(value[1], name)


_LARGEST = 1e30
_OPTIONAL = frozenset({"credits", "quality", "experimental"})
_CROP_TYPES = {"targets": _listed(_pair), "mesh_points": _listed(_whole)}
_CARD_TYPES = {
    **dict.fromkeys(("name", "version", "normalisation", "label_meaning", "training_data", "licence"), _text),
    **dict.fromkeys(("aus", "credits", "experimental"), _listed(_text)),
    "thresholds": _listed(_number),
    "input_size": _listed(_whole),
    "channels": _whole,
    "crop": _object,
    "quality": _object,
}
