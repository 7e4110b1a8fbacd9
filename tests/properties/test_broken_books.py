"""Whatever happened to a workbook file: it is answered or refused in a sentence, and a refused one is as it was."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.staff_workbooks import make
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import BookRefused, WrongRequest

KINDS = ("plain", "comments", "table", "prefixed", "filter and panes", "formulas", "data bars", "external links")
CALLS = "Today's Calls"
NUMBERS = [b"-1", b"0", b"99999999999", b"18446744073709551616", b"1e999", b"NaN", b""]

often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def whole(kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        return make(kind, Path(folder) / "Store.xlsx").read_bytes()


def used(data: bytes) -> bool:
    """Reads, writes and saves the file as a command does; says whether it was taken."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Store.xlsx"
        path.write_bytes(data)
        try:
            with ClosedBook(path) as book:
                for sheet in book.sheet_names():
                    book.head(sheet)
                    book.read(sheet)
                book.write(CALLS, [["Customer"], ["=1+1", 3]])
                book.put(book.sheet_names()[0], 4, 1, [["C3", "=cmd()"]])
                with suppress(WrongRequest):  # the heading was what was changed
                    book.put_columns(book.sheet_names()[0], 1, 1, {"Own": ["u", "=v"]})
                book.save()
        except BookRefused:
            assert path.read_bytes() == data
            assert [each.name for each in Path(folder).iterdir()] == ["Store.xlsx"]
            return False
        with ClosedBook(path) as book:
            assert book.read(CALLS) == [["Customer", None], ["=1+1", 3]]
        return True


@often
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=40),
)
def test_flipped_bits(kind, flips):
    data = bytearray(whole(kind))
    for place, bit in flips:
        data[int(place * len(data))] ^= 1 << bit
    used(bytes(data))


@often
@given(st.sampled_from(KINDS), st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_always_refused(kind, kept):
    data = whole(kind)
    assert not used(data[: int(kept * len(data))])


@often
@given(st.sampled_from(KINDS), st.lists(st.tuples(st.integers(1, 1500), st.integers(0, 255)), min_size=1, max_size=6))
def test_another_directory(kind, bytes_from_the_end):
    data = bytearray(whole(kind))
    for place, byte in bytes_from_the_end:
        data[-place] = byte
    used(bytes(data))


@st.composite
def edited_parts(draw):
    """A workbook of which one or two XML parts were changed in a random place, as a whole tag, number or attribute."""
    with zipfile.ZipFile(io.BytesIO(whole(draw(st.sampled_from(KINDS))))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = sorted(name for name in parts if name.endswith((".xml", ".rels", ".vml")))
    for name in draw(st.lists(st.sampled_from(xml), min_size=1, max_size=2)):
        for _ in range(draw(st.integers(1, 3))):
            parts[name] = draw(edited(parts[name]))
    for name in draw(st.lists(st.sampled_from(xml), max_size=1)) if draw(st.integers(0, 9)) == 0 else []:
        del parts[name]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


@st.composite
def edited(draw, data):
    pattern = draw(st.sampled_from([rb"<[^>]*>", rb"[0-9]+", rb'\s[\w:]+="[^"]*"', rb'="[^"]*"', rb"(?s).{1,30}"]))
    found = list(re.finditer(pattern, data))
    if not found:
        return draw(
            st.sampled_from(
                [b"", b"<a/>", data + data, b"\xef\xbb\xbf" + data, data.decode("utf-8", "ignore").encode("utf-16")]
            )
        )
    here, there = draw(st.sampled_from(found)), draw(st.sampled_from(found))
    new = draw(
        st.sampled_from(
            [b"", here[0] * 2, there[0], draw(st.binary(max_size=4)), *(NUMBERS if pattern == rb"[0-9]+" else [])]
        )
    )
    return data[: here.start()] + new + data[here.end() :]


@settings(often, max_examples=200)
@given(edited_parts())
def test_edited_xml(data):
    used(data)


def test_an_untouched_workbook_is_taken():
    assert all(used(whole(kind)) for kind in KINDS)
