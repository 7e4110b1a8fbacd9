"""Workbooks of measured sizes as XML straight into the zip, a block of rows at a time.

XlsxWriter would hold ten million cells in memory to share their texts as Excel does.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

GENERAL, DATE, MOMENT, HEADING = 0, 1, 2, 3
"""Styles of cells, by their number in the workbook."""
_BLOCK = 20_000

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """A heading and what stands below it; dates are serial numbers.

    Args:
        filled: Where the cell holds anything; None: everywhere.
    """

    heading: str
    values: Sequence[str] | Ints | npt.NDArray[np.float64]
    style: int = GENERAL
    filled: Bools | None = None


@dataclass
class Strings:
    """The shared strings: each different text once, in the order of first use."""

    number: dict[str, int] = field(default_factory=dict)
    used: int = 0

    def numbers(self, texts: Sequence[str]) -> list[int]:
        """The number of each text; new ones are taken in."""
        self.used += len(texts)
        number = self.number
        return [number.setdefault(text, len(number)) for text in texts]

    def cells(self, letter: str, first: int, texts: Sequence[str], style: str = "") -> list[str]:
        """Cells of a column from the row *first* on that hold these texts."""
        return [
            f'<c r="{letter}{row}"{style} t="s"><v>{number}</v></c>'
            for row, number in enumerate(self.numbers(texts), first)
        ]


@dataclass
class TextsInCells(Strings):
    """No shared strings: each cell holds its text, as programs write it that export tables."""

    def cells(self, letter: str, first: int, texts: Sequence[str], style: str = "") -> list[str]:
        return [
            f'<c r="{letter}{row}"{style} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for row, text in enumerate(texts, first)
        ]


def write_workbook(path: Path, sheets: Iterable[tuple[str, Sequence[Column]]], strings: Strings | None = None) -> None:
    """Writes a workbook of sheets, each with its name; the file is there at once or not at all.

    Args:
        strings: How it holds its texts; shared as Excel does where nothing is said.
    """
    strings = Strings() if strings is None else strings
    partial = path.with_name(path.name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as book:
        names: list[str] = []
        for name, columns in sheets:
            names.append(name)
            with book.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w", force_zip64=True) as part:
                _write_sheet(part, columns, strings)
        with book.open(_entry("xl/sharedStrings.xml"), "w", force_zip64=True) as part:
            _write_strings(part, strings)
        for part_name, text in _frame(names).items():
            book.writestr(_entry(part_name), text)
    partial.replace(path)


def _write_sheet(part: IO[bytes], columns: Sequence[Column], strings: Strings) -> None:
    letters = [chr(ord("A") + place) for place in range(len(columns))]
    rows = len(columns[0].values)
    part.write(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<dimension ref="A1:{letters[-1]}{rows + 1}"/><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>"
            '<sheetFormatPr defaultRowHeight="15"/>'
            f'<cols><col min="1" max="{len(columns)}" width="16" customWidth="1"/></cols>'
            '<sheetData><row r="1">'
        ).encode()
    )
    cells = [
        cell
        for a, column in zip(letters, columns, strict=True)
        for cell in strings.cells(a, 1, [column.heading], f' s="{HEADING}"')
    ]
    part.write(("".join(cells) + "</row>").encode())
    for start in range(0, rows, _BLOCK):
        stop = min(start + _BLOCK, rows)
        block = [_cells(a, column, start, stop, strings) for a, column in zip(letters, columns, strict=True)]
        lines = [
            f'<row r="{row + 2}">{"".join(cells)}</row>' for row, cells in enumerate(zip(*block, strict=True), start)
        ]
        part.write("".join(lines).encode())
    part.write(f'</sheetData><autoFilter ref="A1:{letters[-1]}{rows + 1}"/></worksheet>'.encode())


def _cells(letter: str, column: Column, start: int, stop: int, strings: Strings) -> list[str]:
    values = column.values[start:stop]
    if isinstance(values, np.ndarray):
        style = f' s="{column.style}"' if column.style else ""
        cells = [
            f'<c r="{letter}{row}"{style}><v>{value:.10g}</v></c>'
            for row, value in enumerate(values.tolist(), start + 2)
        ]
    else:
        cells = strings.cells(letter, start + 2, values)
    if column.filled is None:
        return cells
    return [cell if filled else "" for cell, filled in zip(cells, column.filled[start:stop].tolist(), strict=True)]


def _write_strings(part: IO[bytes], strings: Strings) -> None:
    part.write(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' count="{strings.used}" uniqueCount="{len(strings.number)}">'.encode()
    )
    texts = list(strings.number)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        part.write("".join([f"<si><t>{escape(text)}</t></si>" for text in block]).encode())
    part.write(b"</sst>")


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2026, 11, 21, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _frame(sheets: Sequence[str]) -> dict[str, str]:
    """The parts around the sheets: what is in the zip, how the parts hang together, the four cell styles."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, len(sheets) + 1)
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{len(sheets) + 2}" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'{head}<styleSheet xmlns="{main}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }  # fmt: skip
