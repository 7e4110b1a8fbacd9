"""The sheets Copies and Conflicts can be read: no heading and no address is cut."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import cast

import pytest

from xl_retention.buttons import copies
from xl_retention.buttons.pressed import Hint, Pressed
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet
from xl_retention.sheets.wording import say

ADDRESS = "aftersales.manager@longmen-motors.com"
BOLD, FILTER_BUTTON = 1.12, 2


@pytest.mark.parametrize("sheet", [conflicts_sheet, copies_sheet])
def test_what_is_not_to_be_changed_says_so_in_full(sheet) -> None:
    """
    A heading is bold, has a filter button, and its row has the height of one line unless it is known to be longer.
    """
    last, (width, _) = list(sheet.COLUMNS.items())[-1]

    assert "(do not change)" in say(last, "en")
    assert len(say(last, "en")) * BOLD + FILTER_BUTTON <= width


def test_an_address_is_read_in_full_where_it_is_typed_and_where_it_is_listed() -> None:
    looks = copies_sheet.layout("en")
    cell = (copies_sheet.INPUT_ROW - 1 + copies_sheet.FORM.index("pack_for"), 1)
    width, listed = copies_sheet.COLUMNS["copy_for"]

    assert looks.looks[cell] == "input", "breaks into lines"
    assert looks.columns[1].width >= len("manager@longmen-motors.com")
    assert (listed, width * 2 >= len(ADDRESS)) == ("wrapped", True)


def test_without_an_answer_the_sheet_to_answer_on_comes_to_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    book = SimpleNamespace(show=shown.append)
    pressed = cast(Pressed, SimpleNamespace(book=book, now=dt.datetime(2026, 11, 21), language="en", progress=None))
    waiting = SimpleNamespace(done=0, refused={}, sheet="Conflicts")
    monkeypatch.setattr(copies, "apply_answers", lambda *_, **__: waiting)

    with pytest.raises(Hint, match="Nothing is answered"):
        copies.ACTIONS["apply_answers"](pressed)
    assert shown == ["Conflicts"]
    waiting.sheet = ""
    with pytest.raises(Hint):
        copies.ACTIONS["apply_answers"](pressed)
    assert shown == ["Conflicts"]
