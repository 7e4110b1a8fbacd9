"""The loop by clicks in a real LibreOffice: generate, type three outcomes, save, generate again."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import time
from pathlib import Path

import pytest

from tests.actions.drawn import VIN, workbook
from tests.office.filled import filled_workbook
from xl_retention.books.cell_xml import letters
from xl_retention.domain.contact_log import MOVED
from xl_retention.sheets.calls.call_sheet import HEADING_ROW, PLACES
from xl_retention.sheets.wording import say, word

GO_LIVE = dt.date.today() - dt.timedelta(days=20)
SECONDS = 240
LAST_RUN = "C4"
"""Cell of the journal that names the button pressed last."""
PICTURES = "XL_RETENTION_PICTURES"
"""Environment variable with a folder into which the screen is pictured, as `saved.en.png` and `saved.zh.png`."""
ROWS_PICTURED, SECONDS_TO_DRAW, RULE_COLUMN = 20, 2, 7
OFF_THE_HEADINGS = (500, 700)
"""Where the mouse points to no note."""
CONTACTS = {"en": "Contacts", "zh": "回访记录"}
HEADINGS = {"en": ("Due Key", "Outcome", "Feedback"), "zh": ("到期键", "回访结果", "客户意见")}
TYPED = ("接通", "拒访", MOVED)
COMPLAINTS = {"CMP-2H", "CMP-24H", "CMP-FU24", "CMP-PROG"}
"""Rules that the typed rows must not have: a complaint ends with its own columns, too."""


def rows(opened, sheet):
    from xl_retention.books.live import LiveBook

    return LiveBook(opened.book).read(sheet)


def listed(opened, language):
    """The rows of the call sheet by their due keys."""
    return {row[PLACES["key"]]: row for row in rows(opened, say("calls_sheet", language))[HEADING_ROW:]}


def picture(office, opened, language, last_row):
    """The end of the contact log, as it is seen."""
    if folder := os.environ.get(PICTURES):
        log = opened.model.Sheets.getByName(CONTACTS[language])
        opened.model.CurrentController.setActiveSheet(log)
        office.screen.click_at(*OFF_THE_HEADINGS)
        opened.model.CurrentController.setFirstVisibleRow(max(last_row - ROWS_PICTURED, 1))
        opened.model.CurrentController.setFirstVisibleColumn(RULE_COLUMN)
        opened.model.CurrentController.select(log.getCellByPosition(0, last_row - 1))
        time.sleep(SECONDS_TO_DRAW)
        office.screen.screenshot(Path(folder) / f"saved.{language}.png")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_three_typed_outcomes_are_in_the_log_and_off_the_list(with_bridge, tmp_path, language):
    calls, contacts = say("calls_sheet", language), CONTACTS[language]
    opened = with_bridge.open(filled_workbook(tmp_path / "Retention.xlsm", language, go_live=GO_LIVE))

    def click(button, sheet):
        """Clicks, and waits until the journal says that it is done."""
        caption = say(f"button_{button}", language)
        opened.click(caption, sheet=sheet)
        journal = say("journal_sheet", language)
        with_bridge.wait_for(button, lambda: opened.cell(journal, LAST_RUN).String == caption, seconds=SECONDS)

    before = len(rows(opened, contacts))
    click("generate_calls", say("start_sheet", language))
    list_before = list(listed(opened, language))
    typed = [key for key in list_before if COMPLAINTS.isdisjoint(key.replace(";", "/").split("/"))][:3]
    for number, (key, outcome) in enumerate(zip(typed, TYPED, strict=True)):
        entries = {"outcome": word("result", outcome, language), "notes": f"=note {number}"}
        if outcome == MOVED:
            entries["next_contact"] = (dt.date.today() + dt.timedelta(days=2)).isoformat()
        for name, text in entries.items():
            sheet = opened.model.Sheets.getByName(calls)
            sheet.getCellByPosition(PLACES[name], HEADING_ROW + list_before.index(key)).String = text

    click("save_results", calls)
    assert list(listed(opened, language)) == [key for key in list_before if key not in typed]
    assert len(rows(opened, contacts)) == before + len(typed)
    heads, *_, first, second, third = rows(opened, contacts)
    logged = [dict(zip(heads, row, strict=True)) for row in (first, second, third)]
    key, result, feedback = HEADINGS[language]
    assert [(row[key], row[result], row[feedback]) for row in logged] == [
        (typed[number], word("result", outcome, language), f"=note {number}") for number, outcome in enumerate(TYPED)
    ]

    click("generate_calls", calls)
    again = {key for cell in listed(opened, language) for key in cell.split(";")}
    assert not again & {key for cell in typed for key in cell.split(";")}
    assert len(again) > 100
    picture(with_bridge, opened, language, len(rows(opened, contacts)))


# Undoing, without the mouse.

NOW = dt.datetime(2026, 11, 21, 8, 30)
STORE = {
    "Customers": f"""
        Customer ID | Customer | Mobile       | VIN   | Delivery date | Sales advisor
        C1          | Wu       | '13800138000 | {VIN} | 2026-11-18    | Li
    """,
}
LOG = "Call ID | Customer ID | Call Date | Outcome\n K1 | C1 | 2026-11-01 | Connected"
KEY = f"C1/{VIN}/DLV-3D/2026-11-18/1"


@pytest.fixture
def press(office, tmp_path, monkeypatch):
    """Opens a drawn store and presses buttons in it; what is kept for undoing lies in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))

    class Presser:
        def __init__(self, sheets):
            self.opened = office.open(workbook(tmp_path / "store.xlsx", sheets))

        def __call__(self, name):
            from xl_retention.buttons import press_in

            press_in(self.opened.book, name, NOW)

        def type(self, **entries):
            """Types into the first call."""
            for name, text in entries.items():
                sheet = self.opened.model.Sheets.getByName("Today's Calls")
                sheet.getCellByPosition(PLACES[name], HEADING_ROW).String = text

        def rows(self, sheet):
            return rows(self.opened, sheet)

        @property
        def names(self):
            return [sheet.name for sheet in self.opened.book.sheets]

    return Presser


@pytest.fixture
def saved(press):
    """A store in whose own log one call was saved, with a new phone."""
    store = press({**STORE, "Call Log": LOG})
    store("generate_calls")
    store.before = {name: store.rows(name) for name in ("Customers", "Call Log")}
    store.type(outcome="Connected", notes="=fine", new_phone="13700000000")
    store.list_before = store.rows("Today's Calls")
    store("save_results")
    return store


def test_the_clock_tells_when_and_the_list_who_where_nobody_is_called_like_the_account(saved):
    row = dict(zip(saved.rows("Call Log")[0], saved.rows("Call Log")[2], strict=True))

    assert (row["Call ID"], row["Call Date"], row["Due Key"]) == ("K2", NOW, KEY)
    assert row["Staff"] == "Li" != getpass.getuser()
    assert row["Feedback"] == "=fine; phone was 13800138000"
    assert saved.rows("Customers")[1][2] == "13700000000"
    assert len(saved.rows("Today's Calls")) == HEADING_ROW


def test_undo_takes_saved_rows_back_and_lists_the_calls_again(saved):
    saved("undo_last_run")

    assert [row[:4] for row in saved.rows("Call Log")] == saved.before["Call Log"]
    assert str(saved.rows("Customers")[1][2]) == "13800138000"
    assert saved.rows("Today's Calls") == saved.list_before


def test_an_entry_that_cannot_be_is_told_and_marked_and_undo_still_takes_the_others_back(press, told):
    second = f"\n C2 | Ma | '13800138001 | {VIN[:-1]}9 | 2026-11-18 | Li"
    store = press({"Customers": STORE["Customers"].rstrip() + second, "Call Log": LOG})
    store("generate_calls")
    store.type(outcome="Connected", next_contact="soon")
    outcome, agreed = (f"{letters(PLACES[name])}{{}}" for name in ("outcome", "next_contact"))
    store.opened.cell("Today's Calls", outcome.format(HEADING_ROW + 2)).String = "Connected"
    before = len(store.rows("Call Log"))

    for count in (1, 2):
        store("save_results")
        assert len(told) == count
        assert all(part in told[-1] for part in (agreed.format(HEADING_ROW + 1), "soon", "YYYY-MM-DD"))
        assert store.opened.book.app.selection.address == f"${letters(PLACES['next_contact'])}${HEADING_ROW + 1}"
        assert len(store.rows("Call Log")) == before + 1
    store("undo_last_run")

    assert len(store.rows("Call Log")) == before
    assert [row[PLACES["outcome"]] for row in store.rows("Today's Calls")[HEADING_ROW:]] == ["Connected"] * 2

def test_undo_leaves_rows_alone_that_somebody_worked_on_since(saved, monkeypatch):
    told = []
    monkeypatch.setattr(type(saved.opened.book.app), "alert", lambda app, text, *rest, **more: told.append(text))
    saved.opened.cell("Call Log", "A3").String = "K2a"
    before = {name: saved.rows(name) for name in ("Call Log", "Customers", "Today's Calls")}

    saved("undo_last_run")

    assert ["Call Log" in text for text in told] == [True]
    assert {name: saved.rows(name) for name in before} == before


@pytest.mark.parametrize("more", [False, True])
def test_undo_takes_a_sheet_away_that_saving_made_unless_somebody_wrote_on_it(press, more):
    store = press(STORE)
    store("generate_calls")
    store.type(outcome="Connected")
    store("save_results")
    assert "Contacts" in store.names
    if more:
        store.opened.cell("Contacts", "A3").String = "R-by-hand"

    store("undo_last_run")

    assert ("Contacts" in store.names) == more


def test_where_nothing_is_typed_the_clerk_is_told(press, monkeypatch):
    store, told = press(STORE), []
    store("generate_calls")
    monkeypatch.setattr(type(store.opened.book.app), "alert", lambda app, text, *rest, **more: told.append(text))

    store("save_results")

    assert told == [say("nothing_to_save", "en")]
