"""Scripts of rendered videos: who does what, when. Small TOML files."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from tpviewer.core.errors import ParameterError
from tpviewer.training.au_shapes import AUS, Expression

Side = Literal["both", "left", "right"]

RESERVED_PERSONS = 1_000_000
"""Seeds of persons from here on are for phantoms.

Training counts the seeds of its chunks up from 1, and the first person of a chunk is the one that a phantom
with the chunk's seed would show."""


@dataclass(frozen=True)
class Course:
    """A rise and a fall over time.

    Attributes
    ----------
    frames : (int, int, int, int)
        Onset, first frame of the apex, last frame of the apex, offset: the value is 0 at the outer two.
    intensity : float
        At the apex, 0 to 1.
    """

    frames: tuple[int, int, int, int]
    intensity: float

    def at(self, frame: int) -> float:
        """Value in a frame; rise and fall are smooth."""
        start, rise, fall, stop = self.frames
        if not start < frame < stop:
            return 0.0
        share = min(1.0, (frame - start) / (rise - start), (stop - frame) / (stop - fall))
        return self.intensity * float(0.5 - 0.5 * np.cos(np.pi * share))


@dataclass(frozen=True)
class Event:
    """One Action Unit's rise and fall.

    Attributes
    ----------
    au : str
    frames : (int, int, int, int)
        Onset, first frame of the apex, last frame of the apex, offset: intensity is 0 at the outer two.
    intensity : float
        At the apex, 0 to 1.
    side : {'both', 'left', 'right'}
        The person's own side.
    """

    au: str
    frames: tuple[int, int, int, int]
    intensity: float
    side: Side

    def at(self, frame: int) -> float:
        """Intensity in a frame; rise and fall are smooth."""
        return Course(self.frames, self.intensity).at(frame)


@dataclass(frozen=True)
class FaceScript:
    """One person of a video.

    Attributes
    ----------
    name : str
    person : int
        Seed of identity and looks.
    centre : (float, float)
        Place of the head's pivot, pixels.
    scale : float
        Pixels per unit of the face model (a head is about 25 units high).
    sway : float
        Slow movement of the head, degrees.
    events : tuple of Event
    changes : tuple of (str, int)
        Action Unit and first frame from which it looks different.
    seals : tuple of Course
        How far the lips stay closed over a dropped jaw.
    photo : str, optional
        File name of a photograph whose person acts; its background fills the picture.
    """

    name: str
    person: int
    centre: tuple[float, float]
    scale: float
    sway: float
    events: tuple[Event, ...]
    changes: tuple[tuple[str, int], ...]
    seals: tuple[Course, ...] = ()
    photo: str | None = None

    def expression(self, frame: int) -> Expression:
        """What the face does in a frame."""
        right: dict[str, float] = {}
        left: dict[str, float] = {}
        for event in self.events:
            value = event.at(frame)
            for side, values in (("right", right), ("left", left)):
                if event.side in ("both", side):
                    values[event.au] = max(values.get(event.au, 0.0), value)
        return Expression(right, left, max((seal.at(frame) for seal in self.seals), default=0.0))


@dataclass(frozen=True)
class Script:
    """A video to render: size in pixels, frames, frames per second, seed of the background, people."""

    width: int
    height: int
    frames: int
    rate: int
    background: int
    faces: tuple[FaceScript, ...]


def read_script(path: Path) -> Script:
    """Read a script.

    Raises
    ------
    ParameterError
        If the file cannot be read, or naming the entry that is missing or makes no sense.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(
            f"{path}: the script cannot be read ({error.strerror}); check the name"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path}: not a script ({error}); write it as TOML") from error
    try:
        return _script(data)
    except KeyError as error:
        raise ParameterError(f"{path}: {error.args[0]!r} is missing") from error
    except (TypeError, ValueError) as error:
        raise ParameterError(f"{path}: {error}") from error


def _script(data: dict[str, Any]) -> Script:
    script = Script(
        width=int(data["width"]),
        height=int(data["height"]),
        frames=int(data["frames"]),
        rate=int(data["rate"]),
        background=int(data["background"]),
        faces=tuple(_face(face) for face in data["face"]),
    )
    if min(script.width, script.height, script.frames, script.rate) < 1:
        raise ValueError("width, height, frames and rate must be 1 or more")
    if script.width % 2 or script.height % 2:
        raise ValueError(f"{script.width}x{script.height}: width and height must be even")
    if any(face.photo for face in script.faces) and len(script.faces) > 1:
        raise ValueError("a face with a photo must be alone: the photograph fills the picture")
    return script


def _face(data: dict[str, Any]) -> FaceScript:
    x, y = data["centre"]
    return FaceScript(
        name=str(data["name"]),
        person=int(data["person"]),
        centre=(float(x), float(y)),
        scale=float(data["scale"]),
        sway=float(data["sway"]),
        events=tuple(_event(event) for event in data.get("event", ())),
        changes=tuple((_au(change["au"]), int(change["frame"])) for change in data.get("change", ())),
        seals=tuple(_course(seal, "seal") for seal in data.get("seal", ())),
        photo=str(data["photo"]) if "photo" in data else None,
    )


def _event(data: dict[str, Any]) -> Event:
    au = _au(data["au"])
    course = _course(data, au)
    event = Event(au, course.frames, course.intensity, data.get("side", "both"))
    if event.side not in get_args(Side):
        raise ValueError(f"{au}: side {event.side!r} must be one of {', '.join(get_args(Side))}")
    return event


def _course(data: dict[str, Any], what: str) -> Course:
    onset, rise, fall, stop = (int(frame) for frame in data["frames"])
    course = Course((onset, rise, fall, stop), float(data["intensity"]))
    if not onset < rise <= fall < stop:
        raise ValueError(
            f"{what}: frames {list(course.frames)} must rise: onset < apex <= end of apex < offset"
        )
    if not 0 < course.intensity <= 1:
        raise ValueError(f"{what}: intensity {course.intensity} must be over 0 and at most 1")
    return course


def _au(name: str) -> str:
    if name not in AUS:
        raise ValueError(f"{name} cannot be rendered; it must be one of {', '.join(AUS)}")
    return str(name)
