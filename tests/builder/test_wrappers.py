"""The VBA wrappers of the cell functions: their text, and how they run where Python answers, fails or is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import retention_udfs

from xl_retention.builder.wrappers import LONGEST_DESCRIPTION, MODULE, TARGET, cell_functions, wrappers

pyopenvba = pytest.importorskip("pyopenvba")
excel = pytest.importorskip("pyopenvba.apps.excel")

SOURCE = wrappers(retention_udfs)
FUNCTIONS = cell_functions(retention_udfs)
NAMES = [function.name for function in FUNCTIONS]

RESERVED = """
    access alias and append as base binary boolean byref byte byval call case classmodule compare compatible
    const currency date debug declare dim do double each else end enum eqv erase error event exit explicit false
    for friend function get global gosub goto if imp implements in input integer is let lib like line lock long
    loop lset me mod name new next not nothing null object on open option optional or paramarray preserve print
    private property public put raiseevent redim rem resume return rset seek select set single spc static step
    stop string sub tab then time to true type unlock until variant wend while with write xor
"""

STUBS = """
Option Explicit
Private area As String
Public Described As Long

Public Sub PutAt(ByVal address As String, ByVal value As Variant, ByVal numberFormat As String)
    ActiveSheet.Range(address).NumberFormat = numberFormat
    ActiveSheet.Range(address).Value = value
End Sub

Public Sub CallFrom(ByVal address As String)
    area = address
End Sub

Public Function CallingCells() As Variant
    Set CallingCells = ActiveSheet.Range(area)
End Function

Public Function CallingButton() As Variant
    CallingButton = "Button 1"
End Function

Public Sub NoteOptions(ByVal Macro As String, ByVal Description As String, ByVal Category As String, _
        ByVal ArgumentDescriptions As Variant)
    If Len(Description) > 0 And Category = "Retention" And UBound(ArgumentDescriptions) >= 0 Then
        Described = Described + 1
    End If
End Sub

Public Function HowManyDescribed() As Long
    HowManyDescribed = Described
End Function

Public Function Reached() As Object
    Set Reached = New Server
End Function

Public Function Missing() As Object
    ActiveSheet.Range("Z1").Value = ActiveSheet.Range("Z1").Value + 1
    Err.Raise 1004, , "Cannot run the macro"
End Function

Public Function Looked() As Variant
    Looked = ActiveSheet.Range("Z1").Value
End Function
"""

SERVER = """
Option Explicit
Public Function CallUDF(ByVal script As String, ByVal name As String, ByVal values As Variant, _
        ByVal book As Object, ByVal caller As Variant) As Variant
    Dim told As String
    Dim place As Long
    If TypeName(values(0)) = "String" Then Err.Raise 440, , "Traceback"
    told = script & "." & name & " in " & book.Name & " from " & TypeName(caller)
    For place = LBound(values) To UBound(values)
        If IsMissing(values(place)) Then
            told = told & ", missing"
        Else
            told = told & ", " & TypeName(values(place))
        End If
    Next place
    CallUDF = told
End Function
"""

Started = Callable[..., "excel.ExcelApplication"]


@pytest.fixture
def started(tmp_path: Path) -> Started:
    """Excel as far as pyOpenVBA knows it, with our module and Python stubbed at the boundary."""
    path = tmp_path / "Store.xlsm"
    with pyopenvba.ExcelFile.create_new(str(path)) as made:
        made.vba_project()
        made.save()

    def start(python: str = "Reached", caller: str = "CallingCells") -> excel.ExcelApplication:
        source = SOURCE.replace("xlwings.xlam!XLPy", python)
        source = source.replace("Application.Caller", f"{caller}()").replace("Application.MacroOptions", "NoteOptions")
        application = excel.ExcelApplication.open(path)
        application.add_module(source, name=MODULE)
        application.add_module(STUBS, name="Stubs")
        application.add_module(SERVER, name="Server", kind="class")
        application.run("CallFrom", "B2")
        return application

    return start


def test_the_module_is_made_of_the_functions():
    """A changed function shows in its wrapper: `python -m xl_retention.builder.wrappers`."""
    assert TARGET.read_text("ascii") == SOURCE


def test_the_module_is_plain_and_strict():
    assert SOURCE.isascii()
    assert SOURCE.startswith("Option Explicit\n")
    assert max(map(len, SOURCE.split("\n"))) <= 120
    assert "\r" not in SOURCE


def test_no_argument_bears_a_word_of_the_language():
    names = [argument.name for function in FUNCTIONS for argument in function.arguments]
    assert [name for name in names if name in RESERVED.split()] == []


def test_no_function_bears_the_name_of_a_cell():
    assert [name for name in NAMES if re.fullmatch(r"[A-Z]{1,3}\d+", name)] == []


def test_the_wizard_is_told_no_more_than_it_takes():
    for function in FUNCTIONS:
        texts = [function.summary, *(argument.meaning for argument in function.arguments)]
        assert max(map(len, texts)) <= LONGEST_DESCRIPTION
        for argument in function.arguments:
            assert argument.optional == argument.meaning.startswith("Optional. "), f"{function.name}: {argument.name}"


def test_what_libreoffice_passes_over_only_chooses_a_value():
    """
    LibreOffice 7.4 runs both sides of #If: each is one assignment to the same name, and LibreOffice's stands last.
    """
    sides = re.findall(r"#If \w+ Then\n    (\w+) = [^\n]+\n#Else\n    (\w+) = [^\n]+\n#End If\n", SOURCE)
    assert len(sides) == SOURCE.count("#If ") == 3
    assert all(first == second for first, second in sides)


@pytest.mark.parametrize("name", NAMES)
def test_every_function_hands_its_arguments_to_python(started: Started, name: str):
    function = next(each for each in FUNCTIONS if each.name == name)
    needed = sum(not argument.optional for argument in function.arguments)
    told = started().run(name, *range(1, needed + 1))

    arguments = ["Long"] * needed + ["missing"] * (len(function.arguments) - needed)
    assert told == f"retention_udfs.{name} in Store.xlsm from Range, {', '.join(arguments)}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("python", ["Missing", "Reached"])
def test_without_an_answer_the_cell_keeps_what_it_showed(started: Started, name: str, python: str):
    """
    Python is missing; or it is there, and raises.
    """
    application = started(python)
    application.run("PutAt", "B2", 0.75, "0.0%")
    function = next(each for each in FUNCTIONS if each.name == name)
    needed = sum(not argument.optional for argument in function.arguments)

    assert application.run(name, *["x"] * needed) == 0.75


@pytest.mark.parametrize(
    ("value", "number_format", "kept"),
    [
        pytest.param(0.7543, "General", 0.7543, id="number"),
        pytest.param(0.7543, "0.0%", 0.754, id="as exact as it is shown"),
        pytest.param(0.7543, "0.0%_)", 0.754, id="with room behind it"),
        pytest.param(-3, "0", -3, id="negative"),
        pytest.param(45720, "yyyy-mm-dd", dt.datetime(2025, 3, 4), id="date"),
        pytest.param("Loyal", "@", "Loyal", id="word"),
        pytest.param("138****8000", "@", "138****8000", id="masked phone"),
        pytest.param("start: not a date", "@", "start: not a date", id="wrong argument"),
        pytest.param("", "General", "", id="no data"),
        pytest.param("#NAME?", "@", "", id="an error is not kept"),
        pytest.param("####", "@", "", id="nor a column too narrow"),
    ],
)
def test_what_a_cell_showed_comes_back_as_what_it_was(
    started: Started, value: object, number_format: str, kept: object
):
    application = started("Missing")
    application.run("PutAt", "B2", value, number_format)

    assert application.run("RETURN_RATE", 3, 4) == kept


def test_a_block_of_cells_keeps_each_of_its_values(started: Started):
    application = started("Missing")
    for address, value in {"B2": "DLV-3D", "C2": 45720, "B3": "", "C3": 1.5}.items():
        application.run("PutAt", address, value, "yyyy-mm-dd" if value == 45720 else "General")
    application.run("CallFrom", "B2:C3")

    assert application.run("DUE_CONTACTS", 1) == [["DLV-3D", dt.datetime(2025, 3, 4)], ["", 1.5]]


def test_called_from_a_button_instead_of_a_cell_there_is_nothing_to_keep(started: Started):
    assert started("Missing", "CallingButton").run("RETURN_RATE", 3, 4) == ""


def test_where_python_is_missing_it_is_not_looked_for_in_every_cell(started: Started):
    application = started("Missing")
    application.freeze_clock(dt.datetime(2025, 3, 1, 9, 0, 0))
    for _ in range(5):
        application.run("RETURN_RATE", 3, 4)
    assert application.run("Looked") == 1

    application.freeze_clock(dt.datetime(2025, 3, 1, 9, 0, 31))
    application.run("RETURN_RATE", 3, 4)
    assert application.run("Looked") == 2


def test_every_function_is_described_to_the_wizard(started: Started):
    application = started()
    application.run("DescribeFunctions")

    assert application.run("HowManyDescribed") == len(FUNCTIONS)
