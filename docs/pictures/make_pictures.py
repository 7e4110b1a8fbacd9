"""Takes the pictures of the guide from the running program: `python docs/pictures/make_pictures.py [NAME.png …]`.

Runs the demo in both languages into a temporary folder, lets LibreOffice print the first page of each sheet of
ours, and cuts the paper around it away. Needs soffice, pdftoppm and ImageMagick; takes some minutes.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.office.filled import filled_workbook  # noqa: E402  (works from a source tree that is not installed)
from xl_retention import cli  # noqa: E402
from xl_retention.books.closed import ClosedBook  # noqa: E402
from xl_retention.domain import surveys  # noqa: E402
from xl_retention.sheets.calls import call_sheet, survey_templates  # noqa: E402
from xl_retention.sheets.wording import say, word  # noqa: E402

DOTS_PER_INCH = 150
ROWS_SHOWN = {
    # name of the picture: key of its sheet in `wording`, how much of the page is shown; the rest is more of the same
    "todays-calls": ("calls_sheet", 0.5),
    "data-checks": ("checks_sheet", 0.45),
    "kpi": ("kpi_sheet", 0.99),
    "segments": ("segments_sheet", 0.75),
    "complaint-clocks": ("complaints_sheet", 0.4),
    "month-plan": ("plan_sheet", 0.4),
    "service-due": ("service_sheet", 0.4),
    "customer-view": ("customer_sheet", 0.95),
    "daily-report": ("report_sheet", 0.4),
    "mailing-list": ("mailing_sheet", 0.35),
    "relationships": ("relations_sheet", 0.5),
    "yellow-cards": ("yellow_sheet", 0.45),
    "hand-over": ("hand_over_sheet", 0.4),
    "kpi-report": ("kpi_report_sheet", 0.6),
    "rows-behind": ("rows_sheet", 0.35),
    "survey-results": ("survey_sheet", 0.75),
}
GREY, WHITE, MOST_OF_THE_PAGE = 12, 235, 0.5
"""A line between rows: red, green and blue are nearly alike, it is not white, and it runs across the page."""
PICTURES = {
    f"{name}{ending}.png": (language, say(key, language), part)
    for name, (key, part) in ROWS_SHOWN.items()
    for language, ending in (("en", ""), ("zh", ".zh"))
}
"""By file name: language of the demo, sheet, how much of it."""
DAY = ("--date", "2026-11-21")
CUSTOMER = {"en": "E00004", "zh": "CX00002"}
LEAVER = {"en": "Frank Ding", "zh": "丁一凡"}
RECEIVERS = {"en": ("Kevin Zhou", "Lily Fang"), "zh": ("周敏", "方志远")}
ANSWERS = {
    # what customers answer, in turn, by kind of question
    surveys.POINTS: ("9", "8", "10"),
    surveys.YES_NO: ("yes", "yes", "no"),
    surveys.SATISFACTION: ("满意", "满意", "一般"),
}
WORDS_OF = {surveys.YES_NO: "yes_no", surveys.SATISFACTION: "satisfaction_level"}
BETTER = {"en": ("longer opening hours", "a lift to the station", ""), "zh": ("延长营业时间", "希望有代步车", "")}


def main() -> None:
    """Makes all pictures anew, or those that are named."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wanted = {name: told for name, told in PICTURES.items() if name in (sys.argv[1:] or PICTURES)}
        book_of = cache(lambda make, language: make(language, work / f"{language}-{make.__name__}"))
        sheets = []
        for name, (language, sheet, _) in wanted.items():
            book = book_of(OTHER_BOOKS.get(name.split(".")[0], filled), language)
            sheets.append(only_sheet(book, sheet, work / Path(name).with_suffix(".xlsx")))
        for paper, (name, (_, _, part)) in zip(printed(sheets, work), wanted.items(), strict=True):
            picture(paper, HERE / name, part)
            print(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB")


def demo(language: str, folder: Path) -> Path:
    """The workbook that the demo leaves in *folder*."""
    _run("demo", "--lang", language, "--out", str(folder))
    return next(path for path in folder.iterdir() if ".backup-" not in path.name)


def filled(language: str, folder: Path) -> Path:
    """The demo with the sheets of ours filled; the hand-over comes last, for it changes whom customers belong to."""
    book = demo(language, folder)
    to = [part for name in RECEIVERS[language] for part in ("--to", name)]
    for command, *options in (
        ("kpi", "--month", "2026-10"), ("kpi-report", "--report", "6", "--month", "2026-10"),
        ("rows", "--kpi", "K01", "--month", "2026-10"), ("classify",), ("plan", "--month", "2026-12"),
        ("service-due",), ("report",), ("customer", "--find", CUSTOMER[language]), ("relations",), ("cards",),
        ("mailing-list",), ("hand-over", "--from", LEAVER[language], *to),
    ):  # fmt: skip
        _run(command, str(book), *DAY, *options)
    _run("complaints", str(book), "--date", "2026-11-21T10:00")
    return book


def related(language: str, folder: Path) -> Path:
    """The workbook that we ship with the rows of the sample store, for its customers' WeChat is kept there."""
    folder.mkdir()
    book = filled_workbook(folder / "Retention.xlsm", language)
    _run("relations", str(book), *DAY)
    return book


def surveyed(language: str, folder: Path) -> Path:
    """The demo after the customers on the list were asked: what they answer is typed, saved and counted."""
    book = demo(language, folder)
    for command in ("survey", "today"):  # the first adds the questions
        _run(command, str(book), *DAY)
    with ClosedBook(book) as opened:
        sheet = say("calls_sheet", language)
        rows = opened.read(sheet)[call_sheet.HEADING_ROW :]
        for number, row in enumerate(rows):
            if answers := _answers(str(row[call_sheet.PLACES["points"]]), number, language):
                typed = {"answers": answers, "outcome": word("result", "接通", language)}
                for name, text in typed.items():
                    place = call_sheet.PLACES[name] + 1
                    opened.put(sheet, call_sheet.HEADING_ROW + 1 + number, place, [[text]])
        opened.save()
    for command in ("save-results", "survey"):
        _run(command, str(book), *DAY)
    return book


OTHER_BOOKS = {"survey-results": surveyed, "relationships": related}
"""By picture who makes its workbook, where it is not the demo: questions beside the calls would change the others."""


def _answers(points: str, number: int, language: str) -> str:
    """What the customer of a call answers to the questions beside it; "" where there are none."""
    named = (each for each in survey_templates.SURVEYS if (each.english, each.chinese)[language == "zh"] in points)
    survey = next(named, None)
    given = []
    for place, question in enumerate(survey.questions if survey else (), 1):
        said = ANSWERS.get(question.answer_type, BETTER[language])[(number + place) % 3]
        if words := WORDS_OF.get(question.answer_type):
            said = word(words, said, language)
        if said:
            given.append(f"{place}: {said}")
    return "; ".join(given)


def _run(*command: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        code = cli.run(list(command))
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}: {told.getvalue()}")


def only_sheet(book: Path, sheet: str, target: Path) -> Path:
    """A copy in which every other sheet is hidden, for LibreOffice prints what can be seen."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                data = _hiding_others(data.decode(), sheet).encode()
            copy.writestr(entry, data)
    return target


def _hiding_others(workbook: str, sheet: str) -> str:
    escaped = sheet.replace("&", "&amp;")
    sheets = re.findall(r"<sheet [^>]*>", workbook)
    shown = next(place for place, tag in enumerate(sheets) if f'name="{escaped}"' in tag)
    for place, tag in enumerate(sheets):
        if place != shown:
            hidden = re.sub(r' state="[^"]*"', "", tag).replace("<sheet ", '<sheet state="hidden" ')
            workbook = workbook.replace(tag, hidden)
            # LibreOffice prints the print area even of a hidden sheet
            area = rf'<definedName name="_xlnm\.Print_Area"[^>]* localSheetId="{place}"[^>]*>[^<]*</definedName>'
            workbook = re.sub(area, "", workbook)
    workbook = re.sub(r' (activeTab|firstSheet)="\d+"', "", workbook)
    return workbook.replace("<workbookView", f'<workbookView activeTab="{shown}"')


def printed(books: Sequence[Path], work: Path) -> list[Path]:
    """The workbooks as PDFs, printed one after the other by a LibreOffice with a profile of its own."""
    clean = {"HOME": str(work), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile",
        "--convert-to", "pdf", "--outdir", str(work), *map(str, books),
    ]  # fmt: skip
    subprocess.run(command, env=clean, check=True, capture_output=True, timeout=1800)
    return [work / f"{book.stem}.pdf" for book in books]


def picture(paper: Path, target: Path, part: float) -> None:
    """The upper *part* of the first page without the white around it, in few colours so that the file is small."""
    page = paper.with_suffix(".ppm")
    first_page = ["-f", "1", "-l", "1", "-singlefile"]
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_PER_INCH), *first_page, str(paper), str(page.with_suffix(""))], check=True
    )
    convert = shutil.which("magick") or "convert"
    subprocess.run(
        [
            convert, str(page), "-gravity", "North", "-crop", f"x{_end_of_a_row(page, part)}+0+0", "+repage", "-trim",
            "+repage", "-bordercolor", "white", "-border", "8", "-strip", "-colors", "64", f"PNG8:{target}",
        ],
        check=True,
    )  # fmt: skip


def _end_of_a_row(page: Path, part: float) -> int:
    """Height of the upper *part* of a page, up to the last grey line between two rows of the sheet."""
    data = page.read_bytes()
    _, width, height, _ = data.split(maxsplit=4)[:4]
    size = int(width) * int(height) * 3
    dots = np.frombuffer(data[-size:], np.uint8).reshape(int(height), int(width), 3).astype(int)
    grey = (np.ptp(dots, axis=2) < GREY) & (dots.max(axis=2) < WHITE)
    wanted = int(int(height) * part)
    lines = np.flatnonzero(grey[:wanted].mean(axis=1) > MOST_OF_THE_PAGE)
    return int(lines[-1]) + 1 if len(lines) else wanted


if __name__ == "__main__":
    os.chdir(HERE)
    main()
