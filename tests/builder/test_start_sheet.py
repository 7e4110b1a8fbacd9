"""The sheet Start: buttons by occasion, last run, counts of the day, and help in both languages."""

import datetime as dt
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention import cli
from xl_retention.builder.workbook import build
from xl_retention.sheets.push_buttons import BUTTONS, GROUPS
from xl_retention.sheets.start_sheet import (
    BUTTON_ROW,
    LINE_WIDTH,
    WIDTHS,
    Status,
    button_places,
    in_both,
    in_lines,
    is_current,
    is_ours,
    lay_out,
    row_kinds,
    value_looks,
)
from xl_retention.sheets.wording import say

RUN = Status(
    as_of=dt.date(2026, 11, 21), when=dt.datetime(2026, 11, 21, 8, 30), by="kim", customers=2000, calls=40,
    overdue=7, complaints_overdue=3, problems=12,
)  # fmt: skip
SMALL_SCREEN = {"width": 1366 - 60, "height": 440}
"""Pixels that Excel's window leaves for cells on a screen of 1366 by 768, with the ribbon open."""


def value(rows, key, language):
    words = in_both(key, language)
    row = next(row for row in rows if words in row)
    return row[row.index(words) + 1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_tells_the_last_run_and_the_day_in_numbers(language):
    rows = lay_out(RUN, language)

    told = [value(rows, f"last_{key}", language) for key in ("as_of", "when", "by", "customers")]
    assert [RUN.as_of, RUN.when, "kim", 2000] == told
    assert [value(rows, f"day_{key}", language) for key in ("calls", "overdue", "complaints", "problems")] == [
        40, 7, 3, 12,
    ]  # fmt: skip


def test_the_cells_that_a_run_fills_have_their_looks():
    before, after = lay_out(Status(), "en"), lay_out(RUN, "en")
    filled = {
        (row, column)
        for row, cells in enumerate(after)
        for column, cell in enumerate(cells)
        if cell != before[row][column]
    }

    assert filled == set(value_looks())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_values_change_from_run_to_run(language):
    """
    The buttons lie over fixed rows.
    """
    before, after = lay_out(Status(), language), lay_out(RUN, language)

    assert [[cell for cell in row if cell is not None and cell not in vars(RUN).values()] for row in after] == [
        [cell for cell in row if cell is not None] for row in before
    ]
    assert len(before) == len(row_kinds(language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_example_rows_start_does_not_speak_of_them(language):
    """
    Only the button that takes them out is explained; no row changes its place.
    """
    with_examples, without = lay_out(Status(), language), lay_out(Status(examples=False), language)
    tips = {line for spoken in ("en", "zh") for line in in_lines(say("tip_remove_examples", spoken), LINE_WIDTH)}

    def told(rows):
        return [cell for row in rows for cell in row if isinstance(cell, str) and "EX-" in cell and cell not in tips]

    assert len(told(with_examples)) == 3, "above, and among the first steps in both languages"
    assert told(without) == []
    assert list(map(len, without)) == list(map(len, with_examples))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_run_speaks_of_example_rows_as_long_as_they_are_there(tmp_path, language):
    new, own = tmp_path / "New.xlsm", tmp_path / "Own.xlsm"
    customer = {"customer_id": "C1", "customer_name": "Ada", "mobile": "13800000001"}
    car = {"vin": "LSVAA4187E2184847", "customer_id": "C1", "delivery_date": dt.date(2026, 11, 1)}
    build(new, language)
    build(own, language, {"customer": [customer], "vehicle": [car]})

    for path, key in ((new, "start_new"), (own, "start_own")):
        for _ in ("before the first run", "after it"):
            assert openpyxl.load_workbook(path)[say("start_sheet", language)]["A3"].value == say(key, language)
            assert cli.run(["today", str(path), "--date", "2026-11-21"]) == 0


def test_each_button_is_explained_in_both_languages():
    rows = lay_out(Status(), "zh")
    for button in BUTTONS:
        for language in ("en", "zh"):
            first = next(n for n, row in enumerate(rows) if row[:1] == [say(f"button_{button.name}", language)])
            lines = in_lines(say(f"tip_{button.name}", language), LINE_WIDTH)
            assert [row[1] for row in rows[first : first + len(lines)]] == lines


def test_each_group_is_a_column_under_its_name_in_both_languages():
    heads = lay_out(Status(), "en")[BUTTON_ROW - 2]
    places = {button.name: (row, column) for row, column, button in button_places()}

    for column, (key, group) in enumerate(GROUPS.items()):
        assert say(key, "en") in heads[column]
        assert say(key, "zh") in heads[column]
        assert [places[button.name] for button in group] == [(BUTTON_ROW - 1 + n, column) for n in range(len(group))]
    assert len(set(places.values())) == len(BUTTONS)


def test_a_name_of_a_group_fits_over_its_buttons():
    assert all(wide(key) <= width for key, width in zip(GROUPS, WIDTHS, strict=True))


@pytest.mark.parametrize("key", ["counts_of_the_day", "day_calls", "day_overdue", "day_complaints", "day_problems"])
def test_what_is_counted_is_not_cut_by_its_number(key: str):
    assert wide(key) <= WIDTHS[0]


def wide(key: str) -> int:
    """Signs of a text in both languages; a Chinese one takes the room of two."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in in_both(key, "en"))


def test_all_buttons_and_the_day_are_seen_at_once_on_a_small_screen(book):
    language = "zh" if ".zh." in book.name else "en"
    sheet = openpyxl.load_workbook(book)[say("start_sheet", language)]
    last_row = max(row for row, _ in value_looks()) + 1

    assert sum(7 * width + 5 for width in WIDTHS) <= SMALL_SCREEN["width"]
    assert sum(sheet.row_dimensions[row].height for row in range(1, last_row + 1)) / 0.75 <= SMALL_SCREEN["height"]


def test_the_keyboard_goes_through_the_buttons_group_by_group(book):
    with zipfile.ZipFile(book) as package:
        drawn = package.read("xl/drawings/vmlDrawing1.vml").decode()
    anchors = [[int(part) for part in text.split(",")] for text in re.findall(r"<x:Anchor>([^<]*)</x:Anchor>", drawn)]

    assert [(anchor[2], anchor[0]) for anchor in anchors] == [place[:2] for place in button_places()]
    assert all(anchor[0] == anchor[4] and anchor[2] == anchor[6] for anchor in anchors), "over a cell of its own"


@given(st.text(alphabet="ab c.,'客户回访，。”", max_size=60), st.integers(4, 30))
def test_a_text_in_lines_is_the_text(text, width):
    lines = in_lines(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[:1] in "，。”" for line in lines[1:] if line)


def test_a_line_breaks_between_words_and_before_it_is_too_long():
    assert in_lines("press the first button", 9) == ["press the", "first", "button"]
    assert in_lines("点击第一个按钮。", 8) == ["点击第一", "个按钮。"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", ["help_blocked", "help_python", "help_libreoffice"])
def test_it_says_in_both_languages_what_to_do_when_a_button_does_nothing(language, key):
    lines = [row[1] for row in lay_out(Status(), language) if len(row) == 2]

    for spoken in ("en", "zh"):
        wanted = in_lines(say(key, spoken), LINE_WIDTH)
        assert any(lines[n : n + len(wanted)] == wanted for n in range(len(lines)))


def test_our_start_sheet_is_told_from_one_of_the_staff():
    assert is_ours(lay_out(RUN, "en"))
    assert is_ours(lay_out(RUN, "zh"))
    assert is_ours([])
    assert not is_ours([["Welcome to our store"]])


def test_the_words_of_an_older_start_sheet_stay_beside_its_buttons():
    """
    The buttons of a workbook do not move when a newer version fills its cells.
    """
    older = [["Customer retention"], ["Keep your customers in the sheets of this workbook."], ["Buttons", None, "按钮"]]

    assert is_current(lay_out(RUN, "en"))
    assert is_current(lay_out(RUN, "zh"))
    assert is_current([])
    assert is_ours(older)
    assert not is_current([*older, [None, "Works out whom to call today."]])


def test_the_built_sheet_holds_what_is_laid_out_and_no_merged_cell(book):
    language = "zh" if ".zh." in book.name else "en"
    sheet = openpyxl.load_workbook(book)[say("start_sheet", language)]

    shown = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert [[cell for cell in row if cell is not None] for row in lay_out(Status(), language)] == shown
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_run_on_the_closed_workbook_leaves_its_looks_as_they_were(tmp_path, language):
    """The bars across the sheet colour no other row, and buttons lie on a white ground."""
    path = tmp_path / "Retention.xlsm"
    build(path, language)
    before = _fills(path, language)

    assert cli.run(["today", str(path), "--date", "2026-11-21"]) == 0

    assert _fills(path, language) == before
    assert len({fill for fill in before.values() if fill}) == 1


def _fills(path, language):
    """Colour behind each cell of Start."""
    sheet = openpyxl.load_workbook(path)[say("start_sheet", language)]
    cells = (cell for row in sheet.iter_rows(min_row=1, max_row=120, max_col=8) for cell in row)
    return {cell.coordinate: cell.fill.start_color.rgb if cell.fill.fill_type else "" for cell in cells}
