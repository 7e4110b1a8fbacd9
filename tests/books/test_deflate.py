"""Inflating and deflating: whoever does it, the bytes are those that zlib knows."""

import random
import zipfile
import zlib

import pytest

from xl_retention.books import deflate
from xl_retention.books.deflate import BROKEN, QUICK, TIGHT, crc32, deflated, inflated, part_in_pieces

ROWS = b"".join(b'<c r="A%d" t="s"><v>%d</v></c>' % (row, row * 7919 % 10007) for row in range(20_000))
NOISE = random.Random(1).randbytes(300_000)


@pytest.fixture(autouse=True, params=["ISA-L", "zlib"])
def whoever_does_it(request, monkeypatch):
    if request.param == "zlib":
        monkeypatch.setattr(deflate, "fast", zlib)
    else:
        pytest.importorskip("isal")


def raw(data, level=6):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("level", [QUICK, TIGHT])
@pytest.mark.parametrize("data", [b"", b"a", ROWS, NOISE])
def test_what_is_deflated_zlib_inflates(data, level):
    assert zlib.decompress(deflated([data], level), -15) == data
    assert zlib.decompress(deflated([data[:7], b"", data[7:]], level), -15) == data
    assert crc32(data) == zlib.crc32(data)


@pytest.mark.parametrize("data", [b"", b"a", ROWS, NOISE, bytes(3_000_000)])
@pytest.mark.parametrize("packed_piece", [1, 1000, 1 << 18])
@pytest.mark.parametrize("most", [1000, 1 << 20])
def test_pieces_are_whole_and_never_longer_than_asked(data, packed_piece, most):
    packed = raw(data[:20_000] if packed_piece == 1 else data)
    pieces = list(inflated((packed[at : at + packed_piece] for at in range(0, len(packed), packed_piece)), most))
    assert b"".join(pieces) == zlib.decompress(packed, -15)
    assert all(0 < len(piece) <= most for piece in pieces)


def test_other_bytes_are_told():
    with pytest.raises(BROKEN):
        list(inflated([b"\xff" * 1000], 1000))


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.xml", ROWS)
        archive.writestr("stored.xml", ROWS, zipfile.ZIP_STORED)
        archive.writestr("tight.xml", ROWS, zipfile.ZIP_LZMA)
    return path


@pytest.mark.parametrize("part", ["rows.xml", "stored.xml", "tight.xml"])
def test_a_part_comes_in_pieces(book, part):
    with zipfile.ZipFile(book) as archive:
        pieces = list(part_in_pieces(book, archive, part, 100_000))
    assert b"".join(pieces) == ROWS
    assert max(map(len, pieces)) <= 100_000


def test_a_part_may_be_left_half_read(book):
    with zipfile.ZipFile(book) as archive:
        pieces = part_in_pieces(book, archive, "rows.xml", 1000)
        assert next(pieces) == ROWS[:1000]
        pieces.close()
    book.unlink()  # on Windows it could not be, were it still open


@pytest.mark.parametrize(("place", "value"), [(16, 1), (24, len(ROWS) - 1), (24, len(ROWS) + 1)])
def test_a_part_that_is_not_what_the_directory_says_is_told(book, place, value):
    """In a record of the directory the checksum stands at byte 16, the length at 24."""
    data = bytearray(book.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + place : entry + place + 4] = value.to_bytes(4, "little")
    book.write_bytes(data)
    with zipfile.ZipFile(book) as archive, pytest.raises(zipfile.BadZipFile):
        list(part_in_pieces(book, archive, "rows.xml", 1 << 20))


def test_a_part_that_is_cut_off_is_told(book):
    with zipfile.ZipFile(book) as archive:
        entry = archive.getinfo("rows.xml")
        entry.compress_size -= 100
        with pytest.raises(zipfile.BadZipFile):
            list(part_in_pieces(book, archive, "rows.xml", 1 << 20))
