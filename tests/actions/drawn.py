"""Workbooks drawn as text, for tests that read as the specification, and the shell that is asked about them."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook, load_workbook

from xl_retention import cli
from xl_retention.books.closed import ClosedBook

TODAY = "2026-11-21"
AS_OF = dt.date.fromisoformat(TODAY)
VIN = "LSVAA4187E2184847"
OTHER_VIN = "LSVAA4187E2184848"

Sheet = str | Sequence[Sequence[object]]


def cells(drawing: str) -> list[list[object]]:
    """
    The rows of a drawing: `|` parts the cells, ISO days become dates, short numbers numbers.

    An apostrophe keeps a cell as text, as in Excel; a line of only blanks is a blank row.
    """
    return [[_cell(text.strip()) for text in line.split("|")] for line in drawing.strip("\n").splitlines()]


def _cell(text: str) -> object:
    if not text:
        return None
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        with contextlib.suppress(ValueError):
            return dt.datetime.fromisoformat(text)
    return float(text) if re.fullmatch(r"-?\d{1,8}(\.\d+)?", text) else text


def workbook(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    """Writes a workbook of drawn sheets."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": dt.datetime(2026, 11, 20)})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, sheet in sheets.items():
            worksheet = book.add_worksheet(name)
            for row, values in enumerate(cells(sheet) if isinstance(sheet, str) else sheet):
                for column, value in enumerate(values):
                    if isinstance(value, dt.datetime):
                        worksheet.write_datetime(row, column, value, day)
                    elif isinstance(value, str):
                        worksheet.write_string(row, column, value)
                    elif value is not None:
                        worksheet.write(row, column, value)
    return path


@dataclass(frozen=True)
class Answer:
    """What the shell gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout."""
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer

    def rows(self, *names: str) -> list[tuple[object, ...]]:
        """Some fields of the calls, in their order."""
        return [tuple(row[name] for name in names) for row in self.json["rows"]]

    def problems(self, *names: str) -> list[tuple[str, ...]]:
        """Some fields of the findings, in their order."""
        return [tuple(problem[name] for name in names) for problem in self.json["problems"]]


def shell(*arguments: object) -> Answer:
    """Runs a command as the console script does, but inside this process."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run([str(argument) for argument in arguments])
    except SystemExit as stopped:  # --help and --version
        code = int(stopped.code or 0)
    finally:
        gc.enable()
    return Answer(code, out.getvalue(), err.getvalue())


def today(book: Path, *arguments: object) -> Answer:
    """`today BOOK --date 2026-11-21 --json`; it has to go well."""
    answer = shell("today", book, "--date", TODAY, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


def check(book: Path, *arguments: object) -> Answer:
    """`check BOOK --date 2026-11-21 --json`; it has to go well."""
    answer = shell("check", book, "--date", TODAY, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


CALL_SHEETS = ("Today's Calls", "今日回访")
KEYS = ("Key", "到期键")
HEADING_ROW = 3


def call_sheet(path: Path) -> list[dict[str, object]]:
    """The rows of the call sheet by heading, as they stand in the file."""
    with ClosedBook(path) as book:
        (name,) = set(CALL_SHEETS) & set(book.sheet_names())
        rows = book.read(name)
    headings = [str(heading) for heading in rows[HEADING_ROW - 1]]
    return [dict(zip(headings, row, strict=True)) for row in rows[HEADING_ROW:]]


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets, without reading them."""
    with ClosedBook(path) as book:
        return book.sheet_names()


def typed_in(path: Path, key: str) -> dict[str, object]:
    """The one row of the call sheet that carries a due key."""
    (row,) = (row for row in call_sheet(path) if key in due_keys(row))
    return row


def due_keys(row: Mapping[str, object]) -> list[str]:
    """The due keys of a row of the call sheet."""
    return next(str(row[heading]).split(";") for heading in KEYS if heading in row)


def type_in(path: Path, key: str, values: Mapping[str, object]) -> None:
    """Types into the row with a due key, by heading, as a clerk would."""
    with ClosedBook(path) as book:
        (name,) = set(CALL_SHEETS) & set(book.sheet_names())
        rows = book.read(name)
        headings = rows[HEADING_ROW - 1]
        place = next(headings.index(heading) for heading in KEYS if heading in headings)
        (row,) = (row for row in rows[HEADING_ROW:] if key in str(row[place]).split(";"))
        for heading, value in values.items():
            row[headings.index(heading)] = value
        book.write(name, rows)
        book.save()


def office(path: Path) -> Workbook:
    """The workbook as another program reads it; save it to change it as that program would."""
    with warnings.catch_warnings():
        # A print area of whole columns is what Excel itself writes; openpyxl leaves it out.
        warnings.filterwarnings("ignore", "Print area cannot be set")
        return load_workbook(path)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, every folder with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
