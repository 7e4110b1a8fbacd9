"""Book to Store: recognise the sheets, clean the cells, and tell every cell that made no sense (DOM 2.2-2.20)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from xl_retention.books.book import Book, ReadBook
from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.domain.cadence import Rulebook
from xl_retention.domain.coded import Coded
from xl_retention.domain.dates import half_up
from xl_retention.domain.duplicates import FILLED, MERGED, merged_by_key, repeated_rows
from xl_retention.domain.introductions import INTRODUCTION
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.store import MONTH_DAY, Array, Flags, Heading, Places, Store, Table, same
from xl_retention.domain.words import WordTable
from xl_retention.errors import StoreNotUnderstood
from xl_retention.sheets.cells.cell_texts import Cleaned, is_nothing, normal
from xl_retention.sheets.cells.values import clean, words_of
from xl_retention.sheets.hand_over_sheet import read_introductions
from xl_retention.sheets.headers import (
    MAPPING,
    RULES,
    SETTINGS,
    ColumnMatch,
    SheetMatch,
    heading_unit,
    table_of_sheet_name,
)
from xl_retention.sheets.reading.drift import drift
from xl_retention.sheets.reading.recognised import (
    CAPACITY,
    HOLIDAYS,
    ONE_SHEET_ONLY,
    OUTCOMES,
    SILENCES,
    STAFF_DAYS,
    Recognised,
    further_columns,
    recognise_sheets,
    with_tables_below,
)
from xl_retention.sheets.reading.total_rows import Totals
from xl_retention.sheets.settings.do_not_contact_sheet import read_do_not_contact
from xl_retention.sheets.settings.holidays_sheet import read_holidays
from xl_retention.sheets.settings.outcomes_sheet import read_outcomes
from xl_retention.sheets.settings.rules_sheet import read_rules
from xl_retention.sheets.settings.settings_sheet import read_settings
from xl_retention.sheets.settings.staff_days_sheet import read_capacity

__all__ = [
    "CAPACITY", "HOLIDAYS", "OUTCOMES", "SILENCES", "STAFF_DAYS", "UNREAD_CODES", "Recognised", "Understood",
    "data_rows", "read_store", "read_understood", "recognise_sheets",
]  # fmt: skip

UNIT_FACTORS = {
    # What a number under a heading with this unit is multiplied by; a cell that names its own unit is not.
    (Kind.MONEY, "万元"): 10_000,
    (Kind.KM, "万公里"): 10_000,
    (Kind.MONEY, "万"): 10_000,
    (Kind.KM, "万"): 10_000,
}
MONTHS_A_YEAR = 12
_MOST_NAMES = 10
"""So many sheets are named in one sentence."""
NUMBERED = {
    # By table the number that tells its rows apart, and what stands for a missing one.
    "prospect": ("prospect_no", ("mobile", "name")),
    "key_account": ("account_no", ("contact", "name")),
}
class Understood(NamedTuple):
    """A workbook as it was read: what its sheets are, and what they say."""

    recognised: Recognised
    store: Store


def read_store(book: Book, fields: Mapping[str, Collection[str]] | None = None) -> Store:
    """
    Reads the tables of a workbook, as `read_understood`; what its sheets are is not asked for.

    Raises:
        StoreNotUnderstood: No customer sheet, several, or one without names and phones.
    """
    return read_understood(book, fields).store


def read_understood(book: Book, fields: Mapping[str, Collection[str]] | None = None) -> Understood:
    """
    Reads the tables of a workbook.

    Args:
        fields: By table the fields that the caller needs; others are cleaned only where rows have to be told
            apart. None cleans all.

    Raises:
        StoreNotUnderstood: No customer sheet, several, or one without names and phones.
    """
    recognised = recognise_sheets(book)
    _need_customers(recognised)
    settings, problems = read_settings(book, recognised.special.get(SETTINGS))
    rules, rule_problems = read_rules(book, recognised.special.get(RULES))
    calendar, day_problems = read_holidays(book, recognised.special.get(HOLIDAYS), settings.text("country"))
    outcomes, outcome_problems = read_outcomes(book, recognised.special.get(OUTCOMES))
    silences, silence_problems = read_do_not_contact(book, recognised.special.get(SILENCES))
    capacity, capacity_problems = read_capacity(
        book, recognised.special.get(STAFF_DAYS), recognised.special.get(CAPACITY)
    )
    found: dict[str, list[Table]] = {}
    totals = Totals()
    problems = [
        *recognised.problems, *problems, *rule_problems, *day_problems, *outcome_problems, *silence_problems,
        *capacity_problems,
    ]  # fmt: skip
    matches: list[SheetMatch] = []
    sheets = list(dict.fromkeys(match.sheet for match in recognised.matches))
    for sheet, grid in zip(sheets, book.grids(sheets), strict=True):
        for first in (match for match in recognised.matches if match.sheet == sheet):
            total_codes = totals.codes(grid.columns[0].texts) if grid.columns else np.empty(0, np.int64)
            tables_here, more = with_tables_below(first, grid, total_codes, recognised.answers)
            problems.extend(more)
            matches += tables_here
            for match in tables_here:
                reading = _SheetReading(book, grid, match, fields, totals, {"result": outcomes.words})
                for table in reading.tables():
                    found.setdefault(table.entity.name, []).append(table)
                problems.extend(reading.problems)
    problems.extend(drift(recognised.special.get(MAPPING, ""), recognised.answers, matches))
    introductions, told_problems = read_introductions(book)
    problems.extend(told_problems)
    tables = {}
    for entity, parts in found.items():
        table = _joined(parts)
        if entity in MERGED:
            table, more = merged_by_key(table)
            problems.extend(more)
        tables[entity] = table
    if silences is not None:
        tables[SILENCES] = silences
    if introductions is not None:
        tables[INTRODUCTION.name] = introductions
    store = Store(
        tables,
        settings,
        Rulebook(settings, rules),
        calendar,
        settings.text("language") or recognised.language,
        tuple(problems),
        outcomes,
        capacity,
    )
    return Understood(replace(recognised, matches=tuple(matches)), store)


def read_tables(book: ReadBook, match: SheetMatch) -> tuple[list[Table], list[Problem]]:
    """The tables of one recognised sheet alone, row by row as they stand there, and what made no sense."""
    reading = _SheetReading(book, next(iter(book.grids([match.sheet]))), match, None, Totals(), {})
    return reading.tables(), reading.problems


def _need_customers(recognised: Recognised) -> None:
    customers = [match for match in recognised.matches if match.entity == ONE_SHEET_ONLY]
    if not customers:
        named = [name for name in recognised.left_alone if table_of_sheet_name(name) == ONE_SHEET_ONLY]
        if named:
            raise StoreNotUnderstood(
                f"Sheet '{named[0]}' has no heading row that we know; put at least three headings such as "
                "Customer ID, Name and Phone (客户编号, 客户姓名, 手机) into one of its first five rows."
            )
        left = ", ".join(f"'{name}'" for name in recognised.left_alone[:_MOST_NAMES]) or "none"
        if len(recognised.left_alone) > _MOST_NAMES:
            left += f" … ({len(recognised.left_alone)})"
        raise StoreNotUnderstood(
            "No sheet with customers was found: it needs a heading row with a customer name or phone, and a name "
            "such as Customers (客户档案) or a column with VIN or plate beside them; "
            f"sheets that we could not place: {left}."
        )
    match = customers[0]
    if not (match.has("customer", "customer_name") or match.has("customer", "mobile")):
        raise StoreNotUnderstood(
            f"Sheet '{match.sheet}' has no column for the customer's name or phone in its heading row "
            f"{match.header_row}; name one of its headings Name or Phone (客户姓名, 手机)."
        )


def _joined(parts: list[Table]) -> Table:
    """Tables of one entity one below the other."""
    if len(parts) == 1:
        return parts[0]
    names = {name for part in parts for name in part.columns}
    headings = {place: heading for part in parts for place, heading in part.headings.items()}

    def column(name: str) -> Array:
        return np.concatenate([part.columns[name] if name in part.columns else _blanks(part, name) for part in parts])

    return Table(
        parts[0].entity,
        {name: column(name) for name in names},
        np.concatenate([part.sheet for part in parts]),
        np.concatenate([part.row for part in parts]),
        headings,
    )


def _blanks(table: Table, name: str) -> Array:
    return np.zeros(len(table), np.bool_) if name.endswith(FILLED) else table.read(name)


@dataclass(frozen=True)
class _Read:
    """Cleaned columns by field name; those of texts as numbers, where that was for free, in `coded`."""

    columns: dict[str, Array]
    coded: dict[str, Coded]


def data_rows(grid: Grid, match: SheetMatch, totals: Totals) -> Places:
    """Places of the rows below the headings that hold data: no totals, blanks or repeated headings."""
    first, height = match.header_row, grid.height if match.last_row is None else match.last_row
    if first >= height:
        return np.empty(0, np.int64)
    filled = np.zeros(height - first, np.bool_)
    starts_total = np.zeros(height - first, np.bool_)
    columns = grid.columns
    codes = totals.codes(columns[0].texts) if columns else np.empty(0, np.int64)
    for column in columns[match.left : match.right]:
        here = column.kind[first:height] != CellKind.BLANK
        if len(codes):
            starts_total |= here & ~filled & np.isin(column.text[first:height], codes)
        filled |= here
    headings = np.zeros(height - first, np.int64)
    for matched in match.columns.values():
        column = columns[matched.place]
        code = column.text[first - 1] if first else -1
        if code >= 0:
            headings += (column.text[first:height] == code) & (column.kind[first:height] == CellKind.TEXT)
    repeated = headings * 2 > len(match.columns)
    known = np.zeros(height - first, np.bool_)
    for matched in match.columns.values():
        known |= columns[matched.place].kind[first:height] != CellKind.BLANK
    return np.flatnonzero(known & ~starts_total & ~repeated) + first


class _SheetReading:
    """One sheet: its rows of data, and the columns of its table or tables."""

    def __init__(
        self,
        book: ReadBook,
        grid: Grid,
        match: SheetMatch,
        fields: Mapping[str, Collection[str]] | None,
        totals: Totals,
        own_words: Mapping[str, WordTable],
    ) -> None:
        self.match = match
        self.fields = fields
        self.totals = totals
        self.own_words = own_words
        self.grid = grid
        self.date1904 = bool(getattr(book, "date1904", False))
        self.problems: list[Problem] = []
        self.further = further_columns(match, grid)
        self.rows = data_rows(grid, match, totals)

    def tables(self) -> list[Table]:
        """The table of the sheet; of a wide sheet the customers and their cars."""
        if not self.match.is_wide:
            main = self._distinct(self._table(self.match.entity))
            if self.match.entity in NUMBERED:
                main = self._numbered(main)
            return [self._with_ids(main) if self.match.entity == "customer" else main]
        main = self._distinct(self._table("customer"), self._table("vehicle"))
        cars = self._table("vehicle", report=False)
        customers = self._with_ids(main, cars)
        has_car = _any_filled(cars)
        if not self.match.has("vehicle", "customer_id"):
            cars = cars.with_columns({"customer_id": customers.texts("customer_id")})
        named = customers.texts("customer_id") != ""
        return [customers.where(named), cars.where(has_car)]

    def _table(self, entity: str, *, report: bool = True) -> Table:
        """Cleans the columns of one table that are needed."""
        matched = {
            name: column for (owner, name), column in self.match.columns.items() if owner == entity
        }
        needed = set(matched) if self.fields is None else set(matched) & set(self.fields.get(entity, ()))
        sheet = self.match.sheet
        headings = {
            (sheet, name): Heading(letters(column.place), column.heading)
            for name, column in matched.items()
        }
        columns: dict[str, Array] = {}
        coded: dict[str, Coded] = {}
        for name in matched:
            if name in needed:
                read = self._cleaned(entity, name, self.rows, report=report)
                columns.update(read.columns)
                coded.update(read.coded)
        return Table(
            ENTITIES[entity],
            columns,
            np.broadcast_to(same(sheet, 1), len(self.rows)),
            self.rows + 1,
            headings,
            coded=coded,
        )

    def _distinct(self, table: Table, beside: Table | None = None) -> Table:
        """
        Without the rows that repeat another one in every recognised column; they count once.

        Args:
            beside: The cars of a wide sheet: both halves of a row have to be alike.
        """
        known = {
            *((table.entity.name, name) for name in table.columns),
            *(() if beside is None else (("vehicle", name) for name in beside.columns)),
        }
        rest = [target for target in self.match.columns if target not in known]

        def cleaned_rest(places: Places) -> Iterable[Array]:
            for entity, name in rest:
                read = self._cleaned(entity, name, self.rows[places], report=False)
                yield from (*read.columns.values(), *(column.texts for column in read.coded.values()))

        kept, problems = repeated_rows(table, beside, cleaned_rest)
        self.problems.extend(problems)
        self.rows = self.rows[kept]
        return table if kept.all() else table.where(kept)

    def _cleaned(self, entity: str, name: str, rows: Places, *, report: bool) -> _Read:
        read = self._cleaned_column(entity, name, self.match.columns[entity, name], rows, report=report)
        for further in self.further.get((entity, name), ()):
            other = self._cleaned_column(entity, name, further, rows, report=report).columns[name]
            read.columns[name] = np.fmin(read.columns[name], other)
        return read

    def _cleaned_column(
        self, entity: str, name: str, matched: ColumnMatch, rows: Places, *, report: bool
    ) -> _Read:
        schema = ENTITIES[entity].field(name)
        whole = self.grid.columns[matched.place]
        cut = _side_by_side(rows)
        column = Column(whole.kind[cut], whole.number[cut], whole.text[cut], whole.texts)
        factor = _factor(schema.kind, name, matched.heading)
        in_units = factor != 1 and schema.kind is not Kind.MONEY
        cleaned = clean(
            column,
            Kind.DECIMAL if in_units else schema.kind,  # 3.2 (万公里) may not be rounded yet
            self.own_words.get(schema.words, words_of(schema)),
            date1904=self.date1904,
            month_end=name == "inspection_expiry",
        )
        if name == "loan_months" and factor == 1:
            cleaned = _with_years_as_months(column, cleaned)
        if report:
            column_name = letters(matched.place)
            for place in cleaned.refused.tolist():
                self.problems.append(
                    Problem(
                        UNREAD_CODES.get(schema.kind, "value_not_understood"),
                        "medium",
                        self.match.sheet,
                        f"{column_name}{rows[place] + 1}",
                        matched.heading,
                        str(column.value(place)),
                        cleaned.wanted,
                        _REMEDIES.get(schema.kind, "Correct the cell or clear it."),
                    )
                )
            for place in cleaned.doubtful.tolist():
                self.problems.append(
                    Problem(
                        "date_order_of_column",
                        "low",
                        self.match.sheet,
                        f"{column_name}{rows[place] + 1}",
                        matched.heading,
                        str(column.value(place)),
                        f"clear: read as {str(cleaned.values[place])[:10]} like the rest of the column",
                        _REMEDIES[Kind.DATE],
                    )
                )
            if schema.kind is Kind.ENUM and schema.words:
                self.problems.extend(self._unclear_words(column, cleaned, matched, rows))
        columns: dict[str, Array] = {}
        coded: dict[str, Coded] = {}
        if isinstance(cleaned.found, Coded):
            coded[name] = cleaned.found
        else:
            columns[name] = cleaned.found if factor == 1 else _times(column, cleaned.found, factor)
        if cleaned.month_day is not None:
            columns[MONTH_DAY] = cleaned.month_day
        if schema.kind is Kind.BOOL and entity in MERGED:
            columns[name + FILLED] = _filled(column)
        return _Read(columns, coded)

    def _unclear_words(
        self, column: Column, cleaned: Cleaned, matched: ColumnMatch, rows: Places
    ) -> Iterable[Problem]:
        """Words that are known to mean several things and so read as blank (非营运, DOM 2.4)."""
        found = cleaned.found
        blank = (found.is_any("") if isinstance(found, Coded) else found == "") & (column.kind == CellKind.TEXT)
        blank[cleaned.refused] = False
        for place in np.flatnonzero(blank).tolist():
            text = str(column.value(place))
            if not is_nothing(normal(text)):
                yield Problem(
                    "word_ambiguous",
                    "medium",
                    self.match.sheet,
                    f"{letters(matched.place)}{rows[place] + 1}",
                    matched.heading,
                    text,
                    "clear: it may mean several of the known words",
                    "Use one of the known words, or clear the cell.",
                )

    def _numbered(self, table: Table) -> Table:
        """Prospects and key accounts without a number go by their phone or name, and are told."""
        key, substitutes = NUMBERED[table.entity.name]
        ids = table.texts(key).copy()
        for place in np.flatnonzero(ids == "").tolist():
            ids[place] = next((_as_id(text) for name in substitutes if (text := table.texts(name)[place])), "")
            self.problems.append(
                table.fault(
                    "number_missing",
                    "medium",
                    place,
                    key,
                    wanted="A number of its own for each row",
                    remedy="Enter a number; until then the phone or the name stands for it.",
                )
            )
        return table.with_columns({key: ids}).where(ids != "")

    def _with_ids(self, customers: Table, cars: Table | None = None) -> Table:
        """Customers without a number get their mobile as number, else name and VIN (DOM 2.3)."""
        ids = customers.texts("customer_id").copy()
        without = ids == ""
        if not without.any():
            return customers
        vin = cars.texts("vin") if cars is not None else same("", len(ids))
        mobile, name = customers.texts("mobile"), customers.texts("customer_name")
        for place in np.flatnonzero(without):
            ids[place] = mobile[place] or _as_id(f"{name[place]}{vin[place]}")
        return customers.with_columns({"customer_id": ids}).where(ids != "") if cars is None else (
            customers.with_columns({"customer_id": ids})
        )


UNREAD_CODES = {
    Kind.DATE: "date_not_understood",
    Kind.BIRTHDAY: "date_not_understood",
    Kind.TIME: "clock_not_understood",
    Kind.PHONE: "phone_not_understood",
    Kind.ENUM: "word_unknown",
    Kind.BOOL: "word_unknown",
    Kind.KM: "number_not_understood",
    Kind.MONEY: "number_not_understood",
    Kind.INTEGER: "number_not_understood",
    Kind.DECIMAL: "number_not_understood",
}
"""By kind of field the code of a cell that is filled but not understood."""
_REMEDIES = {
    Kind.DATE: "Type it as YYYY-MM-DD, or clear the cell.",
    Kind.BIRTHDAY: "Type it as YYYY-MM-DD or MM-DD, or clear the cell.",
    Kind.ENUM: "Use one of the known words, or clear the cell.",
    Kind.BOOL: "Type yes or no (是, 否), or clear the cell.",
    Kind.PHONE: "Type the whole number, or clear the cell.",
}


def _side_by_side(rows: Places) -> Places | slice:
    """Increasing places as a slice where they are all one after the other; nothing is copied then."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _factor(kind: Kind, name: str, heading: str) -> int:
    """What the numbers under a heading are multiplied by: `车价(万元)`, `贷款年限`."""
    if name == "loan_months":
        return MONTHS_A_YEAR if "年" in heading or "year" in heading.casefold() else 1
    return UNIT_FACTORS.get((kind, heading_unit(heading)), 1)


_YEARS = re.compile(r"([0-9]{1,2}(?:\.[0-9])?)\s?(?:年期?|years?|yrs?)", re.IGNORECASE)


def _with_years_as_months(column: Column, cleaned: Cleaned) -> Cleaned:
    """A count of months whose cell says years: 3年 is 36 (DOM 2.4)."""
    values, refused = np.array(cleaned.values), []
    for place in cleaned.refused.tolist():
        said = _YEARS.fullmatch(normal(str(column.value(place))))
        if said:
            values[place] = half_up(float(said[1]) * MONTHS_A_YEAR)
        else:
            refused.append(place)
    return replace(cleaned, found=values, refused=np.array(refused, np.intp))


def _times(column: Column, values: Array, factor: int) -> Array:
    """Values in the unit of their heading; a cell that names another unit keeps its own."""
    bare = np.asarray(column.kind == CellKind.NUMBER)
    for place in np.flatnonzero(column.kind == CellKind.TEXT).tolist():
        text = normal(column.texts[column.text[place]]).casefold()
        own = text.removesuffix("年").removesuffix("years") if factor == MONTHS_A_YEAR else text
        bare[place] = not own.strip("0123456789., ")
    numbers = values.astype(np.float64)
    return np.where(bare, half_up(numbers * factor), numbers)


def _as_id(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _filled(column: Column) -> Flags:
    """Cells that hold more than blanks or a dash."""
    filled = np.asarray(column.kind != CellKind.BLANK)
    texts = np.flatnonzero(column.kind == CellKind.TEXT)
    codes, place = np.unique(column.text[texts], return_inverse=True)
    something = np.array([not is_nothing(normal(column.texts[code])) for code in codes], np.bool_)
    filled[texts] = something[place]
    return filled


def _any_filled(table: Table) -> Flags:
    """Rows in which at least one column of the table itself holds something."""
    filled = np.zeros(len(table), np.bool_)
    for name in table.columns:
        if name == "customer_id" or name + FILLED in table.columns:
            continue
        if name in table.coded:
            filled |= ~table.coded[name].is_any("")
            continue
        column = table.columns[name]
        if column.dtype == object:
            filled |= np.asarray(column != "", np.bool_)
        elif column.dtype.kind == "M":
            filled |= ~np.isnat(column)
        elif column.dtype.kind == "f":
            filled |= ~np.isnan(column)
        else:
            filled |= column.astype(np.bool_)
    return filled
