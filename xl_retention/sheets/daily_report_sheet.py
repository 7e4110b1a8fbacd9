"""The sheet Daily Report: per person what was done on a day and what is left, to be printed (DOM 6.1, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.day_report import PersonsDay
from xl_retention.domain.identity import NO_CAR, NOBODY, RowsOf
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Table
from xl_retention.domain.worklist import Worklist
from xl_retention.sheets.customer_sheet import moment_of
from xl_retention.sheets.small_tables import as_text, cell_at, heading_row, is_blank
from xl_retention.sheets.wording import both, say, word

STAFF_ROW, HEADING_ROW = 3, 4

COLUMNS: dict[str, tuple[float, Look]] = {
    "person": (14, "text"), "part": (13, "text"), "customer": (16, "wrapped"), "phone": (13, "text"),
    "plate": (11, "text"), "what": (26, "wrapped"), "details": (40, "wrapped"), "outcome": (13, "wrapped"),
    "when": (16, "datetime"), "deadline": (12, "date"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_NEEDED = ("person", "part", "details", "outcome")

Line = tuple[object, ...]
"""The cells of a row, in the order of `COLUMNS`."""


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    part = f"${letters(list(COLUMNS).index('part'))}{HEADING_ROW + 1}"
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        looks={(STAFF_ROW - 1, 0): "input_heading"},
        row_colours=(RowColour(f'{part}="{say("part_summary", language)}"', "sum"),),
        tab_colour="7F6000",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a report of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_report(cells)


def is_report(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a report, filled or not."""
    return heading_row(cells, HEADINGS, _NEEDED) is not None


def typed_name(cells: Sequence[Sequence[object]]) -> str:
    """The person typed into the yellow cell; "" for everybody."""
    return as_text(cell_at(cells, STAFF_ROW))


def empty(language: str) -> list[list[object]]:
    """The sheet before the first report."""
    return [[say("report_sheet", language)], [say("report_note", language)], [None], _headings(language)]


def _headings(language: str) -> list[object]:
    return [say(name, language) for name in COLUMNS]


def lay_out(
    situation: Situation,
    worklist: Worklist,
    reasons: Sequence[str],
    people: Sequence[PersonsDay],
    staff: str | None,
    language: str,
) -> list[Sequence[object]]:
    """
    The cells of the sheet.

    Args:
        reasons: Why each call is on the list.
        staff: The only person asked for; None for all.
    """
    rows: list[Sequence[object]] = [
        [say("report_title", language, day=situation.date.isoformat())],
        [say("report_note", language)],
        [staff],
        _headings(language),
    ]
    for day in people:
        name = day.staff or say("nobody_named", language)
        lines = [
            _summary(situation, day, language),
            *_log_rows(situation, day.made, "part_made", language),
            *_calls(situation, worklist, reasons, day, language),
            *_complaints(situation, day, language),
            *_bookings(situation, day, language),
            *_log_rows(situation, day.unread, "part_unread", language),
            *_unread_prospects(situation, day, language),
            *_unread_cards(situation, day, language),
        ]
        rows += [[name, *line[1:]] for line in lines]
    return rows


def _line(key: str, language: str, **cells: object) -> Line:
    return (None, say(key, language), *(cells.get(name) for name in list(COLUMNS)[2:]))


def _summary(situation: Situation, day: PersonsDay, language: str) -> Line:
    results = day.results(situation.store["contact_log"].texts("result"))
    told = [
        say(
            "report_result",
            language,
            result=word("result", result, language) if result else say("no_outcome", language),
            count=count,
        )
        for result, count in sorted(results.items(), key=lambda each: (-each[1], each[0]))
    ]
    counts = say(
        "report_counts",
        language,
        made=len(day.made),
        left=len(day.left),
        overdue=day.overdue,
        complaints=len(day.complaints),
        bookings=len(day.bookings),
        unread=day.unread_count,
    )
    return _line("part_summary", language, what="\n".join(told), details=counts)


def _about(situation: Situation, table: Table, rows: RowsOf, place: int) -> dict[str, object]:
    """Customer, phone and plate of a row of the staff's; what it says itself where they are not on file."""
    identities, party, car = situation.identities, int(rows.party[place]), int(rows.car[place])
    known = party != NOBODY
    name = identities.names[party] or identities.ids[party]
    return {
        "customer": name if known else table.texts("customer_name")[place],
        "phone": identities.mobiles[party] if known else table.texts("mobile")[place],
        "plate": identities.plates[car] if car != NO_CAR else table.texts("plate_no")[place],
    }


def _log_rows(situation: Situation, places: Sequence[int], key: str, language: str) -> Iterator[Line]:
    log = situation.store["contact_log"]
    for place in places:
        result = log.texts("result")[place]
        yield _line(
            key,
            language,
            **_about(situation, log, situation.identities.log, place),
            what=log.texts("rule_code")[place],
            details=log.texts("feedback")[place],
            outcome=word("result", result, language) if result else None,
            when=moment_of(log.moments("contact_at"), place),
        )


def _calls(
    situation: Situation, worklist: Worklist, reasons: Sequence[str], day: PersonsDay, language: str
) -> Iterator[Line]:
    identities, rows = situation.identities, worklist.rows
    for place in day.left:
        party, car = int(rows.party[place]), int(rows.car[place])
        late = int(rows.overdue[place])
        yield _line(
            "part_left",
            language,
            customer=identities.names[party] or identities.ids[party],
            phone=identities.mobiles[party],
            plate=identities.plates[car] if car != NO_CAR else None,
            what=reasons[place],
            outcome=say("state_overdue" if late else "state_open", language),
            deadline=rows.deadline[place].item(),
        )


def _complaints(situation: Situation, day: PersonsDay, language: str) -> Iterator[Line]:
    table = situation.store["complaint"]
    for place in day.complaints:
        yield _line(
            "part_complaint",
            language,
            **_about(situation, table, situation.identities.complaints, place),
            what=table.texts("complaint_id")[place],
            details=table.texts("content")[place],
            outcome=word("complaint_status", table.texts("status")[place], language),
            when=moment_of(table.moments("received_at"), place),
            deadline=moment_of(table.moments("promised_at"), place),
        )


def _bookings(situation: Situation, day: PersonsDay, language: str) -> Iterator[Line]:
    table = situation.store["booking"]
    for place in day.bookings:
        yield _line(
            "part_booking",
            language,
            **_about(situation, table, situation.identities.bookings, place),
            what=table.texts("booking_id")[place],
            details=word("booking_purpose", table.texts("purpose")[place], language),
            outcome=word("booking_status", table.texts("status")[place], language),
            when=moment_of(table.moments("appointment_at"), place),
        )


def _unread_prospects(situation: Situation, day: PersonsDay, language: str) -> Iterator[Line]:
    table = situation.store["prospect"]
    for place in day.unread_prospects:
        status = table.texts("status")[place]
        yield _line(
            "part_unread",
            language,
            customer=table.texts("name")[place],
            phone=table.texts("mobile")[place],
            what=f"{say('part_prospect', language)} {table.texts('prospect_no')[place]}",
            details=table.texts("intent_model")[place],
            outcome=word("prospect_status", status, language) if status else None,
            when=moment_of(table.moments("created_date"), place),
        )


def _unread_cards(situation: Situation, day: PersonsDay, language: str) -> Iterator[Line]:
    table, identities = situation.store["base_card"], situation.identities
    for place in day.unread_cards:
        customer = table.texts("customer_id")[place]
        party = identities.party_places.get(customer, NOBODY)
        yield _line(
            "part_unread",
            language,
            customer=identities.names[party] if party != NOBODY else customer,
            phone=identities.mobiles[party] if party != NOBODY else None,
            what=f"{say('part_card', language)} {table.texts('card_no')[place]}",
            details=table.texts("month_file")[place],
        )
