"""Saving results: once is enough, the order does not matter, nothing typed is lost, whatever was typed."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.drawn import workbook
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.actions.save_results import save_results
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.contact_log import split_keys
from xl_retention.sheets.calls.call_sheet import COLUMNS, HEADING_ROW, INPUTS, PLACES
from xl_retention.sheets.reading.reader import recognise_sheets

DAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21)
SHEET, CHECKS = "Today's Calls", "Data Checks"
CUSTOMERS = [
    ["Customer ID", "Name", "Mobile", "VIN", "Delivery Date", "Insurance Expiry", "Sales Advisor"],
    *(
        [f"C{number}", f"Name {number}", f"1390000000{number}", f"LSVAA4187E218484{number}",
         dt.datetime(2026, 11, 21) - dt.timedelta(days=age), dt.datetime(2026, 12, 1), "Li"]
        for number, age in enumerate((3, 7, 17, 92))
    ),
]  # fmt: skip

OUTCOMES = st.sampled_from(
    ["", "Connected", "No answer", "Switched off", "Invalid number", "Refused", "Call back", "Sent", "接通", "perhaps"]
)
ENTRIES = {
    "outcome": OUTCOMES,
    "satisfaction": st.sampled_from(["", "Satisfied", "一般", 7, 12, "well"]),
    "notes": st.sampled_from(["", "fine", "=1+1", "-", " two\nlines", "ｆｕｌｌ"]),
    "next_contact": st.sampled_from(["", dt.datetime(2026, 11, 25), "2026-11-30", "2026-11-01", "soon"]),
    "objection": st.sampled_from(["", "Quality", "使用", "colour"]),
    "complaint": st.sampled_from(["", "rattles", "+noise"]),
    "wish": st.sampled_from(["", "None", "Replacement: X5", "增购", "boat"]),
    "referral": st.sampled_from(["", "Bob 13912345678", "nobody"]),
    "new_phone": st.sampled_from(["", "13712345678", "1"]),
    "answers": st.sampled_from(["", "1: yes"]),
    "appointment": st.sampled_from(["", "2026-11-25 14:30", dt.datetime(2026, 11, 26), "2026-01-01"]),
}
assert set(ENTRIES) == set(INPUTS)
FIRST_COUNTS = ("referral", "new_phone", "wish", "next_contact", "objection")
ROWS = st.lists(st.fixed_dictionaries({}, optional=ENTRIES), min_size=20, max_size=20)


def typed_into(folder: Path, typed: Sequence[dict[str, object]], order: Sequence[int] | None = None) -> Path:
    """A store whose list of the day was typed into, perhaps sorted by somebody."""
    path = workbook(folder / "Store.xlsx", {"Customers": CUSTOMERS})
    with ClosedBook(path) as book:
        generate_calls(book, DAY)
        rows = book.read(SHEET)
        body = rows[HEADING_ROW:]
        for row, entries in zip(body, typed, strict=False):
            for name, value in entries.items():
                row[PLACES[name]] = value
        if order:
            body = [body[place] for place in order if place < len(body)]
        book.write(SHEET, [*rows[:HEADING_ROW], *body])
        book.save()
    return path


def save(path: Path) -> tuple[int, int]:
    with ClosedBook(path) as book:
        done = save_results(book, NOW, "", lambda step: None)
        book.save()
    return done.saved, done.kept_open


def sheets(path: Path) -> dict[str, list[list[object]]]:
    with ClosedBook(path) as book:
        return {name: book.read(name) for name in book.sheet_names()}


def said(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """By table what its rows say, without the numbers that they were given."""
    found: dict[str, set[tuple[object, ...]]] = {}
    with ClosedBook(path) as book:
        for match in recognise_sheets(book).matches:
            columns = {
                field: column.place
                for (_, field), column in match.columns.items()
                if field not in ("contact_id", "complaint_id", "booking_id", "prospect_no")
            }
            for row in book.read(match.sheet)[match.header_row :]:
                found.setdefault(match.entity, set()).add(tuple(str(row[columns[field]]) for field in sorted(columns)))
    return found


def todays(path: Path) -> set[str]:
    """What is due still, by its key without the sequence: that may be the number of a complaint."""
    with ClosedBook(path) as book:
        made = generate_calls(book, DAY, write=False)
        return {key.rpartition("/")[0] for call in made.worklist.calls for key in call.due_keys}


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_saving_twice_is_saving_once(typed):
    """
    But for Data Checks, which tells what is worth a look in the rows just saved.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = typed_into(Path(folder), typed)
        _, kept = save(path)
        once = sheets(path)

        assert save(path) == (0, kept)
        assert {**sheets(path), CHECKS: []} == {**once, CHECKS: []}


@settings(deadline=None, max_examples=25)
@given(ROWS, st.permutations(range(20)))
def test_the_order_of_the_rows_does_not_matter(typed, order):
    """
    But for the numbers that are given, and where the first row of a customer counts: for a friend or phone that is
    named twice, and for the further calls of NEXT and CMP-USE (DOM 3.8).
    """
    typed = [{name: value for name, value in row.items() if name not in FIRST_COUNTS} for row in typed]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = typed_into(Path(one), typed), typed_into(Path(other), typed, order)

        assert save(first) == save(second)
        assert said(first) == said(second)
        assert todays(first) == todays(second)


def saved_in_pieces(folder: Path, typed: Sequence[dict[str, object]], pieces: Sequence[int]) -> tuple[Path, int]:
    """A store whose list is filled a piece at a time, each saved before the next; and how many calls were saved."""
    path = typed_into(folder, [])
    with ClosedBook(path) as book:
        calls = [row[PLACES["key"]] for row in book.read(SHEET)[HEADING_ROW:]]
    count = 0
    for piece in dict.fromkeys(pieces):
        with ClosedBook(path) as book:
            rows = book.read(SHEET)
            for key, entries, at in zip(calls, typed, pieces, strict=False):
                for row in rows[HEADING_ROW:]:
                    if at == piece and row[PLACES["key"]] == key:
                        for name, value in entries.items():
                            row[PLACES[name]] = value
            book.write(SHEET, rows)
            book.save()
        count += save(path)[0]
    return path, count


@settings(deadline=None, max_examples=15)
@given(ROWS, st.lists(st.integers(0, 3), min_size=20, max_size=20))
def test_saving_in_pieces_of_any_order_is_saving_at_once(typed, pieces):
    """
    A clerk saves after each call or in the evening; but for what the order of the rows decides, see above.
    """
    typed = [{name: value for name, value in row.items() if name not in FIRST_COUNTS} for row in typed]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        at_once = typed_into(Path(one), typed)
        first, _ = save(at_once)
        in_pieces, second = saved_in_pieces(Path(other), typed, pieces)

        assert first == second
        assert said(at_once) == said(in_pieces)
        assert todays(at_once) == todays(in_pieces)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_every_row_is_either_saved_or_still_on_the_list(typed):
    """
    With all that was typed into it, where it stays; with what was said, where it goes.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = typed_into(Path(folder), typed)
        before = sheets(path)[SHEET][HEADING_ROW:]
        saved, kept = save(path)
        after = sheets(path)
        left = after[SHEET][HEADING_ROW:]
        log = after.get("Contacts", [])[1:]

        assert saved + kept == len(before)
        assert (len(log), len(left)) == (saved, kept)
        assert all(row in before for row in left)
        gone = [row for row in before if row not in left]
        due_key = after["Contacts"][0].index("Due Key") if log else 0
        logged = {key for row in log for key in split_keys(str(row[due_key]))}
        assert {key for row in gone for key in split_keys(str(row[PLACES["key"]]))} == logged
        texts = [str(cell) for name in after if name != SHEET for row in after[name] for cell in row if cell]
        for row in gone:
            for name in ("notes", "complaint"):
                if row[PLACES[name]] not in (None, "", "-"):
                    assert any(str(row[PLACES[name]]).strip() in text for text in texts), COLUMNS[PLACES[name]]
