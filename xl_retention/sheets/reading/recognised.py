"""Which sheets of a workbook hold which tables: by names and headings, what the store answered, and the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xl_retention.books.book import Book
from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import Grid
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import Store
from xl_retention.errors import BookRefused, StoreNotUnderstood
from xl_retention.sheets.headers import (
    LAST_HEADING_ROW,
    MAPPING,
    RULES,
    SETTINGS,
    ColumnMatch,
    Question,
    SheetMatch,
    Target,
    clean_heading,
    gives_way,
    heading_form,
    heading_texts,
    recognise,
    row_like_headings,
    row_of_somebody,
    table_of_sheet_name,
)
from xl_retention.sheets.reading.mapping import Answers, read_mapping, without_own
from xl_retention.sheets.reading.tables_in_sheet import Recognise, below, fewest_texts, side_by_side, stretches
from xl_retention.sheets.reading.total_rows import begins_total
from xl_retention.sheets.reading.understanding import Suggestion, contradicted, suggestions, take_clear_ones
from xl_retention.sheets.settings.do_not_contact_sheet import DO_NOT_CONTACT_SHEETS
from xl_retention.sheets.settings.holidays_sheet import HOLIDAY_SHEETS
from xl_retention.sheets.settings.outcomes_sheet import OUTCOME_SHEETS
from xl_retention.sheets.settings.staff_days_sheet import CAPACITY_SHEETS, STAFF_DAYS_SHEETS
from xl_retention.sheets.wording import OWN_SHEETS

HEAD_ROWS = 40
EARLIEST = {
    ("vehicle", "insurance_expiry"): (
        "交强险到期日", "交强险到期", "交强险截止日期", "商业险到期日", "商业险截止日期", "强制险到期日",
    ),
}
"""Fields of which a sheet may have several columns, with further headings for them; the earliest date counts."""
ONE_SHEET_ONLY = "customer"
"""Two sheets of this table are a question, not two halves: nobody could say which row is the customer."""
_ASK = "Say on the Mapping sheet which field it is, or rename the heading."

HOLIDAYS, OUTCOMES, SILENCES = "holidays", "outcomes", "do_not_contact"
STAFF_DAYS, CAPACITY = "staff_days", "capacity"
SMALL_SHEETS = {
    name: kind
    for kind, names in (
        (HOLIDAYS, HOLIDAY_SHEETS),
        (OUTCOMES, OUTCOME_SHEETS),
        (SILENCES, DO_NOT_CONTACT_SHEETS),
        (STAFF_DAYS, STAFF_DAYS_SHEETS),
        (CAPACITY, CAPACITY_SHEETS),
    )
    for name in names
}
"""What the small sheets are that their cleaned name alone tells."""


@dataclass(frozen=True)
class Recognised:
    """What was found in the sheets of a workbook, before any row is read.

    Args:
        matches: Sheets that hold a table.
        left_alone: Names of the other sheets of the staff's.
        special: Settings, Rules, Mapping and the small sheets, by what they are.
        problems: Headings to ask about, second columns of a field.
        remarks: What changes nothing, for who checks the data: sheets that nobody could place.
        heads: By sheet its first rows, as the headings were looked for in them.
        answers: What the store said on its Mapping sheet.
    """

    matches: tuple[SheetMatch, ...]
    left_alone: tuple[str, ...]
    special: Mapping[str, str]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    heads: Mapping[str, Sequence[Sequence[object]]] = field(default_factory=dict)
    answers: Answers = field(default_factory=lambda: Answers())

    def suggestions(self, store: Store) -> list[Suggestion]:
        """What the headings that nobody knows may be; those that the store answered are not asked again."""
        keys = {
            "customer_id": frozenset(store.customers.texts("customer_id")) - {""},
            "vin": frozenset(store.vehicles.texts("vin")) - {""},
            "plate_no": frozenset(store.vehicles.texts("plate_no")) - {""},
        }
        found: list[Suggestion] = []
        for match in self.matches:
            rows = self.heads.get(match.sheet, ())[match.header_row : match.last_row]
            found += suggestions(match, match.headings, _samples(rows), keys)
        return found

    @property
    def language(self) -> str:
        """Language of most headings of the customer sheet: `en` or `zh`."""
        headings = "".join(
            column.heading
            for match in self.matches
            if match.entity == "customer"
            for column in match.columns.values()
        )
        chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in headings)
        return "zh" if chinese * 2 > len(headings) else "en"


def recognise_sheets(book: Book) -> Recognised:
    """
    Finds the tables of a workbook by the names and headings of its sheets.

    Only first rows are read; what stands further down is found by `with_tables_below`.
    """
    names = [name for name in book.sheet_names() if clean_heading(name) not in OWN_SHEETS]
    special: dict[str, str] = {}
    for name in names:
        kind = SMALL_SHEETS.get(clean_heading(name)) or table_of_sheet_name(name)
        if kind in (SETTINGS, RULES, MAPPING, *SMALL_SHEETS.values()):
            special.setdefault(str(kind), name)
    plain = [name for name in names if name not in special.values()]
    heads = {name: book.head(name, HEAD_ROWS) for name in plain}
    rows: dict[str, Sequence[Sequence[object]]] = {name: head.rows() for name, head in heads.items()}
    answers = Answers()
    if MAPPING in special:
        headings = {
            name: {clean_heading(cell) for row in each[:LAST_HEADING_ROW] for cell in row if isinstance(cell, str)}
            for name, each in rows.items()
        }
        answers = read_mapping(special[MAPPING], book.read(special[MAPPING]), headings)
        rows = {name: without_own(each, answers.not_staffs(name)) for name, each in rows.items()}
    problems = list(answers.problems)
    found = {name: _matches(name, rows[name], heads[name], answers, no_customer_sheet=False) for name in plain}
    if not any(match.entity == ONE_SHEET_ONLY for matches in found.values() for match in matches):
        found = {name: _matches(name, rows[name], heads[name], answers, no_customer_sheet=True) for name in plain}
    remarks: list[Problem] = []
    for name, matches in found.items():
        if not matches:
            if table_of_sheet_name(name) in ENTITIES and any(map(any, rows[name])):
                problems.append(
                    Problem(
                        "headings_not_found",
                        "high",
                        name,
                        wanted="A heading row that we know",
                        remedy="Put the headings into one of the first five rows, or name them on the Mapping sheet.",
                    )
                )
            elif clean_heading(name) not in answers.left_alone:
                remarks += _not_placed(name, rows[name])
        for match in matches:
            problems.extend(_settled_by_cells(match, rows[name], answers))
            problems.extend(_heading_problems(match))
            for column in further_columns(match, heads[name]).values():
                for each in column:
                    if each.heading in match.unmatched:
                        match.unmatched.remove(each.heading)
    first = [match for matches in found.values() for match in matches]
    kept, more = _one_customer_sheet(_down_to_customers(book, first, answers))
    left = tuple(name for name, matches in found.items() if not matches)
    return Recognised(tuple(kept), left, special, (*problems, *more), tuple(remarks), rows, answers)


def _matches(
    name: str, rows: Sequence[Sequence[object]], head: Grid, answers: Answers, *, no_customer_sheet: bool
) -> list[SheetMatch]:
    """The tables in the first rows of a sheet."""
    again = _again(name, answers, no_customer_sheet=no_customer_sheet)
    found: list[SheetMatch] = []
    for match in side_by_side(rows, again(rows, None), again):
        starts = fewest_texts(head, match, stretches(head, match, np.empty(0, np.int64)))
        column = below(head, match, starts, again)
        # What nobody can place is told when all rows are read; until then it is not read as part of this table.
        found += column.tables if not column.unknown else (match,)
    return found


def _again(name: str, answers: Answers, *, no_customer_sheet: bool) -> Recognise:
    said = answers.tables.get(clean_heading(name))

    def again(rows: Sequence[Sequence[object]], title: str | None) -> SheetMatch | None:
        named = said if title is None else title
        return recognise(name, rows, _samples(rows), answers.mapping, named=named, no_customer_sheet=no_customer_sheet)

    return again


def with_tables_below(
    match: SheetMatch, grid: Grid, totals: np.ndarray[tuple[int], np.dtype[np.int64]], answers: Answers
) -> tuple[tuple[SheetMatch, ...], list[Problem]]:
    """
    A table and those below it on its sheet, beyond the first rows too.

    Args:
        grid: The whole sheet.
        totals: Places of the texts that begin a row of totals.

    Returns:
        The tables from above, and a finding where headings show that one more begins which nobody could place.
    """
    if match.last_row is not None:
        return (match,), []
    starts = fewest_texts(grid, match, stretches(grid, match, totals))
    if not len(starts):
        return (match,), []
    column = below(grid, match, starts, _again(match.sheet, answers, no_customer_sheet=False))
    problems: list[Problem] = []
    for table in column.tables[1:]:
        problems.extend(_heading_problems(table))
    if column.unknown:
        problems.append(
            Problem(
                "table_not_placed",
                "high",
                match.sheet,
                f"{letters(match.left)}{(column.tables[-1].last_row or 0) + 1}",
                found=", ".join(column.unknown[:4]),
                wanted="the headings of a table that we know",
                remedy="Write the name of the table above its headings, or put it on a sheet of its own.",
            )
        )
    return column.tables, problems


def _down_to_customers(book: Book, matches: list[SheetMatch], answers: Answers) -> list[SheetMatch]:
    """Those tables, and all below them where none of the first ones is the customers."""
    if any(match.entity == ONE_SHEET_ONLY for match in matches):
        return matches
    no_totals = np.empty(0, np.int64)
    return [
        table for match in matches for table in with_tables_below(match, book.grid(match.sheet), no_totals, answers)[0]
    ]


def refuse_another_below(book: Book, match: SheetMatch) -> None:
    """
    Rows cannot be added to a table that has another one below it.

    Raises:
        BookRefused: It has.
    """
    above = match.last_row is not None
    if not above:
        no_totals = np.empty(0, np.int64)
        own = book.grid(match.sheet, {column.place for column in match.columns.values()})
        if len(fewest_texts(own, match, stretches(own, match, no_totals))):
            above = len(with_tables_below(match, book.grid(match.sheet), no_totals, Answers())[0]) > 1
    if above:
        raise BookRefused(
            f"On sheet '{match.sheet}' another table stands below the one that new rows belong to; "
            "put it on a sheet of its own and try again."
        )


def _samples(rows: Sequence[Sequence[object]]) -> Callable[[int], Sequence[object]]:
    """The cells of a column by its place, without those of totals, which say nothing about its kind."""
    data = [row for row in rows if not begins_total(row)]
    return lambda place: [row[place] for row in data if place < len(row)]


def _settled_by_cells(
    match: SheetMatch, rows: Sequence[Sequence[object]], answers: Answers
) -> Iterable[Problem]:
    """Takes headings with a slip of the pen, asks about those whose cells say something else; tells both."""
    samples = _samples(rows[match.header_row : match.last_row])
    for column in take_clear_ones(match, match.headings, samples):
        entity, name = next(target for target, taken in match.columns.items() if taken == column)
        yield _heading_problem(
            "heading_taken", "low", match, column, f"spelt as we know it: by its cells it is {entity}.{name}"
        )
    for target, column, other in list(contradicted(match, samples)):
        if answers.settles(match.sheet, column.heading):
            continue
        del match.columns[target]
        match.questions.append(Question(column.heading, (other, target), column.place))
        match.questions.sort(key=lambda question: question.place)


def _heading_problem(code: str, severity: str, match: SheetMatch, column: ColumnMatch, wanted: str) -> Problem:
    cell = f"{letters(column.place)}{match.header_row}"
    return Problem(code, severity, match.sheet, cell, column.heading, column.heading, wanted, _ASK)  # type: ignore[arg-type]


def _heading_problems(match: SheetMatch) -> Iterable[Problem]:
    for question in match.questions:
        fields = ", ".join(f"{entity}.{name}" for entity, name in question.candidates)
        yield Problem(
            "heading_ambiguous",
            "medium",
            match.sheet,
            f"{letters(question.place)}{match.header_row}",
            question.heading,
            question.heading,
            f"clear: it may be {fields}",
            "Say on the Mapping sheet which field it is, or rename the heading.",
        )


def further_columns(match: SheetMatch, sheet: Grid) -> dict[Target, list[ColumnMatch]]:
    """Second columns of the fields whose earliest date counts (DOM 2.4, insurance_expiry)."""
    found: dict[Target, list[ColumnMatch]] = {}
    used = {column.place for column in match.columns.values()}
    for (entity, name), also in EARLIEST.items():
        if (entity, name) not in match.columns:
            continue
        words = (name, *ENTITIES[entity].field(name).aliases, *also)
        known = {heading_form(text) for text in words if not gives_way((entity, name), text)}
        for place, cells in enumerate(sheet.columns[: match.right]):
            cell = cells.value(match.header_row - 1)
            if isinstance(cell, str) and place >= match.left and place not in used and heading_form(cell) in known:
                found.setdefault((entity, name), []).append(ColumnMatch(place, cell.strip()))
    return found


def _not_placed(name: str, rows: Sequence[Sequence[object]]) -> Iterable[Problem]:
    """A sheet with headings of ours, of which nothing says what table it is."""
    row = row_like_headings(rows)
    if row is None:
        row = row_of_somebody(rows)
    if row is not None:
        yield Problem(
            "sheet_not_placed",
            "low",
            name,
            found=", ".join(heading_texts(rows[row])[:4]),
            wanted="told as the headings of one table",
            remedy="Say on the Mapping sheet which table it is, or give the sheet the name of a table.",
        )


def _one_customer_sheet(matches: list[SheetMatch]) -> tuple[list[SheetMatch], list[Problem]]:
    """Of several customer sheets the one whose name says so; where that does not tell, nothing can be done."""
    customers = [match for match in matches if match.entity == ONE_SHEET_ONLY]
    if len(customers) < 2:
        return matches, []
    named = [match for match in customers if match.known_by_name]
    if len(named) != 1:
        sheets = ", ".join(f"'{match.sheet}'" for match in customers)
        raise StoreNotUnderstood(
            f"Several sheets could be the customer sheet: {sheets}; "
            "put all customers into one of them and delete or move away the others."
        )
    others = [match for match in customers if match is not named[0]]
    problems = [
        Problem(
            "second_customer_sheet",
            "medium",
            match.sheet,
            found=match.sheet,
            wanted="read: customers stand on sheet " + named[0].sheet,
            remedy="Move its rows there if they are customers too.",
        )
        for match in others
    ]
    return [match for match in matches if match not in others], problems
