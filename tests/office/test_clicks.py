"""Buttons of the workbook that we ship, clicked with the mouse in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.actions.drawn import shell
from tests.office.filled import filled_workbook
from xl_retention.sheets.calls.call_sheet import HEADING_ROW, PLACES
from xl_retention.sheets.wording import say

GO_LIVE = dt.date.today() - dt.timedelta(days=45)
SECONDS = 180


def listed(opened, language):
    """Rows of the call sheet: due keys with customer, phone and days overdue."""
    from xl_retention.books.live import LiveBook

    rows = LiveBook(opened.book).read(say("calls_sheet", language))[HEADING_ROW:]
    names = ("key", "phone", "plate", "overdue", "priority", "reasons")
    return [tuple(row[PLACES[name]] for name in names) for row in rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_click_lists_the_calls_that_the_command_line_finds(with_bridge, tmp_path, language):
    """
    The button in a real window and the command on the closed file answer alike, row for row.
    """
    path = filled_workbook(tmp_path / "Retention.xlsm", language, go_live=GO_LIVE)
    answer = json.loads(shell("today", path, "--json", "--dry-run", "--date", dt.date.today().isoformat()).out)
    opened = with_bridge.open(path)

    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    with_bridge.wait_for(
        "the list",
        lambda: opened.model.CurrentController.ActiveSheet.Name == say("calls_sheet", language),
        seconds=SECONDS,
    )

    expected = [
        (";".join(row["due_keys"]), row["mobile"] or None, row["plate_no"] or None, row["overdue_days"] or None,
         row["priority"], row["reason"])
        for row in answer["rows"]
    ]  # fmt: skip
    assert len(expected) > 100
    assert expected == listed(opened, language)
