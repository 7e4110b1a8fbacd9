"""The sheet Start: buttons, last run, counts of the day, and help in both languages."""

import datetime as dt

import openpyxl
import pytest

from xl_retention.sheets.push_buttons import BUTTONS
from xl_retention.sheets.start_sheet import BUTTON_ROW, Status, is_ours, lay_out, row_looks
from xl_retention.sheets.wording import say

RUN = Status(
    as_of=dt.date(2026, 11, 21), when=dt.datetime(2026, 11, 21, 8, 30), by="kim", customers=2000, calls=40,
    overdue=7, complaints_overdue=3, problems=12,
)  # fmt: skip


def value(rows, key, language):
    return next(row[1] for row in rows if row[0] == say(key, language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_tells_the_last_run_and_the_day_in_numbers(language):
    rows = lay_out(RUN, language)

    told = [value(rows, f"last_{key}", language) for key in ("as_of", "when", "by", "customers")]
    assert [RUN.as_of, RUN.when, "kim", 2000] == told
    assert [value(rows, f"day_{key}", language) for key in ("calls", "overdue", "complaints", "problems")] == [
        40, 7, 3, 12,
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_values_change_from_run_to_run(language):
    """
    The buttons lie over fixed rows.
    """
    before, after = lay_out(Status(), language), lay_out(RUN, language)

    assert [[cell for cell in row if cell is not None and cell not in vars(RUN).values()] for row in after] == [
        [cell for cell in row if cell is not None] for row in before
    ]
    assert len(before) == len(row_looks(language))


def test_each_button_has_its_row_with_its_tip_in_both_languages():
    rows = lay_out(Status(), "zh")
    for number, button in enumerate(BUTTONS):
        row = rows[BUTTON_ROW - 1 + number]
        assert [None, say(f"tip_{button.name}", "zh"), say(f"tip_{button.name}", "en")] == row


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", ["help_blocked", "help_python", "help_libreoffice"])
def test_it_says_in_both_languages_what_to_do_when_a_button_does_nothing(language, key):
    texts = [cell for row in lay_out(Status(), language) for cell in row]

    assert say(key, "en") in texts
    assert say(key, "zh") in texts


def test_our_start_sheet_is_told_from_one_of_the_staff():
    assert is_ours(lay_out(RUN, "en"))
    assert is_ours(lay_out(RUN, "zh"))
    assert is_ours([])
    assert not is_ours([["Welcome to our store"]])


def test_the_built_sheet_holds_what_is_laid_out_and_no_merged_cell(book):
    language = "zh" if ".zh." in book.name else "en"
    sheet = openpyxl.load_workbook(book)[say("start_sheet", language)]

    shown = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert [[cell for cell in row if cell is not None] for row in lay_out(Status(), language)] == shown
    assert not sheet.merged_cells.ranges
