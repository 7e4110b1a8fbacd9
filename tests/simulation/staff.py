"""The people of the store at their sheets: every row they add or change, in the workbook and in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.actions.drawn import HEADING_ROW, workbook
from tests.simulation.ledger import Ledger, Row
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.words import WORDS, english
from xl_retention.sheets.calls.call_sheet import INPUTS, PLACES
from xl_retention.sheets.staff_sheets import heading

SHEETS = {
    # By table the name of its sheet and its columns.
    "customer": ("Customers", "customer_id customer_name mobile birth_date consent_marketing base_scope "
                 "sales_advisor cs_owner service_advisor_owner"),
    "vehicle": ("Vehicles", "vin plate_no customer_id model purchase_date delivery_date insurance_expiry "
                "inspection_expiry next_service_date vehicle_status"),
    "service_visit": ("Visits", "ro_no vin plate_no visit_date checkout_date odometer_in work_type paid_amount "
                      "pay_type next_service_date next_service_km"),
    "booking": ("Bookings", "booking_id vin plate_no customer_id customer_name mobile booked_on appointment_at "
                "initiator channel arrived_at status"),
    "contact_log": ("Contact Log", "contact_id contact_at customer_id vin rule_code due_key staff role channel result "
                    "satisfaction_level objection_type feedback complaint_id intention next_contact_date next_action "
                    "planned_date"),
    "complaint": ("Complaints", "complaint_id received_at channel customer_id vin category content handler "
                  "handler_level promised_at first_response_at resolved_at followup_at satisfied_after status"),
    "prospect": ("Prospects", "prospect_no created_date name mobile source_channel intent_model grade "
                 "expected_order_date status order_date lost_date sales_advisor"),
    "renewal": ("Renewals", "renewal_id vin kind expiry result"),
    "key_account": ("Key Accounts", "account_no name contact owner"),
    "staff": ("Staff", "staff_id name role status"),
}  # fmt: skip
IDENTIFIERS = {
    "customer": "customer_id", "vehicle": "vin", "complaint": "complaint_id", "prospect": "prospect_no",
    "booking": "booking_id", "staff": "name",
}  # fmt: skip
CALLS = "Today's Calls"
SILENCE_SHEET, SILENCE_COLUMNS = "Do Not Contact", ("Customer ID", "VIN", "Kind of contact", "Reason", "Since")
OUTCOMES = """
    Outcome        | Counts as contacted | Closes the rule | Days before the customer may reappear | Ends all contact
    Connected      |                     |                 | 2                                     |
    No answer      |                     |                 |                                       |
    Switched off   |                     |                 |                                       |
    Invalid number |                     |                 |                                       |
    Refused        |                     |                 | 10                                    |
    Call back      |                     |                 |                                       |
    Sent           |                     |                 |                                       |
    Not now        | yes                 | yes             | 30                                    |
    Never again    | yes                 | yes             |                                       | yes
"""
"""The store's own sheet: days of peace, and two words of its own."""


def fields_of(entity: str) -> list[str]:
    """Columns of a sheet in their order."""
    return SHEETS[entity][1].split()


def _cell(entity: str, name: str, value: object) -> object:
    """A value as a clerk of an English store types it."""
    words = ENTITIES[entity].field(name).words
    if words and isinstance(value, str) and value and words in WORDS:
        return english(words, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value


def make_workbook(path: Path, ledger: Ledger) -> Path:
    """The store's workbook before the first day."""
    sheets: dict[str, object] = {}
    for entity, (name, _) in SHEETS.items():
        fields = fields_of(entity)
        headings = [heading(ENTITIES[entity].field(each), "en") for each in fields]
        rows = [[_cell(entity, each, row.get(each)) for each in fields] for row in ledger.tables.get(entity, [])]
        sheets[name] = [headings, *rows]
    settings = [["Parameter", "Value"], *([name, _plain(value)] for name, value in ledger.settings.items())]
    return workbook(
        path,
        {**sheets, "Settings": settings, "Outcomes": OUTCOMES, SILENCE_SHEET: [list(SILENCE_COLUMNS)]},  # type: ignore[dict-item]
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


class Staff:
    """
    Whoever enters things by hand; one visit to the workbook at a time.

    Args:
        path: The workbook.
        ledger: Is told the same.
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path, self.ledger = path, ledger
        self._added: list[tuple[str, Row]] = []
        self._changed: list[tuple[str, Row, Row]] = []
        self._silenced: list[list[object]] = []

    def add(self, entity: str, row: Row) -> Row:
        """A new row at the end of a sheet."""
        self._added.append((entity, row))
        return self.ledger.add(entity, row)

    def change(self, entity: str, row: Row, values: Row) -> None:
        """Other values in a row."""
        if not any(row is each for _, each in self._added):
            self._changed.append((entity, row, dict(values)))
        self.ledger.change(entity, row, values)

    def silence(self, cells: Iterable[object]) -> None:
        """A row of the sheet Do Not Contact."""
        self._silenced.append(list(cells))

    def enter(self) -> None:
        """Puts all of it into the workbook."""
        with ClosedBook(self.path) as book:
            for entity, row, values in self._changed:
                name, fields = SHEETS[entity][0], fields_of(entity)
                place = fields.index(IDENTIFIERS[entity])
                at = next(
                    number
                    for number, cells in enumerate(book.read(name), 1)
                    if cells[place] == row[IDENTIFIERS[entity]]
                )
                for field, value in values.items():
                    book.put(name, at, fields.index(field) + 1, [[_cell(entity, field, value)]])
            new: dict[str, list[list[object]]] = {SILENCE_SHEET: self._silenced} if self._silenced else {}
            for entity, row in self._added:
                cells = [_cell(entity, name, row.get(name)) for name in fields_of(entity)]
                new.setdefault(SHEETS[entity][0], []).append(cells)
            for name, rows in new.items():
                book.put(name, len(book.read(name)) + 1, 1, rows)
            book.save()
        self._added, self._changed, self._silenced = [], [], []


def type_beside(path: Path, entries: Mapping[str, Mapping[str, object]]) -> None:
    """Types into the list of the day, by due keys of a row and name of a column; other entries of the row go."""
    with ClosedBook(path) as book:
        rows = book.read(CALLS)
        for row in rows[HEADING_ROW:]:
            if (typed := entries.get(str(row[PLACES["key"]]))) is not None:
                for name in INPUTS:
                    row[PLACES[name]] = typed.get(name)
        book.write(CALLS, rows)
        book.save()
