"""The sheet KPI: a row per key figure with target, periods, numerator, denominator and status (DOM 5, 5.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.books.formulas import Formula
from xl_retention.books.layout import ColumnLayout, Look, Mood, RowColour, SheetLayout
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.alternatives import DEFINITIONS, Alternative
from xl_retention.domain.kpis.computed import Measured, Status
from xl_retention.domain.kpis.definitions import BY_CODE, KPIS, Family, Kpi, count, difference
from xl_retention.domain.kpis.selection import Selection
from xl_retention.domain.words import canonical
from xl_retention.sheets.kpis import kpi_switches
from xl_retention.sheets.kpis.kpi_charts import charts
from xl_retention.sheets.kpis.kpi_choices import Choices
from xl_retention.sheets.kpis.kpi_groups import group_of, group_word
from xl_retention.sheets.kpis.kpi_switches import SWITCHES, Switches
from xl_retention.sheets.kpis.kpi_words import family_word, status_word
from xl_retention.sheets.small_tables import is_blank
from xl_retention.sheets.wording import both, say

MONTHS = 12
CHARTS_ROW, HEADING_ROW = 9, 21
"""From 1; the charts lie between the switches and the headings."""

COLUMNS: dict[str, tuple[float, Look]] = {
    "kpi_code": (17, "text"), "kpi_name": (45, "wrapped"), "kpi_target": (8, "percent"), "kpi_main": (9.5, "percent"),
    "kpi_status": (10, "text"), "numerator": (10.5, "integer"), "denominator": (12, "integer"),
    "kpi_week": (9, "percent"), "kpi_quarter": (9, "percent"), "kpi_last_year": (9, "percent"),
}  # fmt: skip
"""Of the columns before those of the last 12 months."""
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
CODE, NAME, TARGET, MAIN, STATUS, ABOVE, BELOW = (_PLACE[name] for name in list(COLUMNS)[:7])
FIRST_MONTH = len(COLUMNS)
WIDTH = FIRST_MONTH + MONTHS
OFFERED = Choices(SWITCHES, HEADING_ROW, WIDTH + 1)

FUNCTIONS = {
    "K01": "RETURN_RATE", "K02": "DELIGHT_RATE", "K04": "FOLLOW_UP_RATE", "K05": "FOLLOW_UP_RATE",
    "K06": "SATISFACTION_RATE", "K07": "SATISFACTION_RATE", "K07x": "SATISFACTION_RATE", "K08": "ON_TIME_RATE",
    "K11": "REMINDER_RATE", "K12": "REMINDER_TO_VISIT", "K13": "BOOKING_RATE", "K14": "SHOW_UP_RATE",
}  # fmt: skip
"""By code the cell function that stands in the column of the period."""

MOODS: dict[Status, Mood] = {
    Status.MET: "good", Status.MISSED: "bad", Status.OPEN: "warning", Status.NO_DATA: "quiet",
}  # fmt: skip
_LABEL = re.compile(r"\d{4}(?:-(?:\d\d|W\d\d|Q\d))?$")


def _fixed() -> list[Family | Kpi]:
    """The rows that are always there: figures of the whole store by family."""
    rows: list[Family | Kpi] = []
    for family in Family:
        rows += [family, *(kpi for kpi in KPIS if kpi.family is family and kpi.groups is None)]
    return rows


FIXED = _fixed()
ROW_OF = {row.code: HEADING_ROW + place for place, row in enumerate(FIXED) if isinstance(row, Kpi)}
"""By code the row, from 0."""


@dataclass(frozen=True)
class Shown:
    """The periods of the columns.

    Args:
        main: The period asked for.
        week, quarter: In which the last day counted of it lies.
        last_year: The month twelve months before the last of *months*.
        months: Twelve, the last being that of *main*.
    """

    main: Period
    week: Period
    quarter: Period
    last_year: Period
    months: tuple[Period, ...]

    @classmethod
    def of(cls, main: Period, as_of: dt.date) -> Shown:
        """For a period counted on a day."""
        last_day = min(main.end, max(main.start, as_of))
        month = main if main.kind == "month" else Period.containing(last_day, "month")
        return cls(
            main,
            Period.containing(last_day, "week"),
            Period.containing(last_day, "quarter"),
            month.shift(-MONTHS),
            tuple(month.shift(back) for back in range(1 - MONTHS, 1)),
        )

    @property
    def all(self) -> tuple[Period, ...]:
        """In the order of the columns."""
        return (self.main, self.week, self.quarter, self.last_year, *self.months)


Key = tuple[str, str]
"""Code and group of a row."""


@dataclass(frozen=True)
class Figures:
    """
    What the sheet shows.

    Args:
        shown: The periods.
        of_periods: By period its key figures.
        switches: As typed.
        offered: What each of them is chosen from.
        alternatives: What each definition of retention says of the period asked for.
        bases: By code the parameter's value that says how it is counted.
        computed: When, or for which day, in words.
        rows, sheets: How many rows of how many sheets were read.
    """

    shown: Shown
    of_periods: Mapping[Period, Sequence[Measured]]
    alternatives: Sequence[Alternative]
    switches: Switches
    offered: Sequence[Sequence[str]]
    bases: Mapping[str, str]
    computed: str
    rows: int
    sheets: int

    def by_key(self) -> dict[Key, dict[Period, Measured]]:
        """By code and group the figures of the periods."""
        found: dict[Key, dict[Period, Measured]] = {}
        for period in self.shown.all:
            for figure in self.of_periods[period]:
                found.setdefault((figure.kpi.code, figure.group), {})[period] = figure
        return found

    def groups(self) -> list[Key]:
        """Persons and classes that any of the periods knows, by key figure; one that knows none has a row, too."""
        keys = [key for key in self.by_key() if BY_CODE[key[0]].groups is not None]
        named = {code for code, group in keys if group}
        order = {kpi.code: place for place, kpi in enumerate(KPIS)}
        return sorted((key for key in keys if key[1] or key[0] not in named), key=lambda key: order[key[0]])


def layout(language: str, groups: Sequence[Key] = ()) -> SheetLayout:
    """Looks of the sheet; *groups* are the rows of persons and classes."""
    columns = [ColumnLayout(width, look) for width, look in COLUMNS.values()]
    first = HEADING_ROW + 1
    status = f"${letters(STATUS)}{first}"
    return SheetLayout(
        (*columns, *(ColumnLayout(7.5, "percent") for _ in range(MONTHS)), *OFFERED.columns),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note"),
        row_colours=tuple(RowColour(f'{status}="{status_word(each, language)}"', mood) for each, mood in MOODS.items()),
        coloured=(STATUS,),
        filter=False,
        frozen_columns=NAME + 1,
        frozen_rows=False,
        tab_colour="548235",
        footer=say("page", language),
        printed_columns=WIDTH,
        looks={**dict(_looks(groups)), **OFFERED.looks},
        drop_downs=OFFERED.drop_downs(kpi_switches.FIRST_ROW, 1),
        charts=charts(
            language,
            top=CHARTS_ROW - 1,
            headings=HEADING_ROW - 1,
            row_of=ROW_OF,
            name=NAME,
            value=MAIN,
            months=(FIRST_MONTH, WIDTH - 1),
        ),
    )


def _looks(groups: Sequence[Key]) -> Iterator[tuple[tuple[int, int], Look | None]]:
    for number in range(kpi_switches.FIRST_ROW - 1, kpi_switches.FIRST_ROW - 1 + len(SWITCHES)):
        yield (number, 0), "input_heading"
        yield (number, 1), "input"
    rows: list[Family | Kpi | str] = [*FIXED, "section", *["ratio"] * 2 * len(DEFINITIONS)]
    if groups:
        rows += ["section", *(BY_CODE[code] for code, _ in groups)]
    for number, row in enumerate(rows, HEADING_ROW):
        if row == "ratio":
            continue
        if not isinstance(row, Kpi):
            yield from (((number, place), "section") for place in range(WIDTH))
        elif (look := value_look(row)) != "percent":
            places = (TARGET, MAIN, *range(BELOW + 1, WIDTH))
            yield from (((number, place), look) for place in places)


def value_look(kpi: Kpi) -> Look:
    """How the values of a key figure are shown."""
    if kpi.is_share:
        return "percent"
    return "integer" if kpi.figure in (count, difference) and not kpi.code.startswith("K43") else "decimal"


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_kpi_sheet(cells) or str(cells[0][0] if cells[0] else "") in both("kpi_title")


def is_kpi_sheet(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of the sheet, filled or not."""
    if len(cells) < HEADING_ROW:
        return False
    heads = [str(cell) for cell in cells[HEADING_ROW - 1]]
    wanted = ("kpi_code", "kpi_name", "numerator", "denominator", "kpi_status")
    return all(_PLACE[key] < len(heads) and heads[_PLACE[key]] in both(key) for key in wanted)


def empty(language: str) -> list[list[object]]:
    """The sheet before the first refresh."""
    rows = (
        _head(say("kpi_empty", language), "", Switches(), _headings(None, language), language)
        + [
            _section(row, language)
            if isinstance(row, Family)
            else _row(row, name_of(row, "", "", language), HEADING_ROW + place, {}, None, language)
            for place, row in enumerate(FIXED)
        ]
        + _definitions((), language)
    )
    return OFFERED.beside(rows, kpi_switches.offered_anyway(language), language)


def lay_out(figures: Figures, language: str) -> list[list[object]]:
    """The cells of the sheet."""
    shown = figures.shown
    title = say("kpi_title_of", language, period=shown.main.label)
    note = say("kpi_computed", language, when=figures.computed, rows=f"{figures.rows:,}", sheets=figures.sheets)
    rows = _head(title, note, figures.switches, _headings(shown, language), language)
    found = figures.by_key()
    for row in FIXED:
        if isinstance(row, Family):
            rows.append(_section(row, language))
        else:
            name = name_of(row, figures.bases.get(row.code, ""), "", language)
            rows.append(_row(row, name, len(rows), found.get((row.code, ""), {}), shown, language))
    rows += _definitions(figures.alternatives, language)
    if groups := figures.groups():
        rows.append([None, say("kpi_groups", language)])
        for code, group in groups:
            name = name_of(BY_CODE[code], "", group, language)
            rows.append(_row(BY_CODE[code], name, len(rows), found[code, group], shown, language))
    return OFFERED.beside(rows, figures.offered, language)


def _definitions(alternatives: Sequence[Alternative], language: str) -> list[list[object]]:
    """Retention by each definition, then loss, side by side; always the same rows."""
    found = {each.definition.key: each for each in alternatives}
    rows: list[list[object]] = [[None, say("kpi_definitions", language)]]
    for key in ("kpi_retention_by", "kpi_loss_by"):
        for definition in DEFINITIONS:
            cells: list[object] = [None] * WIDTH
            cells[NAME] = say(key, language, definition=definition.name(language))
            if each := found.get(definition.key):
                is_loss = key == "kpi_loss_by"
                above = each.lost if is_loss else each.kept
                cells[MAIN] = each.loss if is_loss else each.retention
                cells[STATUS] = say("kpi_house", language) if each.house else None
                cells[ABOVE] = None if above is None else len(above)
                cells[BELOW] = None if each.base is None else len(each.base)
            rows.append(cells)
    return rows


def _head(title: str, note: str, switches: Switches, headings: list[object], language: str) -> list[list[object]]:
    rows: list[list[object]] = [[title], [note or None], [say("kpi_switches_note", language)]]
    rows += [[say(key, language), cell] for key, cell in zip(SWITCHES, switches.cells, strict=True)]
    rows += [[None] for _ in range(HEADING_ROW - 1 - len(rows))]
    return [*rows, headings]


def _headings(shown: Shown | None, language: str) -> list[object]:
    heads: list[object] = [say(key, language) for key in COLUMNS]
    if shown is None:  # as high as the row will have to be
        for place in (MAIN, _PLACE["kpi_week"], _PLACE["kpi_quarter"], _PLACE["kpi_last_year"]):
            heads[place] = f"{heads[place]}\n"
        return heads + [None] * MONTHS
    kinds = {"week": "kpi_week", "month": "kpi_main", "quarter": "kpi_quarter"}
    labelled = (
        (MAIN, kinds.get(shown.main.kind, "kpi_main"), shown.main),
        (_PLACE["kpi_week"], "kpi_week", shown.week),
        (_PLACE["kpi_quarter"], "kpi_quarter", shown.quarter),
        (_PLACE["kpi_last_year"], "kpi_last_year", shown.last_year),
    )
    for place, key, period in labelled:
        heads[place] = f"{say(key, language)}\n{period.label}"
    return heads + [period.label for period in shown.months]


def _section(family: Family, language: str) -> list[object]:
    return [None, family_word(family, language)]


def name_of(kpi: Kpi, basis: str, group: str, language: str) -> str:
    """What stands in the column of names; *basis* is the parameter's value that says how it is counted."""
    name = kpi.name(language)
    if basis:
        name += say("kpi_basis", language, basis=say(f"basis_{kpi.code}_{basis}", language))
    if kpi.grows:
        name += say("kpi_grows", language)
    return f"{name}: {group_word(kpi.code, group, language)}" if group else name


def _row(
    kpi: Kpi, name: str, row: int, figures: Mapping[Period, Measured], shown: Shown | None, language: str
) -> list[object]:
    """A line; *row* is its place from 0."""
    main = figures.get(shown.main) if shown else None
    cells: list[object] = [None] * WIDTH
    cells[CODE], cells[NAME] = kpi.code, name
    if main:
        cells[TARGET], cells[ABOVE], cells[BELOW] = main.target, main.numerator, main.denominator
        cells[STATUS] = status_word(main.status, language)
    cells[MAIN] = main.value if main else None
    if function := FUNCTIONS.get(kpi.code):
        cells[MAIN] = Formula(_formula(function, row), cells[MAIN])
    if shown:
        periods = (shown.week, shown.quarter, shown.last_year, *shown.months)
        for place, period in enumerate(periods, BELOW + 1):
            cells[place] = figures[period].value if period in figures else None
    return cells


def _formula(function: str, row: int) -> str:
    """Our cell function over numerator and denominator; where it is not at hand, the quotient itself."""
    above, below = (f"{letters(place)}{row + 1}" for place in (ABOVE, BELOW))
    return f'=IFERROR({function}({above},{below})+0,IFERROR({above}/{below},""))'


@dataclass(frozen=True)
class FigureAt:
    """Which figure a cell of the sheet stands for; *period* is a label such as 2026-11, 2026-W47 or 2026-Q4."""

    code: str
    group: str
    period: str
    selection: Selection


def figure_at(cells: Sequence[Sequence[object]], row: int, column: int) -> FigureAt | None:
    """
    The figure of a cell; None where there is none.

    Args:
        cells: All of the sheet.
        row, column: From 1. Name, target, numerator, denominator and status stand for the period asked for.
    """
    if not is_kpi_sheet(cells) or not HEADING_ROW < row <= len(cells) or not 1 <= column <= WIDTH:
        return None
    line, heads = cells[row - 1], cells[HEADING_ROW - 1]
    kpi = BY_CODE.get(str(line[CODE]))
    place = column - 1 if column - 1 > BELOW else MAIN
    found = _LABEL.search(str(heads[place])) if place < len(heads) else None
    if kpi is None or found is None:
        return None
    names = (kpi.english, kpi.chinese)
    group = next((str(line[NAME])[len(name) + 2 :] for name in names if str(line[NAME]).startswith(f"{name}: ")), "")
    switches = Switches.of(cells)
    use = canonical("use_type", switches.use) or switches.use if switches.use else ""
    return FigureAt(kpi.code, group_of(kpi.code, group), found[0], Selection(switches.store, switches.staff, use))
