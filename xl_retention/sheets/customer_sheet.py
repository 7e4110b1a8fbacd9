"""The sheet Customer View: everything about one customer on a page that can be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import Grid
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.classes.scheme import UNKNOWN, Subject
from xl_retention.domain.classes.schemes import OF_EACH_CUSTOMER, SCHEMES
from xl_retention.domain.customer_story import TOLD, Asked, Story
from xl_retention.domain.identity import NO_CAR, PartyKind
from xl_retention.domain.schema import Field, Kind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import MONTH_DAY, Days, Places, Table
from xl_retention.sheets.calls.call_reasons import reason_sentence
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.classes.class_reasons import why
from xl_retention.sheets.small_tables import as_text, cell_at, heading_row, is_blank
from xl_retention.sheets.staff_sheets import heading
from xl_retention.sheets.wording import both, role_name, say, word

FIND_ROW, HEADING_ROW = 3, 4

COLUMNS: dict[str, tuple[float, Look]] = {
    "part": (15, "text"), "date": (12, "date"), "what": (26, "wrapped"), "details": (62, "wrapped"),
    "by_person": (15, "wrapped"), "state": (14, "wrapped"), "deadline": (12, "date"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}

TABLES = {PartyKind.CUSTOMER: "customer", PartyKind.PROSPECT: "prospect", PartyKind.ACCOUNT: "key_account"}
SUBJECTS = {
    PartyKind.CUSTOMER: Subject.CUSTOMER, PartyKind.PROSPECT: Subject.PROSPECT, PartyKind.ACCOUNT: Subject.ACCOUNT,
}  # fmt: skip
_NAMED_ALREADY = ("customer_id", "customer_name", "mobile", "vin", "plate_no", "due_key")
"""Fields of a row that stand above it on the sheet."""

Line = tuple[object, ...]
"""The cells of a row, in the order of `COLUMNS`."""


@dataclass(frozen=True)
class Part:
    """How the rows of one table are told: the fields for what, who and state; all others are its details."""

    key: str
    table: str
    what: str
    who: str
    state: str


PARTS: tuple[Part, ...] = (
    Part("part_complaint", "complaint", "category", "handler", "status"),
    Part("part_contact", "contact_log", "rule_code", "staff", "result"),
    Part("part_visit", "service_visit", "work_type", "service_advisor", "pay_type"),
    Part("part_booking", "booking", "purpose", "", "status"),
    Part("part_referral", "referral", "friend_name", "", "result"),
    Part("part_invitation", "invitation", "campaign_id", "", "reply"),
)


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    state = f"${letters(list(COLUMNS).index('state'))}{HEADING_ROW + 1}"
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "input_heading"),
        row_colours=(
            RowColour(f'{state}="{say("state_overdue", language)}"', "bad"),
            RowColour(f'{state}="{say("state_stopped", language)}"', "quiet"),
        ),
        tab_colour="548235",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a customer view of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_customer_view(cells)


def is_customer_view(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a customer view, filled or not."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def typed_text(cells: Sequence[Sequence[object]]) -> str:
    """What is typed into the yellow cell; a number is taken for what was typed, without its point."""
    return as_text(cell_at(cells, FIND_ROW)).lstrip("'")


def asked(text: str) -> Asked:
    """A text as each kind of cell would be read (DOM 2.14)."""

    def read(kind: Kind) -> str:
        return str(clean(Grid.of([[text]]).columns[0], kind).values[0])

    number = read(Kind.ID)
    digits = number if number.isdecimal() else ""  # the last digits of a phone are no phone, but may be looked for
    return Asked(text.strip(), number, read(Kind.PLATE), read(Kind.PHONE) or digits)


def empty(language: str) -> list[Sequence[object]]:
    """The sheet before the first question."""
    return [[say("customer_sheet", language)], [say("customer_empty", language)], [None], _headings(language)]


def _headings(language: str) -> list[object]:
    return [say(name, language) for name in COLUMNS]


def lay_out_found(situation: Situation, text: str, parties: Places, language: str) -> list[Sequence[object]]:
    """The cells where nobody or several fit: a row each with the number to ask for."""
    identities = situation.identities
    key = "several_found" if len(parties) else "nobody_found"
    rows: list[Sequence[object]] = [
        [say("customer_sheet", language)],
        [say(key, language, count=len(parties), text=text)],
        [text],
        _headings(language),
    ]
    for party in parties.tolist():
        cars = identities.plates[np.flatnonzero(identities.owner == party)]
        told = [identities.mobiles[party], *cars.tolist()]
        what = [identities.ids[party], identities.names[party]]
        rows.append(_line("part_found", language, what="  ".join(what), details=", ".join(filter(None, told))))
    return rows


def lay_out(situation: Situation, text: str, story: Story, language: str) -> list[Sequence[object]]:
    """The cells of the sheet of one customer."""
    name = situation.identities.names[story.party] or situation.identities.ids[story.party]
    return [
        [name],
        [say("customer_note", language, day=situation.date.isoformat())],
        [text],
        _headings(language),
        *_on_file(situation, story, language),
        *_cars(situation, story, language),
        *_due(situation, story, language),
        *(line for part in PARTS for line in _part(situation, story, part, language)),
        *_classes(situation, story, language),
    ]


def _line(key: str, language: str, **cells: object) -> Line:
    return (say(key, language), *(cells.get(name) for name in list(COLUMNS)[1:]))


def _on_file(situation: Situation, story: Story, language: str) -> Iterator[Line]:
    table = situation.store[TABLES[story.kind]]
    sensitive = situation.parameters.choice("sensitive_fields") == "shown"
    for name, value in filled(table, story.row, language, sensitive=sensitive):
        yield _line("part_customer", language, what=heading_of(table, name, story.row, language), details=str(value))


def _cars(situation: Situation, story: Story, language: str) -> Iterator[Line]:
    vehicles, service, identities = situation.store.vehicles, situation.service, situation.identities
    for car in story.cars.tolist():
        computed = (
            () if service.first_done[car] else ("first_service_due", service.first_due),
            ("maintenance_due", service.maintenance_due) if service.first_done[car] else (),
            ("last_here", service.last_activity),
        )
        told = [f"{say(each[0], language)}: {each[1][car]}" for each in computed if each and not np.isnat(each[1][car])]
        yield _line(
            "part_car",
            language,
            date=moment_of(service.delivered, car),
            what="\n".join(filter(None, (identities.plates[car], identities.car_ids[car]))),
            details="\n".join([*_details(vehicles, car, ("vehicle_status", "delivery_date"), language), *told]),
            state=word("vehicle_status", vehicles.texts("vehicle_status")[car], language),
        )


def _due(situation: Situation, story: Story, language: str) -> Iterator[Line]:
    items, identities = story.due, situation.identities
    columns = (items.rule, items.anchor, items.due, items.deadline, items.moment, items.timed, items.sequence)
    contacts = zip(*(column.tolist() for column in columns), strict=True)
    for place, (contact, state, stop) in enumerate(zip(contacts, story.states, story.stops, strict=True)):
        car = int(items.car[place])
        stopped_by = [say(f"stop_{stop}", language)] if stop else []
        yield _line(
            "part_due",
            language,
            date=contact[2],
            what=identities.plates[car] if car != NO_CAR else None,
            details="\n".join([reason_sentence(situation, (*contact, ""), language), *stopped_by]),
            by_person=items.owner[place] or role_name(items.role[place], language),
            state=say(f"state_{state.value}", language),
            deadline=contact[3],
        )


def _part(situation: Situation, story: Story, part: Part, language: str) -> Iterator[Line]:
    table, date = situation.store[part.table], TOLD[part.table]
    shown = (date, part.what, part.who, part.state)
    for place in story.rows[part.table].tolist():
        cells = {name: value for name, value in filled(table, place, language) if name in shown}
        yield _line(
            part.key,
            language,
            date=cells.get(date),
            what=cells.get(part.what),
            details="\n".join(_details(table, place, shown, language)),
            by_person=cells.get(part.who),
            state=cells.get(part.state),
        )


def _classes(situation: Situation, story: Story, language: str) -> Iterator[Line]:
    schemes = OF_EACH_CUSTOMER if story.kind is PartyKind.CUSTOMER else SCHEMES
    for scheme in schemes:
        if scheme.subject is not SUBJECTS[story.kind]:
            continue
        classified = scheme.of(situation)
        label = classified.labels[story.row]
        words = label if scheme.several else (label,)
        names = [scheme.name(each, language) for each in words if each and each != UNKNOWN]
        if names:
            yield _line(
                "part_class",
                language,
                what=scheme.heading(language),
                details=why(scheme, classified, story.row, language),
                state=", ".join(names),
            )


def _details(table: Table, place: int, without: Sequence[str], language: str) -> list[str]:
    """The other filled cells of a row, a line each: `heading: value`."""
    return [
        f"{heading_of(table, name, place, language)}: {_as_text(value)}"
        for name, value in filled(table, place, language)
        if name not in (*without, *_NAMED_ALREADY)
    ]


def heading_of(table: Table, name: str, place: int, language: str) -> str:
    """The heading of a field as the staff wrote it on that row's sheet, else our own."""
    written = table.headings.get((str(table.sheet[place]), name))
    return " ".join(written.text.split()) if written else heading(table.entity.field(name), language)


def filled(
    table: Table, place: int, language: str = "", *, sensitive: bool = False
) -> Iterator[tuple[str, object]]:
    """
    The filled fields of a row, in the order of the table, with their values.

    Args:
        language: In which words are told; "" leaves the words of DOM.
        sensitive: Whether fields that are hidden by default are among them (DOM 6.8).
    """
    for field in table.entity.fields:
        if field.name in table.columns and (sensitive or not field.sensitive):
            value = _value(table, field, place, language)
            if value not in (None, "", False):
                yield field.name, value


def _value(table: Table, field: Field, place: int, language: str) -> object:
    if field.kind in (Kind.DATE, Kind.BIRTHDAY):
        return moment_of(table.moments(field.name), place) or _month_day(table, field, place)
    cell = table.read(field.name)[place]
    if isinstance(cell, (float, np.floating)):
        if np.isnan(cell):
            return None
        if field.kind is Kind.TIME:
            return f"{int(cell) // 3600:02d}:{int(cell) % 3600 // 60:02d}"
        return int(cell) if float(cell).is_integer() else float(cell)
    if isinstance(cell, (bool, np.bool_)):
        return word("yes_no", "yes", language) if cell and language else bool(cell)
    return word(field.words, str(cell), language) if field.words and language else str(cell)


def _month_day(table: Table, field: Field, place: int) -> str | None:
    """A birthday of which only month and day are known."""
    known = int(table.read(MONTH_DAY)[place]) if field.kind is Kind.BIRTHDAY else 0
    return f"{known // 100:02d}-{known % 100:02d}" if known else None


def moment_of(days: Days, place: int) -> dt.datetime | dt.date | None:
    """A day, with its clock where it has one (DOM V18); None for a blank."""
    moment = days[place]
    if np.isnat(moment):
        return None
    found: dt.datetime = moment.astype("datetime64[s]").item()
    return found if found.time() != dt.time() else found.date()


def _as_text(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)
