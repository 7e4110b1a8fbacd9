"""Takes the pictures of the guide from the running program: `python docs/pictures/make_pictures.py [NAME.png …]`.

Runs the demo in both languages into a temporary folder, lets LibreOffice print the first page of each sheet of
ours, and cuts the paper around it away. Needs soffice, pdftoppm and ImageMagick; takes about a minute.
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
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from xl_retention import cli  # noqa: E402  (works from a source tree that is not installed)
from xl_retention.sheets.wording import say  # noqa: E402

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
RUNS = (
    # what fills the sheets
    ("kpi", *DAY, "--month", "2026-10"), ("classify", *DAY), ("complaints", "--date", "2026-11-21T10:00"),
    ("plan", *DAY, "--month", "2026-12"), ("service-due", *DAY), ("report", *DAY),
)  # fmt: skip
CUSTOMER = {"en": "E00004", "zh": "CX00002"}


def main() -> None:
    """Makes all pictures anew, or those that are named."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demos = {language: demo(language, work / language) for language in ("en", "zh")}
        for name, (language, sheet, part) in PICTURES.items():
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            paper = printed(only_sheet(demos[language], sheet, work / "one-sheet.xlsx"), work)
            picture(paper, HERE / name, part)
            print(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB")


def demo(language: str, folder: Path) -> Path:
    """The workbook that the demo leaves in *folder*."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = cli.run(["demo", "--lang", language, "--out", str(folder)])
    if code:
        raise SystemExit(f"the demo ended with {code}")
    book = next(path for path in folder.iterdir() if ".backup-" not in path.name)
    for command, *options in (*RUNS, ("customer", *DAY, "--find", CUSTOMER[language])):
        with contextlib.redirect_stdout(io.StringIO()):
            if cli.run([command, str(book), *options]):
                raise SystemExit(f"{command} failed on {book.name}")
    return book


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


def printed(book: Path, work: Path) -> Path:
    """The workbook as a PDF, printed by a LibreOffice with a profile of its own."""
    clean = {"HOME": str(work), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    command = [
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile",
        "--convert-to", "pdf", "--outdir", str(work), str(book),
    ]  # fmt: skip
    subprocess.run(command, env=clean, check=True, capture_output=True, timeout=300)
    return work / f"{book.stem}.pdf"


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
