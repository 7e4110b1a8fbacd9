"""The harness itself: a workbook is opened in a window, a button on it is clicked, Python in the office answers."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter
from pyopenvba import ExcelFile

from tests.office.virtual_screen import TooSlow

SCRIPT = """
def pressed(*arguments):
    document = XSCRIPTCONTEXT.getDocument()
    document.Sheets.getByIndex(0).getCellRangeByName("A1").String = "pressed"
"""

VBA = """Option Explicit
Public Sub RingIt()
    Dim factory As Variant, provider As Variant, script As Variant
    Dim outIndexes() As Integer, outValues() As Variant
    factory = CreateUnoService("com.sun.star.script.provider.MasterScriptProviderFactory")
    provider = factory.createScriptProvider("")
    script = provider.getScript("vnd.sun.star.script:ringing.py$pressed?language=Python&location=user")
    script.invoke Array(), outIndexes, outValues
End Sub
"""


@pytest.fixture
def workbook(tmp_path):
    seed = tmp_path / "seed.xlsm"
    with ExcelFile.create_new(str(seed)) as made:
        made.vba_project().add_module("Ringing", VBA.replace("\n", "\r\n"))
        made.save()
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(zipfile.ZipFile(seed).read("xl/vbaProject.bin"))
    path = tmp_path / "Ringing.xlsm"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("First")
        far = made.add_worksheet("Second")
        made.add_vba_project(str(project))
        far.insert_button("C60", {"macro": "RingIt", "caption": "Ring 铃", "width": 120, "height": 30})
    return path


def test_a_button_far_down_on_a_hidden_sheet_is_clicked(office, workbook, tmp_path):
    (office.scripts / "ringing.py").write_text(SCRIPT, "utf-8")
    opened = office.open(workbook)
    opened.click("Ring 铃")
    office.wait_for("the macro", lambda: opened.cell("First", "A1").String == "pressed")

    assert office.screen.screenshot(tmp_path / "clicked.png").stat().st_size > 10_000


def test_a_macro_runs_by_its_name(office, workbook):
    (office.scripts / "ringing.py").write_text(SCRIPT, "utf-8")
    opened = office.open(workbook)
    with office.within(30, "the macro"):
        opened.book.macro("Ringing.RingIt")()

    assert opened.cell("First", "A1").String == "pressed"


def test_an_unknown_button_is_named_with_those_that_there_are(office, workbook):
    with pytest.raises(AssertionError, match=r"no button 'Nope' among .*Ring 铃"):
        office.open(workbook).click("Nope")


def test_a_wait_ends_the_office_and_the_next_test_gets_another(office):
    with pytest.raises(TooSlow, match="waited 1 s for what never comes"):
        office.wait_for("what never comes", lambda: False, seconds=1)
