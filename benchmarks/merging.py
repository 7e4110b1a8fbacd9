"""How long three copies take to merge: `python -m benchmarks.merging [--customers N]`.

Three people work in packed copies of a store of 10,000 customers with 30,000 visits: each changes phones and mileages,
adds customers and visits, and deletes a few. Merging them in one command is compared with reading the four workbooks
by the same reader, and the parts of the workbook that no merge may touch are compared byte for byte. Ends with 1 where
merging takes more than five times the reading, or where such a part differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Run, must, run
from benchmarks.workbooks import make_workbook
from xl_retention.books.closed import ClosedBook

WORK = Path(__file__).parent / "made" / "merging"
COPIES = 3
MOST = 5.0
CHANGED, ADDED, DELETED = 300, 50, 5
"""Rows of customers and of visits that each copy changes and adds, and customers that it deletes."""
WRITTEN = ("Customers", "Repair Orders", "Copies", "Journal")
"""Sheets that the merge writes: those that people worked in, and two of ours."""
READ = (
    "import sys\n"
    "from pathlib import Path\n"
    "from xl_retention.books.closed import ClosedBook\n"
    "from xl_retention.sheets.merging.merge_rows import read_copy\n"
    "for name in sys.argv[1:]:\n"
    "    with ClosedBook(Path(name)) as book:\n"
    "        read_copy(book)\n"
)
CLI = "from xl_retention.cli import main; raise SystemExit(main())"


def main() -> int:
    """Makes, measures, compares, prints; gives back the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merging", description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    customers = parser.parse_args().customers
    WORK.mkdir(parents=True, exist_ok=True)
    home = WORK / f"home-{customers}.xlsx"
    make_workbook(home, customers)
    copies = [_copy(home, number) for number in range(COPIES)]
    out = WORK / "merged.xlsx"
    reading = must(run([sys.executable, "-c", READ, *map(str, [home, *copies])]))
    merging = must(_command("merge", home, *copies, "--out", out, "--json"))
    found = json.loads(merging.output)
    touched = _touched(home, out)
    ratio = merging.processor / reading.processor
    table = Table(title=f"{COPIES} copies of {customers:,} customers merged")
    for heading in ("", "seconds", "of the processor", "MB"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, done in (("read all four", reading), ("merge", merging)):
        table.add_row(name, f"{done.seconds:.1f}", f"{done.processor:.1f}", f"{done.peak_mb:.0f}")
    Console().print(table)
    counts = {name: found[name] for name in ("added", "updated", "removed", "unchanged")}
    print(counts, f"{len(found['conflicts'])} asked")
    print(f"{ratio:.1f} times the reading; changed parts that no merge may touch: {sorted(touched) or 'none'}")
    return int(ratio > MOST or bool(touched))


def _command(*arguments: object) -> Run:
    return run([sys.executable, "-c", CLI, *map(str, arguments)])


def _copy(home: Path, number: int) -> Path:
    """A packed copy in which somebody worked."""
    copy = home.with_name(f"copy-{number}.xlsx")
    must(_command("pack", home, "--out", copy))
    with ClosedBook(copy) as book:
        for sheet, field in (("Customers", "Mobile"), ("Repair Orders", "Odometer In")):
            rows = book.read(sheet)
            place, count = rows[0].index(field), len(rows)
            for row in range(1 + number * CHANGED, 1 + (number + 1) * CHANGED):
                value = f"139{row:08}" if field == "Mobile" else 90_000 + row
                book.put(sheet, row + 1, place + 1, [[value]])
            if field == "Mobile":
                for row in range(count - (number + 1) * DELETED, count - number * DELETED):
                    book.put(sheet, row + 1, 1, [[None] * len(rows[0])])
            new = [[f"NEW-{number}-{each}", *rows[1 + each][1:]] for each in range(ADDED)]
            for cells in new:
                if field == "Mobile":
                    cells[place] = f"138{number}{str(cells[0])[-2:].strip('-'):0>7}"
            book.put(sheet, count + 1, 1, new)
        book.save()
    return copy


def _touched(home: Path, out: Path) -> set[str]:
    """Parts that are there before and after and differ, but for sheets and what lists sheets and texts."""
    lists = ("xl/workbook.xml", "xl/_rels/", "[Content_Types].xml", "xl/styles.xml", "docProps/app.xml")
    with zipfile.ZipFile(home) as before, zipfile.ZipFile(out) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        both = {name for name in changed if not name.startswith(lists)}
        worked_on = {_part(home, sheet) for sheet in WRITTEN}
    return both - worked_on


def _part(path: Path, sheet: str) -> str:
    with ClosedBook(path) as book:
        return f"xl/worksheets/sheet{book.sheet_names().index(sheet) + 1}.xml"


if __name__ == "__main__":
    raise SystemExit(main())
