"""The button Pack for mail in a workbook that is open in a real LibreOffice, and the copy that comes back."""

from __future__ import annotations

import email
import io
import threading
import zipfile
from collections.abc import Callable
from email import policy
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import load_workbook

from tests.actions.drawn import workbook
from tests.actions.test_merge_copies import BASE, VISITS
from tests.actions.test_pack import edit
from tests.office.test_merge_button import Screen
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.merging import copies_sheet
from xl_retention.sheets.wording import say

PASSWORD_WINDOW = say("button_pack_copy", "en")
ROWS = {name: copies_sheet.INPUT_ROW + number for number, name in enumerate(copies_sheet.FORM)}
COPY, LETTER = "Store copy 2026-11-21.xlsx", "Store copy 2026-11-21.eml"


@pytest.fixture
def screen(office, tmp_path: Path, told: list[str]) -> Screen:
    workbook(tmp_path / "Store.xlsx", {"Customers": BASE, "Visits": VISITS})
    opened = office.open(tmp_path / "Store.xlsx")
    return Screen(opened, told)


def test_a_masked_copy_and_its_message_lie_beside_the_workbook_and_merge_when_they_return(
    screen: Screen, tmp_path: Path
) -> None:
    screen.press("pack_copy")
    assert screen.told == [say("pack_form_shown", "en")]
    screen.fill("Copies", ROWS["pack_for"], 2, "boss@example.com")
    screen.fill("Customers", 4, 2, "Cyrus")  # not saved yet

    screen.press("pack_copy")

    assert COPY in screen.told[1]
    message = email.message_from_bytes((tmp_path / LETTER).read_bytes(), policy=policy.default)
    (attached,) = message.iter_attachments()
    assert (message["To"], attached.get_content()) == ("boss@example.com", (tmp_path / COPY).read_bytes())
    with zipfile.ZipFile(tmp_path / COPY) as archive:
        text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert not any(secret in text for secret in ("Cyrus", "13900000001", "Ada"))
    assert screen.live.is_saved
    with ClosedBook(tmp_path / "Store.xlsx") as saved:
        (event,) = copies_sheet.read(saved)
    assert (event.what, event.file, event.receiver) == ("packed", COPY, "boss@example.com")
    assert screen.live.read("Journal")[3][2] == say("button_pack_copy", "en")

    edit(tmp_path / COPY, "Customers", "C2", "Mobile", "13911111111")
    screen.fill("Copies", ROWS["copy_to_merge"], 2, COPY)
    screen.press("merge_copy")
    assert screen.live.read("Customers")[2][2] == "13911111111"
    assert screen.live.read("Customers")[3][1] == "Cyrus"


def test_undoing_an_earlier_run_keeps_the_key_of_a_copy_that_left(screen: Screen, tmp_path: Path) -> None:
    workbook(tmp_path / "East.xlsx", {"Customers": BASE.replace("Bo ", "Bob "), "Visits": VISITS})
    screen.press("merge_copy")
    screen.fill("Copies", ROWS["copy_to_merge"], 2, "East.xlsx")
    screen.press("merge_copy")
    screen.press("pack_copy")

    screen.press("undo_last_run")

    assert [event.what for event in copies_sheet.read(screen.live)] == ["packed", "merged"]


def test_the_password_is_asked_in_a_window_and_stands_nowhere(screen: Screen, office, tmp_path: Path) -> None:
    screen.press("pack_copy")
    screen.fill("Copies", ROWS["pack_masked"], 2, "no")
    screen.fill("Copies", ROWS["pack_locked"], 2, "yes")

    while_it_asks(office, lambda: office.screen.press_key("Escape"), lambda: screen.press("pack_copy"))
    assert screen.told[-1] == say("pack_no_password", "en")
    assert not (tmp_path / COPY).exists()

    def typed() -> None:
        office.screen.type_text("open-sesame")
        office.screen.press_key("Return")

    while_it_asks(office, typed, lambda: screen.press("pack_copy"))

    with (tmp_path / COPY).open("rb") as file:
        lock = msoffcrypto.OfficeFile(file)
        lock.load_key(password="open-sesame")
        opened = io.BytesIO()
        lock.decrypt(opened)
    assert load_workbook(opened)["Customers"]["B2"].value == "Ada"
    with zipfile.ZipFile(tmp_path / "Store.xlsx") as archive:
        assert not any(b"open-sesame" in archive.read(name) for name in archive.namelist())


def while_it_asks(office, answer: Callable[[], None], press: Callable[[], None]) -> None:
    """Presses a button whose window somebody else answers meanwhile."""
    failed: list[BaseException] = []

    def person() -> None:
        try:
            office.screen.wait_for_window(PASSWORD_WINDOW)
            answer()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=person)
    thread.start()
    with office.within(60, "the window to be answered"):
        press()
    thread.join()
    assert not failed, failed
