"""Inflates and deflates the parts of a workbook, by ISA-L where it is installed.

ISA-L (the package `isal`) reads and writes the same format as zlib in less than half the time. There are machines for
which nobody builds it; on these zlib does the work.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from xl_retention.books.ahead import Pieces

if TYPE_CHECKING:
    import zlib as fast
else:
    try:
        from isal import isal_zlib as fast
    except ImportError:
        import zlib as fast

BROKEN: tuple[type[Exception], ...] = (zlib.error, fast.error)
"""What inflating raises where the bytes are no deflated ones."""
crc32 = fast.crc32
TIGHT, QUICK = 6, 1
"""Levels of `deflated`."""

_RAW = -zlib.MAX_WBITS
_PACKED_PIECE = 1 << 18
_NAME_LENGTHS = struct.Struct("<26x2H")


def deflated(blocks: Iterable[bytes], level: int) -> bytes:
    """All of *blocks*, one behind the other; small parts are worth the tight packing that only zlib has."""
    deflate = (fast if level == QUICK else zlib).compressobj(level, zlib.DEFLATED, _RAW)
    return b"".join([*map(deflate.compress, blocks), deflate.flush()])


def inflated(packed: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What *packed* inflates to, in pieces of at most *most* bytes.

    Raises:
        One of `BROKEN`.
    """
    inflate = fast.decompressobj(_RAW)
    for left in packed:
        while left and not inflate.eof:
            if piece := inflate.decompress(left, most):
                yield piece
            left = inflate.unconsumed_tail
    while not inflate.eof and (piece := inflate.decompress(b"", most)):
        yield piece


def part_in_pieces(path: Path, archive: zipfile.ZipFile, part: str, most: int) -> Pieces:
    """The bytes of a part in pieces of at most *most*; its checksum is looked at when the last one was taken.

    Args:
        path: The file that *archive* is open on.
        archive: Knows where the part lies, and whether its own header agrees.
        part: Its name.
        most: Bytes.

    Raises:
        zipfile.BadZipFile: The part is not as long as, or not what, the directory says.
        One of `BROKEN`.
    """
    entry = archive.getinfo(part)
    with archive.open(entry) as stream:
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            while piece := stream.read(most):
                yield piece
            return
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        file.seek(sum(_NAME_LENGTHS.unpack(file.read(_NAME_LENGTHS.size))), 1)
        checksum = length = 0
        for piece in inflated(stretch(file, entry.compress_size), most):
            checksum = crc32(piece, checksum)
            length += len(piece)
            if length > entry.file_size:
                break
            yield piece
    if (length, checksum) != (entry.file_size, entry.CRC):
        raise zipfile.BadZipFile(f"{part} is not what the directory says")


def stretch(file: BinaryIO, left: int) -> Iterator[bytes]:
    """The next *left* bytes of a file, fewer where it ends before."""
    while left > 0 and (piece := file.read(min(left, _PACKED_PIECE))):
        left -= len(piece)
        yield piece
