"""The office through xlwings: status bar, messages, screen and calculation; and from within its own Python."""

from __future__ import annotations

import sys
import sysconfig
import threading
import time
from pathlib import Path

import pytest
import xlsxwriter
import xlwings

from tests.office.virtual_screen import wait_for
from xl_retention.books.libreoffice import NotInLibreOffice, connect
from xl_retention.errors import BookRefused

ROOT = Path(__file__).parents[2]

IN_PROCESS = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path

def press(*arguments):
    from xl_retention.books.libreoffice import book_of
    book = book_of(XSCRIPTCONTEXT)
    folder = Path({folder!r})
    sheet = book.sheets[0]
    sheet["A1"].value = [["客户", 1.0], ["=B1+1", None]]
    book.app.status_bar = "Reading Customers…"
    (folder / "busy").touch()
    import time
    for _ in range(100):
        if (folder / "seen").exists():
            break
        time.sleep(0.1)
    book.app.status_bar = False
    answer = book.app.alert("Go on?", "Question 问", "yes_no")
    sheet["C1"].value = [[answer, repr(sheet["A1:B2"].value), book.app.pid]]
"""


@pytest.fixture
def book(office):
    return office.new().book


def shown(office, path):
    """The left of the status bar as bytes of a picture, once it is drawn."""

    def picture():
        return office.screen.screenshot(path, "180x16+4+881").read_bytes()

    def resting():
        first = picture()
        time.sleep(0.3)
        return first if first == picture() else b""

    return wait_for("the status bar to be drawn", resting, 15)


def test_the_app_knows_itself(book, office):
    assert book.app.engine.name == "libreoffice"
    assert book.app.version.major >= 7
    assert book.app.pid == office.process.pid
    assert [one.name for one in book.app.books] == [book.name]
    assert xlwings.apps.active == book.app
    assert xlwings.books.active == book


def test_the_status_bar_shows_a_text_until_it_is_put_back(book, office, tmp_path):
    before = shown(office, tmp_path / "before.png")
    book.app.status_bar = "Generating calls 12 %"
    office.wait_for("the text", lambda: shown(office, tmp_path / "text.png") != before)
    assert book.app.status_bar == "Generating calls 12 %"
    first = shown(office, tmp_path / "text.png")
    book.app.status_bar = "Generating calls 99 %"
    office.wait_for("the next text", lambda: shown(office, tmp_path / "next.png") != first)
    book.app.status_bar = False
    office.wait_for("what was there before", lambda: shown(office, tmp_path / "after.png") == before)

    assert book.app.status_bar is False


@pytest.mark.parametrize(
    ("buttons", "mode", "key", "answer"),
    [
        ("ok", "info", "Return", "ok"),
        ("ok", "critical", "Escape", "ok"),
        ("ok_cancel", None, "Escape", "cancel"),
        ("yes_no", None, "Return", "yes"),
        ("yes_no_cancel", None, "alt+n", "no"),
    ],
)
def test_a_message_says_which_button_was_pressed(book, office, buttons, mode, key, answer):
    answers: list[str] = []
    asking = threading.Thread(
        target=lambda: answers.append(book.app.alert("Go on?", "Question 问", buttons=buttons, mode=mode))
    )
    asking.start()
    office.screen.wait_for_window("Question 问")
    office.screen.press_key(key)
    asking.join(20)

    assert answers == [answer]


def test_screen_and_calculation_are_put_back_whatever_happens(book, office):
    model = book.api

    def fail_halfway():
        with book.app.properties(screen_updating=False, calculation="manual", enable_events=False):
            assert (book.app.screen_updating, book.app.calculation) == (False, "manual")
            assert model.hasControllersLocked()
            book.sheets[0]["A1"].value = [[{"a": "dict"}]]

    with pytest.raises(NotInLibreOffice):
        fail_halfway()

    assert (book.app.screen_updating, book.app.calculation) == (True, "automatic")
    assert not model.hasControllersLocked()
    assert not model.isActionLocked()


def test_a_book_opened_while_the_screen_is_held_has_no_window(book, office, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "Other.xlsx") as made:
        made.add_worksheet("Ours").write("A1", "drawn")
    titles = office.screen.windows()
    with book.app.properties(screen_updating=False):
        other = book.app.books.open(tmp_path / "Other.xlsx")
        other.sheets[0].copy(after=book.sheets[0])
        assert office.screen.windows() == titles
        other.close()

    assert [one.name for one in book.app.books] == [book.name]
    assert book.sheets["Ours"]["A1"].value == "drawn"


def test_manual_calculation_waits_for_the_word(book):
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, "=A1+1"]]
    book.app.calculation = "manual"
    sheet["A1"].value = 5
    assert sheet["B1"].value == 2.0
    book.app.calculate()

    assert sheet["B1"].value == 6.0


def test_no_office_and_no_workbook_are_told_apart(office):
    with pytest.raises(BookRefused, match="No LibreOffice answers"):
        connect("nobody", 1)
    with pytest.raises(BookRefused, match="No workbook is open"):
        connect(office.pipe, office.process.pid)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the office's own Python must be able to load our packages")
def test_python_within_the_office_does_the_same(office, tmp_path):
    """
    The status bar shows while the script is still at work, though the office does nothing else meanwhile.
    """
    paths = [str(ROOT), sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]]
    script = IN_PROCESS.format(paths=paths, folder=str(tmp_path))
    (office.scripts / "within.py").write_text(script, "utf-8")
    opened = office.new()
    before = shown(office, tmp_path / "before.png")
    provider = opened.model.getScriptProvider()
    running = threading.Thread(
        target=lambda: provider.getScript("vnd.sun.star.script:within.py$press?language=Python&location=user").invoke(
            (), (), ()
        )
    )
    running.start()
    office.wait_for("the script to be at work", (tmp_path / "busy").exists, 60)
    office.wait_for("the text", lambda: shown(office, tmp_path / "text.png") != before, 8)
    (tmp_path / "seen").touch()
    office.screen.wait_for_window("Question 问")
    office.screen.press_key("Return")
    running.join(30)
    answer, values, pid = (opened.cell("Sheet1", address).String for address in ("C1", "D1", "E1"))

    assert answer == "yes"
    assert values == "[['客户', 1.0], [2.0, None]]"
    assert int(pid) > 0
