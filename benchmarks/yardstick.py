"""The yardstick of every speed claim: inflating the cells of the workbook and throwing them away.

No program can read a workbook faster than its XML can be inflated, so times are
told as multiples of this one.
"""

from __future__ import annotations

import sys
import time
import zlib
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmarks.measure import Run, inside, tell

_CHUNK = 1 << 20
_LOCAL_HEADER = 30


class Inflated(NamedTuple):
    """How long the inflating took and how many bytes of XML came out."""

    seconds: float
    bytes: int


def inflate(path: Path) -> Inflated:
    """Inflates all sheets and the shared strings of a workbook with zlib, a chunk at a time."""
    with ZipFile(path) as book:
        parts = [
            part
            for part in book.infolist()
            if part.filename.startswith("xl/worksheets/sheet") or part.filename == "xl/sharedStrings.xml"
        ]
    start = time.perf_counter()
    total = sum(_inflate_part(path, part) for part in parts)
    return Inflated(time.perf_counter() - start, total)


def _inflate_part(path: Path, part: ZipInfo) -> int:
    if part.compress_type != ZIP_DEFLATED:
        return part.file_size
    total = 0
    with path.open("rb") as file:
        file.seek(part.header_offset)
        header = file.read(_LOCAL_HEADER)
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left, stream = part.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
        while left:
            packed = file.read(min(_CHUNK, left))
            if not packed:
                raise EOFError(f"{path}: {part.filename} is cut short")
            left -= len(packed)
            total += len(stream.decompress(packed))
        return total + len(stream.flush())


def inflating(book: Path, _: Path) -> Run:
    """One run of the yardstick in a process of its own."""
    return inside(__name__, str(book))


if __name__ == "__main__":
    tell(lambda: inflate(Path(sys.argv[1])))
