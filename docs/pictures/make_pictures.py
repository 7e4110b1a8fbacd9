"""Takes the pictures of the guide from the running program: `python docs/pictures/make_pictures.py`.

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

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from xl_retention import cli  # noqa: E402  (works from a source tree that is not installed)

DOTS_PER_INCH = 120
ROWS_SHOWN = {"calls": 0.62, "checks": 0.55}
"""How much of the page below its top edge is shown; the rest is more of the same."""

PICTURES = {
    # file name: language of the demo, sheet, how much of it
    "todays-calls.png": ("en", "Today's Calls", "calls"),
    "todays-calls.zh.png": ("zh", "今日回访", "calls"),
    "data-checks.png": ("en", "Data Checks", "checks"),
    "data-checks.zh.png": ("zh", "数据质检", "checks"),
}


def main() -> None:
    """Makes all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demos = {language: demo(language, work / language) for language in ("en", "zh")}
        for name, (language, sheet, kind) in PICTURES.items():
            paper = printed(only_sheet(demos[language], sheet, work / "one-sheet.xlsx"), work)
            picture(paper, HERE / name, ROWS_SHOWN[kind])
            print(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB")


def demo(language: str, folder: Path) -> Path:
    """The workbook that the demo leaves in *folder*."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = cli.run(["demo", "--lang", language, "--out", str(folder)])
    if code:
        raise SystemExit(f"the demo ended with {code}")
    return next(path for path in folder.iterdir() if ".backup-" not in path.name)


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
    page = paper.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile", str(paper), str(page)],
        check=True,
    )
    convert = shutil.which("magick") or "convert"
    subprocess.run(
        [
            convert, f"{page}.png", "-gravity", "North", "-crop", f"100%x{part * 100:.0f}%+0+0", "+repage", "-trim",
            "+repage", "-bordercolor", "white", "-border", "8", "-strip", "-colors", "64", f"PNG8:{target}",
        ],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    os.chdir(HERE)
    main()
