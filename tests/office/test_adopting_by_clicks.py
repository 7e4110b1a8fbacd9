"""A store's own workbook, never seen before: adopted, asked about, answered and called from, all with the mouse."""

from __future__ import annotations

import datetime as dt
import json
import sys

import pytest

from tests.actions.drawn import shell
from tests.office import adopting
from xl_retention.books.closed import ClosedBook
from xl_retention.setting_up import bridge
from xl_retention.sheets.calls.call_sheet import HEADING_ROW, PLACES
from xl_retention.sheets.wording import say


@pytest.fixture
def with_toolbar(office, tmp_path):
    """The office with our script and our toolbar in its profile, as `xl-retention install` leaves it."""
    made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
    place = office.scripts / bridge.NAME
    place.write_text(bridge.script(made, tmp_path / "bridge.log"), "utf-8")
    with adopting.with_toolbar(office):
        yield office
    place.unlink()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_questions_are_answered_on_mapping_and_a_click_lists_whom_to_call(with_toolbar, tmp_path, language):
    """
    One answer is chosen from the drop-down, the other typed. Without them nobody could be called: neither the phone
    nor the day of delivery was known.
    """
    today = dt.date.today()
    path = adopting.staff_workbook(tmp_path / "Ours.xlsx", language, today)
    before = path.read_bytes()
    mine = with_toolbar.open(path)

    adopting.click_toolbar(mine)
    opened = adopting.adopted(mine)
    assert set(adopting.questions(opened, language)) == set(adopting.answers(language))
    adopting.answer_all(opened, language)
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    with_toolbar.wait_for(
        "the list",
        lambda: opened.model.CurrentController.ActiveSheet.Name == say("calls_sheet", language),
        seconds=adopting.SECONDS,
    )

    from xl_retention.books.live import LiveBook

    listed = LiveBook(opened.book).read(say("calls_sheet", language))[HEADING_ROW:]
    called = {(row[PLACES["phone"]], row[PLACES["plate"]]) for row in listed}
    assert called == {(phone, plate) for _, phone, _, plate, days, _, _ in adopting.PEOPLE if days <= 7}
    assert path.read_bytes() == before

    # What was answered is in the file, and the command line understands it without asking again.
    saved = opened.save_as(tmp_path / "Saved.xlsm")
    opened.close()
    day = today.isoformat()
    again = json.loads(shell("today", saved, "--json", "--dry-run", "--date", day).out)
    keys = [row[PLACES["key"]] for row in listed]
    assert [";".join(row["due_keys"]) for row in again["rows"]] == keys
    understood = json.loads(shell("check", saved, "--json", "--date", day).out)["mapping"]
    assert [each["questions"] for each in understood if each["sheet"] == adopting.TITLE[language]] == [[]]
    with ClosedBook(saved) as book:
        assert adopting.TITLE[language] == book.sheet_names()[0]
