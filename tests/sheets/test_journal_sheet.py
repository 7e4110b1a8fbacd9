"""The journal is chained: who changes, takes out or puts in an entry is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.clerk import cells, change
from tests.actions.drawn import shell, workbook
from xl_retention.sheets.journal_sheet import HEADING_ROW, Entry, lay_out, verify

NEWEST = HEADING_ROW
Cells = list[list[object]]


def entry(number: int) -> Entry:
    day = dt.date(2026, 1, number)
    return Entry(dt.datetime.combine(day, dt.time(9, 30)), "Amy", "Save results", day, number, f"{number} saved.")


def journal(count: int, before: Cells | None = None) -> Cells:
    made: Cells = before or []
    for number in range(1, count + 1):
        made = lay_out(made, entry(number), "en")
    return made


def broken(made: Cells) -> list[tuple[int, str]]:
    return [(each.row, each.why) for each in verify(made).broken]


def test_an_untouched_journal_is_as_it_was_written() -> None:
    assert (verify(journal(3)).chained, broken(journal(3))) == (3, [])


@pytest.mark.parametrize("column", range(6))
def test_a_changed_cell_is_noticed(column: int) -> None:
    made = journal(3)
    made[NEWEST + 1][column] = "something else"

    assert broken(made) == [(NEWEST + 2, "changed")]


@pytest.mark.parametrize(
    ("meddle", "found"),
    [
        (lambda rows: rows.pop(NEWEST + 1), [(NEWEST + 1, "missing")]),
        (lambda rows: rows.insert(NEWEST + 1, [*rows[NEWEST][:6], None]), [(NEWEST + 2, "not_chained")]),
        (lambda rows: rows.insert(NEWEST, rows.pop(NEWEST + 1)), [(NEWEST + 1, "missing"), (NEWEST + 2, "missing")]),
    ],
)
def test_entries_taken_out_put_in_or_moved_are_noticed(
    meddle: Callable[[Cells], object], found: list[tuple[int, str]]
) -> None:
    made = journal(3)
    meddle(made)

    assert broken(made) == found


def test_entries_from_before_the_chain_are_no_fault_and_the_chain_begins_above_them() -> None:
    old = [row[:6] for row in journal(2)]
    made = lay_out(old, entry(3), "en")

    checked = verify(made)
    assert (checked.entries, checked.chained, checked.broken) == (3, 1, ())


def test_what_a_workbook_gives_back_of_an_entry_is_the_same_entry() -> None:
    made = journal(2)
    for row in made[HEADING_ROW:]:
        row[3], row[4] = dt.datetime.combine(row[3], dt.time()), float(row[4])

    assert broken(made) == []


def test_the_command_tells_who_meddled(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {"Customers": "Customer ID | Name | Mobile\nC1 | Ada | '13900000001"})
    for _ in range(2):
        assert shell("pack", path, "--out", tmp_path / "copy.xlsx").code == 0
    whole = shell("verify", path, "--json", "--strict")

    def forge(rows: Cells) -> None:
        rows[HEADING_ROW + 1][1] = "nobody"

    change(path, "Journal", forge)
    forged = shell("verify", path, "--json", "--strict")

    assert (whole.code, whole.json["intact"], whole.json["chained"]) == (0, True, 2)
    assert (forged.code, forged.json["broken"]) == (1, [{"row": HEADING_ROW + 2, "why": "changed"}])
    assert cells(path, "Journal")[HEADING_ROW + 1][1] == "nobody"


def test_a_workbook_without_journal_has_nothing_to_verify(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {"Customers": "Customer ID | Name | Mobile\nC1 | Ada | '13900000001"})

    assert shell("verify", path, "--json").json["journal"] is False
