"""What a synthetic person looks like, apart from the shape of the head."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.training.face_model import FaceModel

Colour = tuple[float, float, float]

_VARIED = 1  # a stream of its own: phantoms, whose looks are not varied, stay as they are


@dataclass(frozen=True)
class Brows:
    """Painted eyebrows: lengths in units of the face model, `density` in hairs, 0 to 1.

    `arch` raises the middle above both ends, `lopsided` the left brow above the right.
    """

    density: float = 0.7
    thickness: float = 0.6
    lift: float = 0.0
    slope: float = 0.0
    reach: float = 1.0
    arch: float = 0.0
    lopsided: float = 0.0


@dataclass(frozen=True)
class Hair:
    """Cap of hair: `line` shifts the hairline upwards, `volume` lifts the hair, in units of the model."""

    colour: Colour = (0.10, 0.07, 0.05)
    line: float = 0.0
    volume: float = 0.7
    fringe: float = 0.0
    curtain: float = 0.0


@dataclass(frozen=True)
class Appearance:
    """Colours are linear RGB of 0 to 1; strengths run from 0 to 1.

    Attributes
    ----------
    seed : int
        Of everything that is drawn at random on the skin: the same seed gives the same skin.
    skin, lips, iris : Colour
    wrinkles : float
        How deep the skin folds under a full Action Unit.
    age : float
        How deep the folds are that stay in a calm face.
    variety : float
        How far folds lie from where the textbook has them, and differ from it in width and depth.
    """

    seed: int = 0
    skin: Colour = (0.62, 0.40, 0.30)
    lips: Colour = (0.50, 0.22, 0.20)
    iris: Colour = (0.12, 0.08, 0.05)
    shine: float = 0.3
    mottling: float = 0.3
    freckles: float = 0.0
    wrinkles: float = 0.5
    age: float = 0.2
    beard: float = 0.0
    moustache: float = 0.0
    lashes: float = 0.6
    eye_shadow: float = 0.2
    brows: Brows = Brows()
    hair: Hair = Hair()
    glasses: float = 0.0
    variety: float = 0.0


@dataclass(frozen=True)
class Light:
    """A key light from a direction, a fill from the opposite side, and light from all around."""

    direction: tuple[float, float, float] = (-0.4, 0.5, 0.8)
    key: float = 0.75
    fill: float = 0.15
    ambient: float = 0.35
    shadow: float = 0.7


@dataclass(frozen=True, eq=False)
class Person:
    """A synthetic person: identity coefficients, shape (<= 100,), and looks."""

    modes: NDArray[np.float32]
    looks: Appearance


_SKINS: tuple[Colour, ...] = (
    (0.78, 0.55, 0.45),
    (0.68, 0.45, 0.34),
    (0.56, 0.36, 0.25),
    (0.42, 0.26, 0.17),
    (0.27, 0.16, 0.10),
    (0.14, 0.085, 0.06),
)
_HAIRS: tuple[Colour, ...] = (
    (0.012, 0.010, 0.010),
    (0.045, 0.028, 0.018),
    (0.12, 0.07, 0.04),
    (0.32, 0.22, 0.12),
    (0.35, 0.34, 0.33),
    (0.22, 0.08, 0.03),
)


def random_person(rng: np.random.Generator, model: FaceModel) -> Person:
    """Draw a person; identity coefficients are normal, cut at 2.2 standard deviations."""
    modes = np.clip(rng.normal(0, 0.95, len(model.identity)), -2.2, 2.2).astype(np.float32)
    return Person(modes, random_looks(rng))


def random_looks(rng: np.random.Generator) -> Appearance:
    """Draw skin, brows, hair, beard, glasses and folds."""
    tone = rng.uniform(0, len(_SKINS) - 1)
    skin = _between(_SKINS, tone)
    hair = _jitter(rng, _HAIRS[int(rng.choice(6, p=_hair_chances(tone)))], 0.3)
    bearded = rng.random() < 0.25
    return Appearance(
        seed=int(rng.integers(2**31)),
        skin=_jitter(rng, skin, 0.12),
        lips=_lips(rng, skin),
        iris=_jitter(rng, ((0.04, 0.025, 0.015), (0.18, 0.22, 0.28))[int(rng.random() < 0.35)], 0.4),
        shine=float(rng.uniform(0, 0.6)),
        mottling=float(rng.uniform(0.1, 0.8)),
        freckles=float(rng.random() < 0.2) * float(rng.uniform(0.2, 1)),
        wrinkles=float(rng.uniform(0.1, 1)),
        age=float(rng.beta(1.2, 2.5)),
        beard=float(bearded) * float(rng.uniform(0.15, 1)),
        moustache=float(bearded or rng.random() < 0.08) * float(rng.uniform(0.1, 1)),
        lashes=float(rng.uniform(0.2, 1)),
        eye_shadow=float(rng.beta(1, 2.5)),
        brows=_random_brows(rng),
        hair=_random_hair(rng, hair),
        glasses=float(rng.random() < 0.15) * float(rng.uniform(0.3, 1)),
    )


def varied(person: Person) -> Person:
    """Give a person folds and brows of any shape: what all rendered faces share would be learnt by heart."""
    looks = person.looks
    rng = np.random.default_rng([looks.seed, _VARIED])
    brows = Brows(
        density=float(rng.uniform(0.05, 1)),
        thickness=float(rng.uniform(0.15, 1.1)),
        lift=float(rng.normal(0, 0.3)),
        slope=float(rng.normal(0, 0.2)),
        reach=float(rng.uniform(0.75, 1.15)),
        arch=float(rng.normal(0, 0.2)),
        lopsided=float(rng.normal(0, 0.1)),
    )
    return replace(person, looks=replace(looks, brows=brows, variety=1.0))


def random_light(rng: np.random.Generator) -> Light:
    """Draw a light, mostly from above and in front."""
    direction = (rng.normal(0, 0.7), rng.normal(0.45, 0.45), rng.uniform(0.35, 1.2))
    return Light(
        direction=(float(direction[0]), float(direction[1]), float(direction[2])),
        key=float(rng.uniform(0.3, 1.0)),
        fill=float(rng.uniform(0, 0.35)),
        ambient=float(rng.uniform(0.15, 0.6)),
        shadow=float(rng.uniform(0.2, 0.95)),
    )


def _random_brows(rng: np.random.Generator) -> Brows:
    return Brows(
        density=float(rng.uniform(0.1, 1)),
        thickness=float(rng.uniform(0.25, 0.85)),
        lift=float(rng.normal(0, 0.18)),
        slope=float(rng.normal(0, 0.12)),
        reach=float(rng.uniform(0.85, 1.1)),
    )


def _random_hair(rng: np.random.Generator, colour: Colour) -> Hair:
    return Hair(
        colour=colour,
        line=float(rng.normal(0.3, 0.8)) + 4 * float(rng.random() < 0.1),
        volume=float(rng.uniform(0.1, 1.4)),
        fringe=float(rng.random() < 0.2) * float(rng.uniform(0.3, 1)),
        curtain=float(rng.random() < 0.35),
    )


def _lips(rng: np.random.Generator, skin: Colour) -> Colour:
    painted = rng.random() < 0.2
    factor = np.array((1.0, 0.35, 0.4) if painted else (0.85, 0.62, 0.66))
    return _jitter(rng, _triple(np.array(skin) * factor * rng.uniform(0.75, 1.1)), 0.1)


def _hair_chances(tone: float) -> NDArray[np.float64]:
    light = np.array([0.12, 0.25, 0.25, 0.18, 0.12, 0.08])
    dark = np.array([0.65, 0.2, 0.03, 0.0, 0.12, 0.0])
    share = min(tone / 4, 1)
    return (1 - share) * light + share * dark


def _between(colours: tuple[Colour, ...], place: float) -> Colour:
    low = min(int(place), len(colours) - 2)
    share = place - low
    return _triple((1 - share) * np.array(colours[low]) + share * np.array(colours[low + 1]))


def _jitter(rng: np.random.Generator, colour: Colour, amount: float) -> Colour:
    common = rng.normal(1, amount)
    each = rng.normal(1, amount / 4, 3)
    return _triple(np.clip(np.array(colour) * common * each, 0.004, 0.95))


def _triple(values: NDArray[np.float64]) -> Colour:
    return float(values[0]), float(values[1]), float(values[2])
