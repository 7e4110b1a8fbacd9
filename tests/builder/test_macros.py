"""The VBA: read back from the built files, read as text, and run in an interpreter with Python stubbed."""

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication

from tests.builder.vba_text import procedures
from xl_retention.builder.build import SHIPPED as NAMES
from xl_retention.builder.vba import macro_sources
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS

SOURCES = macro_sources()
ALL = [each for module, source in SOURCES.items() for each in procedures(module, source)]
DOORBELLS = ("RetentionButtons", "RetentionRibbon")
DOCUMENTED = Path(__file__).parents[2] / "docs" / "macros.md"


@pytest.fixture(params=NAMES)
def file(request, built) -> Path:
    return built / request.param


# Read back.


def code(source: str) -> str:
    """A module without the attributes that Excel puts before it."""
    lines = source.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("Attribute VB_")).strip()


def test_pyopenvba_reads_back_what_lies_in_macros(file):
    with ExcelFile(file) as opened:
        modules = opened.vba_modules()

    assert {name: source.strip() for name, source in SOURCES.items()} == {
        name: code(source) for name, source in modules.items() if name in SOURCES
    }
    assert {""} == {code(source) for name, source in modules.items() if name not in SOURCES}


def olevba(path: Path) -> dict:
    """What olevba says about a file; a process of its own, for its libraries warn about each other."""
    command = [sys.executable, "-m", "oletools.olevba", "--json", "--loglevel", "critical", str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
    return next(part for part in json.loads(answer) if part.get("type") == "OpenXML")


def test_olevba_reads_back_what_lies_in_macros(file):
    macros = olevba(file)["macros"]
    modules = {Path(m["vba_filename"]).stem: code(m["code"]) for m in macros if m["vba_filename"].endswith(".bas")}

    assert {name: source.strip() for name, source in SOURCES.items()} == modules


def test_olevba_finds_what_is_written_down_and_no_autostart(file):
    """
    The list with its reasons is docs/macros.md.
    """
    _, _, table = DOCUMENTED.read_text("utf-8").partition("## What a scanner finds")
    documented = set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))
    found = {(each["type"], each["keyword"]) for each in olevba(file)["analysis"]}

    assert {"Suspicious"} == {kind for kind, _ in found}
    assert documented == {keyword for _, keyword in found}


def test_every_sheet_has_its_document_module(book):
    """
    Excel calls a workbook damaged whose sheets and document modules do not name each other.
    """
    with ZipFile(book) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        named = {re.search(r'<sheetPr codeName="(\w+)"', package.read(name).decode())[1] for name in sheets}
        workbook = re.search(r'<workbookPr codeName="(\w+)"', package.read("xl/workbook.xml").decode())[1]
    with ExcelFile(book) as opened:
        modules = set(opened.vba_modules())

    assert workbook == "ThisWorkbook"
    assert {workbook} | named == modules - set(SOURCES)
    assert len(sheets) == len(named)


# Read as text.


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_is_ascii_explicit_and_says_what_it_is_for(module):
    source = SOURCES[module]

    assert source.isascii()
    assert "\t" not in source
    assert source.startswith("Option Explicit\n' ")
    assert max(map(len, source.splitlines())) <= 140


def test_names_of_procedures_clash_neither_with_each_other_nor_with_a_module():
    names = [each.name.casefold() for each in ALL if each.public]

    assert len(set(names)) == len(names)
    assert not set(names) & {module.casefold() for module in SOURCES}


@pytest.mark.parametrize("procedure", [each for each in ALL if each.public], ids=lambda each: each.name)
def test_a_public_procedure_rings_or_has_a_handler(procedure):
    """
    An error without handler opens the editor: a dead end for a clerk.
    """
    if procedure.module in DOORBELLS and len(procedure.lines) == 1:
        assert re.fullmatch(r"Ring .+", procedure.lines[0])
        return
    handler = next(
        match[1] for line in procedure.lines if (match := re.fullmatch(r"On Error GoTo (\w+)", line))
    )
    assert f"{handler}:" in procedure.lines
    before = procedure.lines[: procedure.lines.index(f"On Error GoTo {handler}")]
    assert all(line.startswith(("Dim ", "Static ")) for line in before)


@pytest.mark.parametrize("procedure", ALL, ids=lambda each: each.name)
def test_variables_are_used_and_nothing_else_is_assigned(procedure):
    body = "\n".join(procedure.lines)
    of_module = re.findall(r"^(?:Private|Public) (\w+)(?:\(\))? As ", SOURCES[procedure.module], re.MULTILINE)
    known = {*procedure.variables, *procedure.parameters, procedure.name, *of_module}

    for name in procedure.variables:
        assert len(re.findall(rf"\b{name}\b", body)) > 1, f"{name} is declared only"
    assigned = re.findall(r"^(?:If .+ Then )?(?:Set )?(\w+)(?:\([^=]*\))? = ", body, re.MULTILINE)
    looped = re.findall(r"^For (?:Each )?(\w+) ", body, re.MULTILINE)
    assert {*assigned, *looped} <= known


@pytest.mark.parametrize("procedure", ALL, ids=lambda each: each.name)
def test_no_sheet_or_selection_is_meant_silently(procedure):
    body = "\n".join(procedure.lines)

    assert not re.search(r"\b(ActiveSheet|ActiveCell|ActiveWorkbook|Selection)\b", body)
    assert not re.search(r"(?<![.\w])(Range|Cells|Rows|Columns|Sheets|Worksheets)\(", body)


def test_conditional_compilation_only_chooses_a_value():
    """
    LibreOffice 7.4 passes over #If and runs both sides one after the other.
    """
    for source in SOURCES.values():
        for yes, no in re.findall(r"^#If .+\n(.*)\n#Else\n(.*)\n#End If$", source, re.MULTILINE):
            assert re.match(r"\s+(\w+) = ", yes)[1] == re.match(r"\s+(\w+) = ", no)[1]
        assert source.count("#If ") == len(re.findall(r"^#If .+\n.*\n#Else\n.*\n#End If$", source, re.MULTILINE))


def test_each_button_has_its_sub_of_one_line():
    lines = {each.name: each.raw for each in ALL if each.module == "RetentionButtons" and each.public}

    assert {"Ring"} == set(lines) - {button.macro for button in (*BUTTONS, *ADD_IN_BUTTONS)}
    for button in (*BUTTONS, *ADD_IN_BUTTONS):
        assert (f'Ring "{button.name}"',) == lines[button.macro]


# Run.

STUB = """Option Explicit
Private command As String
Public Sub StubRunPython(ByVal text As String)
    command = text
    If text Like "*undo_last_run*" Then Err.Raise 53, , "no such add-in"
End Sub
Public Function LastCommand() As String
    LastCommand = command
End Function
"""
RIBBON_STUB = """Option Explicit
Public Sub PressRibbon()
    Dim control As StubControl
    Set control = New StubControl
    control.Tag = "check_data"
    RetentionRibbonPress control
End Sub
Public Sub LoadRibbon()
    Dim control As StubControl
    Set control = New StubControl
    RetentionRibbonLoaded control
End Sub
"""


@pytest.fixture
def excel(built) -> ExcelApplication:
    """The English workbook with its buttons and ribbon, and a stub in the place of the xlwings add-in."""
    app = ExcelApplication.open(built / "Retention.xlsm", with_vba=False)
    buttons = SOURCES["RetentionButtons"]
    assert buttons.count('"xlwings.xlam!RunPython"') == 1
    app.add_module(buttons.replace("xlwings.xlam!RunPython", "StubRunPython"), name="RetentionButtons")
    app.add_module(SOURCES["RetentionRibbon"], name="RetentionRibbon")
    app.add_module("Option Explicit\nPublic Tag As String\n", name="StubControl", kind="class")
    app.add_module(STUB, name="Stub")
    app.add_module(RIBBON_STUB, name="RibbonStub")
    return app


@pytest.mark.parametrize("button", [b for b in BUTTONS if b.name != "undo_last_run"], ids=lambda b: b.name)
def test_a_button_hands_its_name_to_python(excel, button):
    excel.run(button.macro)

    assert f"from xl_retention import buttons; buttons.press('{button.name}')" == excel.run("LastCommand")
    assert excel.dialogs == []


def test_a_button_says_what_to_install_when_python_is_not_reached(excel):
    excel.run("UndoLastRun")

    ((_, text, title, _),) = excel.dialogs
    assert title == "Retention"
    assert "run 'xl-retention install' once" in text
    assert "no such add-in" in text
    assert text.count(".") == 1, "one sentence"


def test_the_ribbon_rings_by_the_tag_of_its_button(excel):
    excel.run("PressRibbon")

    assert excel.run("LastCommand") == "from xl_retention import buttons; buttons.press('check_data')"


@pytest.mark.parametrize("describing", ["Described = True", "Err.Raise 1004"])
def test_loading_the_ribbon_describes_the_functions_and_never_fails(excel, describing):
    """
    Excel refuses descriptions while no workbook is open, as with an add-in.
    """
    excel.add_module(
        "Option Explicit\nPublic Described As Boolean\n"
        f"Public Sub DescribeFunctions()\n    {describing}\nEnd Sub\n"
        "Public Function WasDescribed() As Boolean\n    WasDescribed = Described\nEnd Function\n",
        name="Functions",
    )
    excel.run("LoadRibbon")

    assert (describing == "Described = True") == excel.run("WasDescribed")
    assert excel.dialogs == []
