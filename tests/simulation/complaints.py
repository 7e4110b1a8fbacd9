"""Complaints by the clock, reckoned once more from DOM 3.4 and 6.3: deadlines, levels, reopening."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.simulation.ledger import Ledger, Row

CLOSING, OPENING = dt.time(18), dt.time(9)
LADDER = {1: 2, 2: 4, 3: 8, 4: 24}
"""Hours after which a level is left (DOM 6.3)."""
ROLES = {1: "CS", 2: "SV", 3: "RS", 4: "SVM", 5: "GM"}


@dataclass(frozen=True)
class Step:
    """A row that the log must hold: a complaint went to a role."""

    complaint: str
    rule: str
    role: str
    day: dt.date


def moment_of(value: object) -> dt.datetime | None:
    """A date without clock is taken at the opening hour (DOM 2.8)."""
    if value is None or isinstance(value, dt.datetime):
        return value
    assert isinstance(value, dt.date)
    return dt.datetime.combine(value, OPENING)


class ComplaintBook:
    """
    The complaints of the ledger with what their clocks did.

    Args:
        ledger: Where their rows stand.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.steps: list[Step] = []
        self._started: dict[str, dt.datetime] = {}

    def overdue(self, now: dt.datetime) -> dict[str, set[str]]:
        """By complaint the rules whose clock has run out at a moment (V7: on the very moment it has not)."""
        found: dict[str, set[str]] = {}
        for row in self.ledger.tables["complaint"]:
            for rule, deadline in self._clocks(row):
                if deadline < now:
                    found.setdefault(str(row["complaint_id"]), set()).add(rule)
        return found

    @staticmethod
    def _clocks(row: Row) -> list[tuple[str, dt.datetime]]:
        received, resolved = moment_of(row["received_at"]), moment_of(row.get("resolved_at"))
        assert received
        if row["status"] == "已关闭":
            return []
        if resolved:
            return [] if row.get("followup_at") else [("CMP-FU24", resolved + dt.timedelta(hours=24))]
        clocks = [("CMP-24H", received + dt.timedelta(hours=24))]
        if row["category"] == "质量" and not row.get("first_response_at"):
            clocks.append(("CMP-2H", received + dt.timedelta(hours=2)))
        if promised := row.get("promised_at"):
            assert isinstance(promised, dt.datetime)
            clocks.append(("CMP-PROG", promised))
        return clocks

    def all_done(self) -> bool:
        """Whether nobody has to work on any."""
        return all(row["status"] == "已关闭" for row in self.ledger.tables["complaint"])

    def evening(self, day: dt.date) -> None:
        """What the check at the closing hour must do."""
        now = dt.datetime.combine(day, CLOSING)
        for row in self.ledger.tables["complaint"]:
            self._check(row, now)

    def _check(self, row: Row, now: dt.datetime) -> None:
        number, level = str(row["complaint_id"]), int(str(row.get("handler_level") or 2))
        told = bool(row.get("resolved_at") or row.get("followup_at"))
        reopened = told and row.get("satisfied_after") == "不满意"
        if not reopened and (row["status"] == "已关闭" or row.get("resolved_at")):
            return
        of_sales, by_maker = row["category"] == "销售", row["channel"] == "厂商"
        reached = level
        if reopened:
            self._started[number] = now
            if level < 5 and not of_sales:
                reached = level + 1
            elif by_maker:
                reached = 5
            self.steps.append(Step(number, "CMP-FU24", ROLES[reached], now.date()))
            self.ledger.change("complaint", row, {"status": "处理中", "resolved_at": None, "followup_at": None,
                                                  "satisfied_after": None})  # fmt: skip
        received = moment_of(row["received_at"])
        assert received
        start = self._started.get(number, received)
        if by_maker and reached < 5:
            reached = 5
            self.steps.append(Step(number, "CMP-24H", ROLES[5], now.date()))
        while not of_sales and reached < 5 and now > start + dt.timedelta(hours=LADDER[reached]):
            reached += 1
            self.steps.append(Step(number, "CMP-24H", ROLES[reached], now.date()))
        if reached != level:
            status = "处理中" if reopened else "升级"
            self.ledger.change("complaint", row, {"handler_level": reached, "status": status})
