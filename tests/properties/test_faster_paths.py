"""Whatever makes it fast changes no answer: the plain way gives the same list and the same file, byte for byte.

On random stores, clean and dirty, English, Chinese and wide, with settings and rules of their own.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.drawn import shell
from tests.oracle import stores
from xl_retention.books import closed, deflate, reading
from xl_retention.books.spelling import Irregular
from xl_retention.cli import remembered

Patch = pytest.MonkeyPatch

now_and_then = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def in_turn(pieces: Iterable[Any], _most: int) -> Iterator[Any]:
    yield from pieces


def irregular(*_: object) -> None:
    raise Irregular


def zlib_alone(patch: Patch) -> None:
    patch.setattr(deflate, "fast", zlib)


def one_thread(patch: Patch) -> None:
    patch.setattr(closed, "ahead", in_turn)
    patch.setattr(reading, "ahead", in_turn)


def every_cell_parsed(patch: Patch) -> None:
    patch.setattr(reading, "scan", irregular)
    patch.setattr(reading, "plain_texts", irregular)


def many_threads_and_short_pieces(patch: Patch) -> None:
    """Cut in the middle of cells and texts, as only large workbooks are otherwise."""
    patch.setattr(reading, "_PIECE", 701)
    patch.setattr(reading, "_SMALL_PIECE", 701)


PLAINER = (zlib_alone, one_thread, every_cell_parsed, many_threads_and_short_pieces)


def with_texts_in_cells(book: Path) -> Path:
    """The same workbook without shared texts, as programs write it that export tables."""
    changed = book.with_name("in_cells.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        shared = old.read("xl/sharedStrings.xml").decode()
        items = [item[1] or "" for item in re.finditer(r"<si>(.*?)</si>|<si/>", shared, re.DOTALL)]

        def inline(cell: re.Match[str]) -> str:
            return f'{cell[1]} t="inlineStr"{cell[2]}><is>{items[int(cell[3])]}</is></c>'

        for part in old.namelist():
            text = old.read(part)
            if part.startswith("xl/worksheets/sheet"):
                cells = re.compile(r'(<c r="[A-Z]+[0-9]+"[^<>]*?) t="s"([^<>]*)><v>([0-9]+)</v></c>')
                text = cells.sub(inline, text.decode()).encode()
                assert b't="s"' not in text
            new.writestr(part, text)
    return changed


def drawn_store(seed: int, folders: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workbook in a folder of its own, and its day."""
    book = folders.mktemp("paths") / "store.xlsx"
    return book, stores.make_store(book, seed, customers=20, **stores.variant(seed)).isoformat()


def answered(book: Path, day: str, name: str) -> tuple[str, bytes]:
    """The JSON of today's calls, and the file that the run wrote."""
    out = book.with_name(f"{name}.xlsx")
    answer = shell("today", book, "--date", day, "--json", "--out", out)
    assert answer.code == 0, answer.err
    return answer.out, out.read_bytes()


@now_and_then
@given(seed=st.integers(0, 100_000))
def test_the_plain_ways_give_the_same(seed, tmp_path_factory):
    book, day = drawn_store(seed, tmp_path_factory)
    quick = answered(book, day, "quick")
    assert quick[0].count("customer_id") > 0

    for plainer in PLAINER:
        with pytest.MonkeyPatch.context() as patch:
            plainer(patch)
            assert answered(book, day, plainer.__name__) == quick, plainer.__name__


@now_and_then
@given(seed=st.integers(0, 100_000))
def test_texts_in_cells_give_the_same(seed, tmp_path_factory):
    book, day = drawn_store(seed, tmp_path_factory)
    shared, inline = (
        shell("today", book, "--date", day, "--json", "--dry-run") for book in (book, with_texts_in_cells(book))
    )
    assert shared.out.count("customer_id") > 0
    assert inline.out.replace("in_cells", "store") == shared.out


@now_and_then
@given(seed=st.integers(0, 100_000))
def test_a_remembered_answer_is_the_one_worked_out(seed, tmp_path_factory):
    book, day = drawn_store(seed, tmp_path_factory)
    fresh = answered(book, day, "out")

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(remembered.SWITCHED_OFF, raising=False)
        patch.setattr(remembered, "folder", lambda: book.with_name("answers"))
        kept = answered(book, day, "out")
        assert len(list((book.with_name("answers")).iterdir())) == 1
        again = answered(book, day, "out")

    assert fresh == kept == again
