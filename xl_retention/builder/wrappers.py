"""VBA wrappers of the cell functions, made from `retention_udfs`: names, arguments and what the wizard says.

`python -m xl_retention.builder.wrappers` writes `macros/RetentionFunctions.bas` anew; a test compares the two.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

MODULE = "RetentionFunctions"
"""Of the VBA module."""

TARGET = Path(__file__).resolve().parents[2] / "macros" / f"{MODULE}.bas"

LONGEST_DESCRIPTION = 255
"""What Excel's function wizard takes, for a function as for an argument."""

HEAD = '''\
Option Explicit
' Cell functions, made by "python -m xl_retention.builder.wrappers" from udfs/retention_udfs.py: do not edit here.
' What they compute is in Python; each wrapper hands its arguments over as they are.
' Excel for Windows: the xlwings add-in is called late bound, so that the workbook opens in a store without it.
' LibreOffice (no VBA7): the script that 'xl-retention install' puts into the user's profile.
' Without Python, and on a Mac, a cell keeps the value that it showed (LibreOffice does not tell which cell asks: once
' computed anew it is empty there). No function gives an error value.

Private Const PYTHON As String = "xlwings.xlam!XLPy"
Private Const FUNCTIONS As String = "retention_udfs"
Private Const BRIDGE As String = "vnd.sun.star.script:xl_retention_bridge.py$call?language=Python&location=user"

' Where Python is missing, looking for it in every cell would take minutes.
Private Const PAUSE_SECONDS As Long = 30
Private notBefore As Date
Private Const NOT_REACHED As Long = 5
'''

# A line is not broken at `~`.
WRAPPER = '''
Public Function {name}({parameters})~As~Variant
    On Error GoTo KeepShown
    {name} = Asked("{name}", {arguments})
    Exit Function
KeepShown:
    {name} = Shown()
End Function
'''

DESCRIBING = '''
' Tells Excel's function wizard what the functions and their arguments mean.
Public Sub DescribeFunctions()
    On Error GoTo NotDescribed
{calls}
NotDescribed:
End Sub

Private Sub Describe(ByVal functionName As String, ByVal says As String, ParamArray arguments() As Variant)
    Dim meanings As Variant
    meanings = arguments
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & functionName, Description:=says, _
        Category:="{category}", ArgumentDescriptions:=meanings
End Sub
'''

TAIL = '''
Private Function Asked(ByVal functionName As String, ParamArray given() As Variant) As Variant
    Dim values As Variant
    values = given
    If InLibreOffice() Then
        Asked = AskedOfBridge(functionName, values)
    Else
        Asked = AskedOfXlwings(functionName, values)
    End If
End Function

Private Function AskedOfXlwings(ByVal functionName As String, ByVal values As Variant) As Variant
    Dim server As Object
    If OnMac() Or Now < notBefore Then Err.Raise NOT_REACHED
    notBefore = DateAdd("s", PAUSE_SECONDS, Now)
    Set server = Application.Run(PYTHON)
    notBefore = 0
    AskedOfXlwings = server.CallUDF(FUNCTIONS, functionName, values, ThisWorkbook, Application.Caller)
End Function

Private Function AskedOfBridge(ByVal functionName As String, ByVal values As Variant) As Variant
    Dim factory As Variant
    Dim provider As Variant
    Dim script As Variant
    Dim outIndexes() As Integer
    Dim outArguments() As Variant
    Dim handed() As Variant
    Dim place As Long
    ReDim handed(0 To UBound(values) + 1)
    handed(0) = functionName
    For place = 0 To UBound(values)
        If IsMissing(values(place)) Then
            handed(place + 1) = ""
        ElseIf TypeName(values(place)) = "Range" Then
            handed(place + 1) = values(place).CellRange
        Else
            handed(place + 1) = values(place)
        End If
    Next place
    factory = UnoService("com.sun.star.script.provider.MasterScriptProviderFactory")
    provider = factory.createScriptProvider("")
    script = provider.getScript(BRIDGE)
    AskedOfBridge = Block(script.invoke(handed, outIndexes, outArguments))
End Function

' LibreOffice 7.4 passes over #If, #Else and #End If and runs both sides, so these only choose a value: the last.
Private Function InLibreOffice() As Boolean
#If VBA7 Then
    InLibreOffice = False
#Else
    InLibreOffice = True
#End If
End Function

' Excel does not know the name of this service, and must not compile it.
Private Function UnoService(ByVal serviceName As String) As Variant
#If VBA7 Then
    UnoService = Empty
#Else
    UnoService = CreateUnoService(serviceName)
#End If
End Function

' xlwings has no cell functions on a Mac.
Private Function OnMac() As Boolean
#If Mac Then
    OnMac = True
#Else
    OnMac = False
#End If
End Function

' What Python hands back in LibreOffice, the width of a block and its cells row by row, as that block; a single value
' as it is. Rows of their own would take Basic ten times as long.
Private Function Block(ByVal answer As Variant) As Variant
    Dim values() As Variant
    Dim width As Long
    Dim place As Long
    Block = answer
    If Not IsArray(answer) Then Exit Function
    width = answer(0)
    ReDim values(0 To UBound(answer) \\ width - 1, 0 To width - 1)
    If width = 1 Then
        For place = 1 To UBound(answer)
            values(place - 1, 0) = answer(place)
        Next place
    Else
        For place = 1 To UBound(answer)
            values((place - 1) \\ width, (place - 1) Mod width) = answer(place)
        Next place
    End If
    Block = values
End Function

' What the calling cells showed before: of a spilled list all its cells, of one cell a single value.
Private Function Shown() As Variant
    Dim area As Object
    Dim values() As Variant
    Dim row As Long
    Dim column As Long
    On Error GoTo NotACell
    Shown = ""
    Set area = Spilled(Application.Caller)
    If area.Cells.Count = 1 Then
        Shown = Typed(area.Text)
        Exit Function
    End If
    ReDim values(1 To area.Rows.Count, 1 To area.Columns.Count)
    For row = 1 To UBound(values, 1)
        For column = 1 To UBound(values, 2)
            values(row, column) = Typed(area.Cells(row, column).Text)
        Next column
    Next row
    Shown = values
NotACell:
End Function

Private Function Spilled(ByVal caller As Object) As Object
    Set Spilled = caller
    On Error GoTo NoSpill
    If caller.HasSpill Then Set Spilled = caller.SpillingToRange
NoSpill:
End Function

' The number or date that a cell's text stands for; a cell too narrow or in error shows nothing that can be kept.
Private Function Typed(ByVal text As String) As Variant
    On Error GoTo AsText
    Typed = text
    text = RTrim$(text)
    If text Like "[#]*" Then
        Typed = ""
    ElseIf text Like "*#%" Then
        Typed = CDbl(Left$(text, Len(text) - 1)) / 100
    ElseIf IsNumeric(text) Then
        Typed = CDbl(text)
    ElseIf text Like "*#[-/.]*#*" And IsDate(text) Then
        Typed = CDate(text)
    End If
AsText:
End Function
'''


@dataclass(frozen=True)
class Argument:
    """One argument of a cell function, as the wizard shows it."""

    name: str
    optional: bool
    meaning: str


@dataclass(frozen=True)
class CellFunction:
    """A cell function as its wrapper and the wizard know it.

    Args:
        name: Of the formula.
        summary: First line of its docstring.
        arguments: In their order.
        examples: Formulas with what they show.
    """

    name: str
    summary: str
    arguments: tuple[Argument, ...]
    examples: tuple[tuple[str, str], ...]


def cell_functions(module: ModuleType) -> list[CellFunction]:
    """The functions that a module lists in `__all__`, in that order."""
    return [_function(name, getattr(module, name)) for name in module.__all__]


def _function(name: str, function: object) -> CellFunction:
    documentation = inspect.getdoc(function) or ""
    meanings = dict(line.split(": ", 1) for line in _section(documentation, "Args"))
    arguments = tuple(
        Argument(each.name, each.default is not inspect.Parameter.empty, meanings[each.name])
        for each in inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    )
    examples = tuple(tuple(line.split(" -> ", 1)) for line in _section(documentation, "Examples"))
    return CellFunction(name, documentation.splitlines()[0], arguments, examples)  # type: ignore[arg-type]


def _section(documentation: str, heading: str) -> list[str]:
    """The lines of one section of a docstring."""
    _, _, behind = documentation.partition(f"\n{heading}:\n")
    lines = behind.split("\n\n")[0].splitlines()
    return [line.strip() for line in lines]


def wrappers(module: ModuleType) -> str:
    """The source of the VBA module; its lines end as in any text file here."""
    functions = cell_functions(module)
    describing = DESCRIBING.format(
        calls="\n".join(_description(function) for function in functions), category=module.CATEGORY
    )
    return HEAD + "".join(_wrapper(function) for function in functions) + describing + TAIL


def _wrapper(function: CellFunction) -> str:
    parameters = ", ".join(f"{'Optional~' * each.optional}{each.name}" for each in function.arguments)
    arguments = ", ".join(each.name for each in function.arguments)
    text = WRAPPER.format(name=function.name, parameters=parameters, arguments=arguments)
    return "\n".join(_broken(line) for line in text.split("\n")).replace("~", " ")


def _broken(line: str) -> str:
    """A long line continued as VBA does it."""
    if len(line) <= LINE:
        return line
    return " _\n".join(textwrap.wrap(line, LINE - 2, subsequent_indent=" " * 8, break_long_words=False))


LINE = 118
"""Longest line of the source."""


def _description(function: CellFunction) -> str:
    texts = [function.summary, *(each.meaning for each in function.arguments)]
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    return f'    Describe "{function.name}", _\n        ' + ", _\n        ".join(quoted)


def function_names() -> tuple[str, ...]:
    """Names of the cell functions, out of the wrappers that come with the package."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "macros" / TARGET.name, TARGET)
    text = next((path.read_text(encoding="ascii") for path in places if path.is_file()), "")
    return tuple(re.findall(r"^Public Function (\w+)\(", text, re.MULTILINE))


def main() -> None:
    """Writes the module."""
    TARGET.write_text(wrappers(import_module("retention_udfs")), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
