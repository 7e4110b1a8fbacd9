"""However staff lay their sheets out, the list is the same.

Random stores, clean and dirty, English, Chinese and wide; each is written once more with its tables laid out otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.actions.drawn import shell
from tests.oracle import stores
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import table_of_sheet_name
from xl_retention.sheets.reading.total_rows import begins_total

Rows = list[list[object]]
Sheets = dict[str, Rows]

a_few = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a number of a store has no simpler one
)

WORDS = ("电话", "abc", 5, None)


def heading_row(rows: Rows) -> int:
    """The first row with more in it than a title."""
    return next(place for place, row in enumerate(rows) if sum(cell not in (None, "") for cell in row) > 2)


def empty_rows(rows: Rows, random: Random) -> Rows:
    first = heading_row(rows) + 2
    return [
        each for place, row in enumerate(rows)
        for each in [*([[]] * random.choice((0, 0, 0, 1, 3)) if place >= first else []), row]
    ]  # fmt: skip


def headings_on_every_page(rows: Rows, random: Random) -> Rows:
    top = heading_row(rows)
    return [
        each for place, row in enumerate(rows)
        for each in [*([rows[top]] if place > top + 2 and random.random() < 0.1 else []), row]
    ]  # fmt: skip


def totals(rows: Rows, random: Random) -> Rows:
    width = max(map(len, rows))

    def total() -> list[object]:
        word = random.choice(("合计", "总计", "小计", "Total", "合  计"))
        return [word, *(random.choice((None, 12345)) for _ in range(width - 1))]

    first = heading_row(rows) + 2
    inside = [
        each for place, row in enumerate(rows)
        for each in [*([total()] if place >= first and random.random() < 0.05 else []), row]
    ]  # fmt: skip
    return [*inside, total()]


def titles_above(rows: Rows, random: Random) -> Rows:
    titles: Rows = [["某某4S店汇总表"], ["制表人：张三", None, "制表日期：", None, "第1页"], []]
    return [*titles[: random.randint(1, 3)], *rows]


def columns_in_another_order(rows: Rows, random: Random) -> Rows:
    order = list(range(max(map(len, rows))))
    random.shuffle(order)
    return [[row[place] if place < len(row) else None for place in order] for row in rows[heading_row(rows) :]]


def away_from_the_corner(rows: Rows, random: Random) -> Rows:
    down, right = random.randint(0, 2), random.randint(1, 2)
    return [*[[]] * down, *([*[None] * right, *row] for row in rows)]


def an_empty_column_inside(rows: Rows, random: Random) -> Rows:
    below = rows[heading_row(rows) :]
    place = random.randrange(1, max(map(len, below)))
    return [[*row[:place], None, *row[place:]] for row in below]


def a_column_of_their_own(rows: Rows, random: Random) -> Rows:
    top, width = heading_row(rows), max(map(len, rows))
    heading = random.choice(("客服备忘", "颜色喜好", "My own remark"))
    return [
        [*row, *[None] * (width - len(row)), heading if place == top else random.choice(WORDS) if place > top else None]
        for place, row in enumerate(rows)
    ]


OF_EACH_SHEET: tuple[Callable[[Rows, Random], Rows], ...] = (
    empty_rows,
    headings_on_every_page,
    totals,
    titles_above,
    columns_in_another_order,
    away_from_the_corner,
    an_empty_column_inside,
    a_column_of_their_own,
)


def one_below_the_other(sheets: Sheets, upper: str, lower: str, random: Random) -> Rows:
    return [*sheets[upper], *[[]] * random.randint(1, 3), [lower], *sheets[lower]]


def side_by_side(sheets: Sheets, left: str, right: str, _random: Random) -> Rows:
    width = max(map(len, sheets[left])) + 1
    pair = [sheets[left], [[right], *sheets[right]]]
    height = max(map(len, pair))
    first, second = ([*rows, *[[]] * (height - len(rows))] for rows in pair)
    return [[*one, *[None] * (width - len(one)), *other] for one, other in zip(first, second, strict=True)]


OF_TWO_SHEETS = (one_below_the_other, side_by_side)


def read(path: Path) -> Sheets:
    """The cells of a workbook without totals, whose word has to stay in the first column."""
    book = load_workbook(path)
    return {
        sheet.title: [row for row in map(list, sheet.iter_rows(values_only=True)) if not begins_total(row)]
        for sheet in book
    }


def listed(path: Path, sheets: Sheets, day: str) -> object:
    """Calls and suppressed items of the store in these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for place, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                sheet.cell(place, column).value = cell
    book.save(path)
    answer = shell("today", path, "--date", day, "--json", "--dry-run")
    assert answer.code == 0, answer.err
    said = json.loads(answer.out)
    return said["rows"], said["suppressed"]


@a_few
@given(seed=st.integers(0, 100_000), layout=st.integers(0, 100_000))
def test_the_layout_of_the_sheets_changes_nothing(seed, layout, tmp_path_factory):
    random = Random(layout)
    path = tmp_path_factory.mktemp("layout") / "store.xlsx"
    variant = {**stores.variant(seed), "settings": None, "rules": None}
    day = stores.make_store(path, seed, customers=20, **variant).isoformat()
    sheets = read(path)
    tables = [name for name, rows in sheets.items() if len(rows) > 3 and table_of_sheet_name(name) in ENTITIES]
    wanted = listed(path, sheets, day)
    assert wanted[0]

    for way in OF_EACH_SHEET:
        laid_out = {name: way(rows, random) if name in tables else rows for name, rows in sheets.items()}
        assert listed(path, laid_out, day) == wanted, way.__name__
    for way in OF_TWO_SHEETS:
        kept, gone = random.sample(tables, 2)
        laid_out = {**sheets, kept: way(sheets, kept, gone, random)}
        del laid_out[gone]
        assert listed(path, laid_out, day) == wanted, (way.__name__, kept, gone)
