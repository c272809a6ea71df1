"""Ways to damage the bytes of a file, each decided by a seeded generator alone."""

from collections.abc import Callable
from random import Random

Damage = Callable[[bytearray, Random], bytearray]

_HEADER = 256


def flip_bits(data: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.choice((1, 4, 16, 64, 256))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def cut_off(data: bytearray, rng: Random) -> bytearray:
    return data[: rng.randrange(len(data))]


def spoil_header(data: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.randint(1, 12)):
        data[rng.randrange(min(_HEADER, len(data)))] = rng.randrange(256)
    return data


def spoil_tail(data: bytearray, rng: Random) -> bytearray:
    """Where an MP4 and an AVI keep their index."""
    for _ in range(rng.randint(1, 32)):
        data[-rng.randint(1, min(4096, len(data)))] = rng.randrange(256)
    return data


def fill(data: bytearray, rng: Random) -> bytearray:
    """One stretch of equal bytes, as a bad sector leaves it."""
    start, length = rng.randrange(len(data)), rng.choice((4, 64, 512, 4096))
    stop = min(start + length, len(data))
    data[start:stop] = bytes([rng.choice((0, 0xFF, 0x7F, 0x80))]) * (stop - start)
    return data


def largest_numbers(data: bytearray, rng: Random) -> bytearray:
    """Lengths and counts that the file cannot mean."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(max(1, len(data) - 8))
        data[start : start + 4] = rng.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"))
    return data


def leave_out(data: bytearray, rng: Random) -> bytearray:
    start = rng.randrange(len(data))
    del data[start : start + rng.choice((1, 7, 512, 4096))]
    return data


def repeat(data: bytearray, rng: Random) -> bytearray:
    start = rng.randrange(len(data))
    data[start:start] = data[start : start + rng.choice((1, 64, 4096))]
    return data


DAMAGES: tuple[Damage, ...] = (
    flip_bits,
    cut_off,
    spoil_header,
    spoil_tail,
    fill,
    largest_numbers,
    leave_out,
    repeat,
)


def damaged(data: bytes, rng: Random) -> bytes:
    """One kind of damage, sometimes two; never the undamaged bytes."""
    result = bytearray(data)
    for _ in range(1 if rng.random() < 0.8 else 2):
        result = rng.choice(DAMAGES)(result, rng) or bytearray(1)
    return bytes(result) if bytes(result) != data else bytes(result[:-1])
