"""Measures the reading of a sheet with a million formatted empty rows: `python -m benchmarks.formatted_rows`.

Such sheets come from a column that somebody coloured to its end: 5 MB on the disk, hundreds unpacked. Ends with 1
where a target is missed.
"""

from __future__ import annotations

import sys
import time
import zipfile
from pathlib import Path

import xlsxwriter

from benchmarks.measure import run
from benchmarks.yardstick import inflate

WORK = Path(__file__).parent / "made"
FILLED, FORMATTED = 2_000, 1_000_000
COLUMNS = "A"
MOST_TIMES_YARDSTICK = 3.0
MOST_PEAK_MB = 300.0
TIMES = 5


def make_workbook(path: Path) -> Path:
    """A customer sheet whose filled rows are followed by formatted empty ones."""
    small = path.with_suffix(".small.xlsx")
    with xlsxwriter.Workbook(small) as book:
        coloured = book.add_format({"bg_color": "#FFFFCC", "border": 1})
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, ["Customer ID", "Name", "Mobile", "Sales Advisor"])
        for row in range(1, FILLED + 1):
            sheet.write_row(row, 0, [f"C{row}", f"Name {row}", str(13_800_000_000 + row), "Kim"], coloured)
    rows = (
        f'<row r="{row}" spans="1:1" s="1" customFormat="1">'
        + "".join(f'<c r="{letter}{row}" s="1"/>' for letter in COLUMNS)
        + "</row>"
        for row in range(FILLED + 2, FILLED + 2 + FORMATTED)
    )
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            head, end, tail = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(head)
                # A row at a time: what this process once held would be told as the memory of those that it starts.
                for text in rows if end else ():
                    part.write(text.encode())
                part.write(end + tail)
    small.unlink()
    return path


def read(path: Path) -> float:
    """Seconds that the reading of the sheet takes, opening included."""
    from xl_retention.books.closed import ClosedBook

    start = time.perf_counter()
    with ClosedBook(path) as book:
        grid = book.grid("Customers")
    seconds = time.perf_counter() - start
    assert grid.height == FILLED + 1, "formatted cells are not used ones"
    return seconds


def main() -> int:
    """Makes, measures, prints; gives back the exit code."""
    WORK.mkdir(exist_ok=True)
    path = WORK / "formatted_rows.xlsx"
    if not path.exists():
        make_workbook(path)
    yardstick = min(inflate(path).seconds for _ in range(TIMES))
    runs = [run([sys.executable, "-m", __spec__.name, str(path)]) for _ in range(TIMES)]
    seconds, peak = min(float(each.output) for each in runs), max(each.peak_mb for each in runs)
    times = seconds / yardstick
    unpacked = inflate(path).bytes
    print(
        f"{path.stat().st_size / 1e6:.1f} MB, {unpacked / 1e6:.0f} MB unpacked in {yardstick:.2f} s; "
        f"read in {seconds:.2f} s ({times:.1f} times, at most {MOST_TIMES_YARDSTICK:g}), "
        f"{peak:.0f} MB at most (target {MOST_PEAK_MB:g})"
    )
    return int(times > MOST_TIMES_YARDSTICK or peak > MOST_PEAK_MB)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(read(Path(sys.argv[1])))
    else:
        sys.exit(main())
