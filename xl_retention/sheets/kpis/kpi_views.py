"""Reports made of the key figures: a view per role, and the forms of DOM 6.4, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from xl_retention.domain.kpis.definitions import KPIS


class Rows(Enum):
    """What stands in the rows of a report."""

    FIGURES = "key figures"
    PERIODS = "the month and its weeks"
    PEOPLE = "people, the month and its weeks"
    RANKING = "people by their points"
    LOSSES = "reasons, models and advisors of lost prospects"


class Part(Enum):
    """Which number of a key figure."""

    VALUE = "value"
    ABOVE = "numerator"
    BELOW = "denominator"


@dataclass(frozen=True)
class Column:
    """A column of a form: a number of a key figure under a heading of its own (a key in `wording`)."""

    heading: str
    code: str
    part: Part


@dataclass(frozen=True)
class Report:
    """
    A report.

    Args:
        key: In the command line and, after `view_`, in `wording`.
        rows: What stands in its rows.
        codes: Of its key figures; for a form those of its columns.
        columns: Of a form.
        owner: For rows of people the field of the customer that names them.
        quarter: Whether it is about a quarter, not a month.
    """

    key: str
    rows: Rows
    codes: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    owner: str = ""
    quarter: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """Codes that have to be counted, in the order of DOM 5."""
        asked = {*self.codes, *(column.code for column in self.columns)}
        return tuple(kpi.code for kpi in KPIS if kpi.code in asked)


def _codes(text: str) -> tuple[str, ...]:
    """Codes parted by blanks; `K01-K20` are all of them, with their sub-codes."""
    found: list[str] = []
    for part in text.split():
        first, _, last = part.partition("-K")
        found += [kpi.code for kpi in KPIS if first <= kpi.parent <= f"K{last}"] if last else [part]
    return tuple(found)


_column = Column
_VALUE, _ABOVE, _BELOW = Part.VALUE, Part.ABOVE, Part.BELOW

REPORTS = (
    Report("manager", Rows.FIGURES, _codes("K01 K02 K04 K05 K06 K07 K08 K16-K19 K21-K26 K29 K30 K40 K40d K49 K51 K52")),
    Report("sales", Rows.FIGURES, _codes("K04 K04.DLV-2H K04.DLV-3D K04.DLV-7D-SA K04.DLV-7D-CS K06 K08 K27-K31 K33 K34"
                                         " K44 K53")),
    Report("marketing", Rows.FIGURES, _codes("K27 K28 K32-K36 K47-K50 K52")),
    Report("service", Rows.FIGURES, _codes("K01-K03 K05 K07 K07x K09-K20 K24-K26 K37-K40")),
    Report("centre", Rows.FIGURES, _codes("K01-K20")),
    Report("sales_form", Rows.PEOPLE, owner="sales_advisor", columns=(
        _column("delivered", "K33", _BELOW), _column("calls_due", "K04", _BELOW), _column("calls_made", "K04", _ABOVE),
        _column("within_limit", "K08", _VALUE), _column("answered", "K06", _BELOW), _column("satisfied", "K06", _ABOVE),
        _column("complaints", "K19", _BELOW), _column("follow_up_rate", "K04", _VALUE),
        _column("satisfaction_rate", "K06", _VALUE),
    )),
    Report("service_form", Rows.PEOPLE, owner="service_advisor_owner", columns=(
        _column("visits", "K13", _BELOW), _column("calls_due", "K05", _BELOW), _column("calls_made", "K05", _ABOVE),
        _column("very_satisfied", "K02", _ABOVE), _column("answered", "K07", _BELOW),
        _column("satisfied", "K07", _ABOVE), _column("complaints", "K19", _BELOW),
        _column("return_rate", "K01", _VALUE),
        _column("delight_rate", "K02", _VALUE), _column("follow_up_rate", "K05", _VALUE),
        _column("satisfaction_rate", "K07", _VALUE),
    )),
    Report("reminders", Rows.PERIODS, columns=(
        _column("due_services", "K11", _BELOW), _column("reminded", "K11", _ABOVE),
        _column("reminder_rate", "K11", _VALUE),
        _column("came", "K12", _ABOVE), _column("reminder_to_visit", "K12", _VALUE), _column("visits", "K13", _BELOW),
        _column("booked_ahead", "K13", _ABOVE), _column("booking_rate", "K13", _VALUE),
        _column("bookings", "K14", _BELOW), _column("kept", "K14", _ABOVE), _column("show_up_rate", "K14", _VALUE),
    )),
    Report("scorecard", Rows.RANKING, columns=(
        _column("points_scored", "K43", _VALUE), _column("records", "K44", _VALUE),
    )),
    Report("quarter", Rows.FIGURES, _codes("K01 K02 K05 K07 K13 K21-K23 K26 K27 K30 K39-K39 K40 K40d K46 K52 K54"),
           quarter=True),
    Report("losses", Rows.LOSSES),
)  # fmt: skip
"""In the order in which they are offered."""


def report_of(text: str, names: Sequence[Sequence[str]]) -> Report | None:
    """
    The report that is meant by its number (from 1), key or name; the first one for nothing.

    Args:
        names: Of each report its names.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return REPORTS[0]
    for number, (report, called) in enumerate(zip(REPORTS, names, strict=True), 1):
        if wanted in (str(number), report.key, *(name.casefold() for name in called)):
            return report
    return None
