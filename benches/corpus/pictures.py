"""Turns a number into a small, valid picture that is always the same."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

PICTURES = 40
SIZE = 160


def write_pictures(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        (folder / f"figure-{number:02}.png").write_bytes(png(number))


def png(number: int) -> bytes:
    rng = random.Random(number)
    red, green, blue = (rng.randrange(80, 200) for _ in range(3))
    rows = b"".join(
        b"\0" + bytes(
            channel & 255
            for x in range(SIZE)
            for channel in (red + x * y // 97, green + x, blue + y)
        )
        for y in range(SIZE)
    )
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def chunk(tag: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(tag + content))
    return struct.pack(">I", len(content)) + tag + content + checksum
