"""The zip of a workbook: what is not ours is copied as it lies in the file, compressed bytes and all.

Python's `zipfile` can only inflate and deflate an entry anew, which changes its bytes, its time and its
header. So the directory is read here, the entries that stay are copied in the stretches in which they lie,
and only the entries of ours are made.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from xl_retention.books.deflate import BROKEN, QUICK, TIGHT, crc32, deflated, inflated, stretch
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.errors import BookRefused

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ZIP64_END, _ZIP64_PLACE = struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_FULL = 0xFFFFFFFF

EARLIEST = (1 << 5) | 1
"""1980-01-01 as a zip counts days: our entries carry no clock, so that equal work gives equal bytes."""
CHUNK = 1 << 20
LARGE = 1 << 20
"""From here on, in bytes, an entry is packed quickly rather than tightly."""
MOST_INFLATED = 1 << 30
"""No part that we have to inflate for writing may be larger, in bytes; a bomb is not inflated."""
Made = bytes | list[bytes]
"""The bytes of a part of ours; in blocks where they are many, so that they need not lie in one place."""


@dataclass(frozen=True)
class Entry:
    """One entry of the directory.

    Args:
        name: As spelled in the zip.
        record: Its record in the central directory, as it lies there.
        method: 0 stored, 8 deflated.
        crc: Of the inflated bytes.
        packed: Size in the file, in bytes.
        size: Inflated, in bytes.
        offset: Of its local header.
        end: Where the next entry, or the directory, begins; what lies between (a data descriptor) is its own.
    """

    name: str
    record: bytes
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    end: int


@dataclass(frozen=True)
class Package:
    """The directory of a zip file; the file itself is handed to each method, so that none stays open.

    Args:
        book: File name, for messages.
        entries: In the order of the directory.
        directory: The central directory as it lies in the file, up to the end of the file.
        size: Of the file, in bytes.
    """

    book: str
    entries: tuple[Entry, ...]
    directory: bytes
    comment: bytes
    size: int

    @classmethod
    def read(cls, file: BinaryIO, *, book: str) -> Package:
        """Reads the directory.

        Raises:
            BookRefused: No zip, a damaged one, a locked one, or one with something before or between that
                could not be kept.
        """
        size = file.seek(0, 2)
        tail_start = max(0, size - _END.size - 0xFFFF)
        file.seek(tail_start)
        tail = file.read()
        place = tail.rfind(_END_SIGN)
        if tail_start == 0 and tail.startswith(b"\xd0\xcf\x11\xe0"):
            raise BookRefused(
                f"{book} is locked with a password or is an old .xls; save it without, as .xlsx."
            )
        if place < 0 or place + _END.size > len(tail):
            file.seek(0)
            if file.read(4) == b"\xd0\xcf\x11\xe0":
                raise BookRefused(
                    f"{book} is locked with a password or is an old .xls; save it without, as .xlsx."
                )
            raise BookRefused(f"{book} is no workbook, or it was cut off on its way; fetch it once more.")
        _, disk, first_disk, here, count, length, start, comment_length = _END.unpack_from(tail, place)
        end_place = tail_start + place
        damaged = BookRefused(
            f"{book} is damaged inside; open it in Excel, let Excel repair it and save it again."
        )
        if 0xFFFF in (disk, first_disk, here, count) or _FULL in (length, start):
            # The large form of the directory; it is written back in the small one where that suffices.
            file.seek(max(0, end_place - _ZIP64_PLACE.size))
            locator = file.read(_ZIP64_PLACE.size)
            if locator[:4] != b"PK\x06\x07":
                raise damaged
            end_place = _ZIP64_PLACE.unpack(locator)[2]
            file.seek(end_place)
            large = file.read(_ZIP64_END.size)
            if large[:4] != b"PK\x06\x06":
                raise damaged
            *_, count, length, start = _ZIP64_END.unpack(large)
        if start + length > end_place:
            raise damaged
        file.seek(start)
        directory = file.read()
        comment = tail[place + _END.size : place + _END.size + comment_length]
        entries = _entries(directory, length, count, start, book, damaged)
        if len({entry.name.replace("\\", "/").lower() for entry in entries}) < len(entries):
            raise BookRefused(
                f"{book} holds a part twice, so nobody can tell which counts; save it again in Excel."
            )
        if entries and min(entry.offset for entry in entries) > 0:
            raise BookRefused(f"{book} has something before its first part; save it again in Excel.")
        return cls(book, entries, directory, comment, size)

    def find(self, name: str) -> Entry:
        """The entry of that very name.

        Raises:
            BookRefused: It is missing.
        """
        found = next((entry for entry in self.entries if entry.name == name), None)
        if found is None:
            raise not_kept_whole(self.book, f"{name or 'a part'} is missing")
        return found

    def inflate(self, file: BinaryIO, name: str) -> bytes:
        """The bytes of one part.

        Raises:
            BookRefused: It is damaged, packed in a way no office program packs, or too large.
        """
        entry = self.find(name)
        file.seek(entry.offset)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or header[:4] != _LOCAL_SIGN or entry.method not in (0, 8):
            raise BookRefused(f"{self.book} is damaged inside ({name}); save it again in Excel.")
        *_, name_length, extra_length = _LOCAL.unpack(header)
        file.seek(name_length + extra_length, 1)
        packed = file.read(entry.packed)
        if entry.size > MOST_INFLATED:
            raise BookRefused(
                f"{self.book} holds a part of {entry.size >> 20} MB ({name}); that is too large to edit."
            )
        try:
            data = next(inflated([packed], entry.size + 1), b"") if entry.method == 8 else packed
        except BROKEN:
            data = b""
        if len(data) != entry.size or crc32(data) != entry.crc:
            raise BookRefused(f"{self.book} is damaged inside ({name}); save it again in Excel.")
        return data

    def holds(self, file: BinaryIO, name: str, blocks: Iterable[bytes]) -> bool:
        """Whether an entry of ours inflates to *blocks*; a piece at a time, so that it is never there twice."""
        entry = self.find(name)
        file.seek(entry.offset)
        *_, name_length, extra_length = _LOCAL.unpack(file.read(_LOCAL.size))
        file.seek(name_length + extra_length, 1)
        left, block = filter(None, blocks), b""
        try:
            for piece in inflated(stretch(file, entry.packed), CHUNK):
                place = 0
                while place < len(piece):
                    block = block or next(left, b"")
                    both = min(len(block), len(piece) - place)
                    if not both or block[:both] != piece[place : place + both]:
                        return False
                    block, place = block[both:], place + both
        except BROKEN:
            return False
        return not block and next(left, None) is None

    def write(
        self,
        source: BinaryIO,
        target: BinaryIO,
        parts: Mapping[str, Made],
        removed: frozenset[str] = frozenset(),
    ) -> None:
        """Writes the zip with some parts replaced, appended or left out, everything else as it lies.

        Args:
            source: The file this directory was read from.
            target: Where to write, from its beginning.
            parts: What was made by name, not packed yet; those not in the zip yet are appended in this order.
            removed: Names left out.

        Raises:
            OSError: The disk is full, and the like.
        """
        records: dict[str, bytes] = {}
        place = 0
        copied: list[int] = [0, 0]  # the stretch still to be copied
        for entry in sorted(self.entries, key=lambda entry: entry.offset):
            if entry.name in removed:
                continue
            if entry.name in parts:
                _copy(source, target, *copied)
                copied = [entry.end, entry.end]
                packed, records[entry.name] = _packed(entry.name, _blocks(parts[entry.name]), place)
                place += sum(map(target.write, packed))
                continue
            if copied[1] != entry.offset:
                _copy(source, target, *copied)
                copied[0] = entry.offset
            copied[1] = entry.end
            records[entry.name] = _moved(entry, place)
            place += entry.end - entry.offset
        _copy(source, target, *copied)
        order = [entry.name for entry in self.entries if entry.name in records]
        for name, made in parts.items():
            if name not in records:
                packed, records[name] = _packed(name, _blocks(made), place)
                place += sum(map(target.write, packed))
                order.append(name)
        directory = b"".join(records[name] for name in order)
        if place + len(directory) >= _FULL or len(order) >= 0xFFFF:
            raise BookRefused(f"{self.book} would grow beyond 4 GB.")
        count = len(order)
        target.write(directory)
        target.write(
            _END.pack(_END_SIGN, 0, 0, count, count, len(directory), place, len(self.comment)) + self.comment
        )

    def check(self, file: BinaryIO, parts: Mapping[str, Made], removed: frozenset[str]) -> None:
        """Reads a file just written and compares it with what was meant.

        Raises:
            BookRefused: A part of ours is not there as made, or an entry is not where the directory says.
        """
        written = Package.read(file, book=self.book)
        wanted = {entry.name for entry in self.entries} - removed | set(parts)
        whole = {entry.name for entry in written.entries} == wanted
        for entry in written.entries if whole else ():
            file.seek(entry.offset)
            header = file.read(_LOCAL.size)
            *_, name_length, _extra = _LOCAL.unpack(header)
            # Past the fixed part of a directory record comes the name, as it does in a local header.
            spelled = entry.record[_CENTRAL.size : _CENTRAL.size + name_length]
            if header[:4] != _LOCAL_SIGN or file.read(name_length) != spelled:
                whole = False
        for name, made in parts.items() if whole else ():
            entry, blocks = written.find(name), _blocks(made)
            whole = whole and (entry.size, entry.crc) == (sum(map(len, blocks)), _checksum(blocks))
            whole = whole and written.holds(file, name, blocks)
        if not whole:
            raise BookRefused(
                f"{self.book} could not be written without a fault; check the disk and try again."
            )


def _entries(
    directory: bytes, length: int, count: int, start: int, book: str, damaged: BookRefused
) -> tuple[Entry, ...]:
    found = []
    place = 0
    while place + _CENTRAL.size <= length:
        fields = _CENTRAL.unpack_from(directory, place)
        flags, method = fields[3], fields[4]
        crc, packed, size, name_length, extra_length, comment_length = fields[7:13]
        offset = fields[16]
        if fields[0] != _CENTRAL_SIGN:
            raise damaged
        if flags & 1:
            raise BookRefused(f"{book} is a locked zip file; save it without a password.")
        name_end = place + _CENTRAL.size + name_length
        record = directory[place : name_end + extra_length + comment_length]
        name = directory[place + _CENTRAL.size : name_end].decode(
            "utf-8" if flags & 0x800 else "cp437", "replace"
        )
        place += len(record)
        if _FULL in (packed, size, offset):
            large = _large_fields(record, name_length, extra_length)
            try:
                size, packed, offset = (next(large) if v == _FULL else v for v in (size, packed, offset))
            except (StopIteration, RuntimeError):
                raise damaged from None
        found.append((name, record, method, crc, packed, size, offset))
    if len(found) != count or place != length:
        raise damaged
    begins = [*sorted({offset for *_, offset in found}), start]
    following = dict(pairwise(begins))
    if len(begins) != len(found) + 1 or (found and begins[-2] >= start):
        raise damaged
    for name, _, _, _, packed, _, offset in found:
        if offset + _LOCAL.size + packed > following[offset]:
            raise BookRefused(
                f"{book} holds parts that lie over each other ({name}), as no office program writes; "
                "do not use it, ask the sender for a new copy saved by Excel."
            )
    return tuple(Entry(*fields, following[fields[-1]]) for fields in found)


def _large_extra(record: bytes | bytearray, name_length: int, extra_length: int) -> int:
    """Place of the large sizes within a directory record, -1 when there are none."""
    place = _CENTRAL.size + name_length
    end = place + extra_length
    while place + 4 <= end:
        kind, length = struct.unpack_from("<2H", record, place)
        if kind == 1:
            return place + 4
        place += 4 + length
    return -1


def _large_fields(record: bytes, name_length: int, extra_length: int) -> Iterator[int]:
    place = _large_extra(record, name_length, extra_length)
    while 0 <= place <= len(record) - 8:
        yield struct.unpack_from("<Q", record, place)[0]
        place += 8


def _moved(entry: Entry, offset: int) -> bytes:
    """The directory record of an entry that now begins at *offset*; nothing else in it changes."""
    record = bytearray(entry.record)
    fields = _CENTRAL.unpack_from(record)
    packed, size, name_length, extra_length = fields[8:12]
    if fields[16] == _FULL:
        place = _large_extra(record, name_length, extra_length) + 8 * ((packed == _FULL) + (size == _FULL))
        struct.pack_into("<Q", record, place, offset)
    else:
        struct.pack_into("<I", record, _CENTRAL.size - 4, offset)
    return bytes(record)


def _blocks(made: Made) -> list[bytes]:
    return [made] if isinstance(made, bytes) else made


def _checksum(blocks: Iterable[bytes]) -> int:
    checksum = 0
    for block in blocks:
        checksum = crc32(block, checksum)
    return checksum


def _packed(name: str, blocks: Sequence[bytes], offset: int) -> tuple[tuple[bytes, bytes], bytes]:
    """An entry of ours: local header and packed bytes behind it, and directory record."""
    spelled = name.encode()
    flags = 0 if name.isascii() else 0x800
    size = sum(map(len, blocks))
    packed = deflated(blocks, QUICK if size >= LARGE else TIGHT)
    sizes = _checksum(blocks), len(packed), size
    local = _LOCAL.pack(_LOCAL_SIGN, 20, flags, 8, 0, EARLIEST, *sizes, len(spelled), 0)
    record = _CENTRAL.pack(
        _CENTRAL_SIGN, 20, 20, flags, 8, 0, EARLIEST, *sizes, len(spelled), 0, 0, 0, 0, 0, offset
    )
    return (local + spelled, packed), record + spelled


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    while start < end:
        block = source.read(min(CHUNK, end - start))
        if not block:
            raise OSError("the workbook became shorter while it was read")
        target.write(block)
        start += len(block)
