"""A store lives with the workbook for months; all that goes wrong is noted, in words (DOM 6.1: plan, do, check, act).

A day: the staff enter what happened, the list is made and compared with the oracle's, the clerk types outcomes,
saves them, and in the evening the complaints are checked by the clock. The workbook is only ever touched as a
closed file, by the commands and by cells that people type.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.actions.clerk import table
from tests.actions.drawn import shell
from tests.simulation import store_life
from tests.simulation.clerk import Call, Clerk
from tests.simulation.complaints import CLOSING, ComplaintBook
from tests.simulation.ledger import Introduction, Row, Witness
from tests.simulation.staff import Staff, make_workbook, type_beside
from xl_retention.actions.generate_calls import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.contacts import lives
from xl_retention.domain.situation import Situation
from xl_retention.sheets.reading.reader import read_store

ONE_DAY = dt.timedelta(days=1)
SUNDAY = 6
HAND_OVER_AFTER = 60
FIELDS = (
    "customer_id", "customer_name", "mobile", "vin", "plate_no", "role", "owner", "rules", "due_keys", "due_date",
    "deadline", "overdue_days", "priority", "value_tier",
)  # fmt: skip
"""What is compared, row by row and in this order."""

HELD = (
    # What somebody may look after: table, kind of who has to be told, his number, and the fields with the name.
    ("customer", "customer", "customer_id", ("sales_advisor", "cs_owner", "service_advisor_owner")),
    ("complaint", "customer", "customer_id", ("handler",)),
    ("prospect", "prospect", "prospect_no", ("sales_advisor",)),
    ("key_account", "account", "account_no", ("owner",)),
)
OPEN_STATES = ("planned", "open", "overdue")


@dataclass
class Summary:
    """
    What the months came to.

    Args:
        ended: Due contacts by the state in which they are at the end.
        outcomes: Calls saved, by outcome.
        mistakes: Whatever was found wrong; empty if all is well.
    """

    first: dt.date
    last: dt.date
    customers: tuple[int, int] = (0, 0)
    cars: tuple[int, int] = (0, 0)
    lists: int = 0
    rows: int = 0
    longest: int = 0
    due: int = 0
    never_listed: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    refused_entries: int = 0
    complaints: int = 0
    complaints_overdue: int = 0
    steps: int = 0
    reopened: int = 0
    log_rows: int = 0
    written_by_staff: int = 0
    quiet_days: int = 0
    bans: int = 0
    handed_over: int = 0
    mistakes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """How a due contact looked when it was seen last."""

    day: dt.date
    state: str
    expire: dt.date | None


def simulate(path: Path, days: int = 120, customers: int = 24, seed: int = 20261122) -> Summary:
    """Lets a store live for so many days and says what came of it."""
    running = _Simulation(path, customers, seed)
    for number in range(days):
        running.day(store_life.FIRST_DAY + number * ONE_DAY, number)
    return running.end()


class _Simulation:
    def __init__(self, path: Path, customers: int, seed: int) -> None:
        self.path, self.rng = path, random.Random(seed)
        self.ledger = store_life.begin(seed, customers)
        self.people = Staff(make_workbook(path, self.ledger), self.ledger)
        self.life = store_life.Life(self.people, self.rng)
        self.clerk = Clerk(self.ledger, self.rng)
        self.complaints = ComplaintBook(self.ledger)
        self.seen: dict[str, Seen] = {}
        self.listed: set[str] = set()
        self.told: Counter[tuple[object, ...]] = Counter()
        self.today = store_life.FIRST_DAY
        self.summary = Summary(self.today, self.today, mistakes=self.ledger.mistakes)
        self.summary.customers = self.summary.cars = (0, 0)
        self._sizes = self._counts()

    def _counts(self) -> tuple[int, int]:
        return len(self.ledger.tables["customer"]), len(self.ledger.tables["vehicle"])

    def wrong(self, text: str) -> None:
        """Notes a mistake."""
        self.ledger.mistakes.append(f"{self.today}: {text}")

    def command(self, name: str, *arguments: object) -> dict[str, object]:
        """A command of the shell on the closed file."""
        answer = shell(name, self.path, "--date", self.today, "--json", *arguments)
        if answer.code:
            self.wrong(f"{name} ended with {answer.code}: {answer.err.strip()}")
            return defaultdict(list)
        return answer.json

    # --- a day -----------------------------------------------------------------------------------------------

    def day(self, day: dt.date, number: int) -> None:
        """From the morning to the closing hour."""
        self.today = day
        self.life.morning(day)
        if day.day == 1:
            self.command("plan", "--month", f"{day:%Y-%m}")
        if number == HAND_OVER_AFTER:
            self._hand_over()
        rows = self._list()
        if day.weekday() != SUNDAY:
            self._work(rows)
            if self.rng.random() < 0.1:
                self._list()
        self._check_complaints()

    def _list(self) -> list[Row]:
        """Makes the list and holds it against the ledger."""
        answer = self.command("today")
        rows: list[Row] = answer["rows"]  # type: ignore[assignment]
        witness = self.ledger.witness(self.today)
        self.summary.lists += 1
        self.summary.rows += len(rows)
        self.summary.longest = max(self.summary.longest, len(rows))
        self._compare(rows, witness)
        suppressed = Counter(tuple(item.values()) for item in answer["suppressed"])  # type: ignore[attr-defined]
        if suppressed != witness.suppressed:
            self.wrong(f"suppressed differ: {suppressed - witness.suppressed} for {witness.suppressed - suppressed}")
        self._nobody_in_quiet_time(rows)
        self._overdue_complaints_first(rows)
        self._remember(witness, rows)
        return rows

    def _compare(self, rows: Sequence[Row], witness: Witness) -> None:
        ours = [tuple(row[name] for name in FIELDS) for row in rows]
        theirs = [tuple(row[name] for name in FIELDS) for row in witness.rows]
        if ours != theirs:
            more, less = [row for row in ours if row not in theirs], [row for row in theirs if row not in ours]
            self.wrong(f"the list differs: {more[:2]} for {less[:2]}")

    def _nobody_in_quiet_time(self, rows: Sequence[Row]) -> None:
        for row in rows:
            customer = str(row["customer_id"])
            for rule in row["rules"]:  # type: ignore[attr-defined]
                if self.ledger.rests(customer, rule, self.today):
                    self.wrong(f"{customer} is on the list for {rule} in the quiet time")
        quiet = [each for each, until in self.ledger.quiet_until.items() if self.today < until]
        self.summary.quiet_days += len(quiet)

    def _overdue_complaints_first(self, rows: Sequence[Row]) -> None:
        """Whose day is over stands in the list before all that is less urgent, unless a call answered it."""
        begun = dt.datetime.combine(self.today, dt.time())
        keys = {(key.split("/")[-3], key.split("/")[-1]): place
                for place, row in enumerate(rows) for key in row["due_keys"]}  # type: ignore[attr-defined]  # fmt: skip
        others = [place for place, row in enumerate(rows) if row["priority"] != 1]
        for number, rules in self.complaints.overdue(begun).items():
            for rule in rules - self._answered(number):
                place = keys.get((rule, number))
                if place is None:
                    self.wrong(f"{rule} of {number} is overdue and not on the list")
                elif others and place > others[0]:
                    self.wrong(f"{rule} of {number} is overdue and not among the first")

    def _answered(self, number: str) -> set[str]:
        """Rules of a complaint that a call has closed on the list."""
        found: dict[str, set[object]] = defaultdict(set)
        closed = set()
        for row in self.ledger.tables["contact_log"]:
            for key in str(row.get("due_key") or "").split(";"):
                if key.endswith(f"/{number}"):
                    if row["result"] in ("接通", "拒访"):
                        closed.add(key)
                    elif row["result"] in ("未接", "关机", "空号"):
                        found[key].add(row["contact_at"])
                    elif row["result"] == "改约" and row["next_contact_date"]:
                        closed.add(key)  # put off to the agreed day, from which the list itself is compared
                    if len(found[key]) >= 3:
                        closed.add(key)
        complaint = self.ledger.row("complaint", "complaint_id", number)
        current = {"CMP-FU24": complaint.get("resolved_at"), "CMP-PROG": complaint.get("promised_at")}
        answered = set()
        for key in closed:
            rule, anchor = key.split("/")[-3:-1]
            began = current.get(rule, complaint["received_at"])
            if str(began)[:10] == anchor:
                answered.add(rule)
        return answered

    def _remember(self, witness: Witness, rows: Sequence[Row]) -> None:
        for key, state in witness.states().items():
            if key in self.seen or state in ("open", "overdue"):
                self.seen[key] = Seen(self.today, state, witness.by_key[key].expire)
        for row in rows:
            self.listed.update(row["due_keys"])  # type: ignore[arg-type]

    # --- the clerk's work ------------------------------------------------------------------------------------

    def _work(self, rows: Sequence[Row]) -> None:
        made = [Call(row, self.clerk.entries(row, self.today)) for row in rows if self.rng.random() < 0.85]
        if not made:
            return
        if self.rng.random() < 0.15:
            self._slip(made[0], rows)
        first, rest = made[: len(made) // 2], made[len(made) // 2 :]
        if self.rng.random() < 0.1:  # a look at the list in between keeps what is typed
            self._type(first)
            self.command("today")
        else:
            rest = made
        self._type(rest)
        answer = self.command("save-results")
        if (answer["saved"], answer["kept_open"]) != (len(made), len(rows) - len(made)):
            self.wrong(f"saved {answer['saved']}, kept {answer['kept_open']} of {len(made)} and {len(rows)}")
        for call in made:
            self._tell(self.clerk.saved(call, self.today), str(call.typed["outcome"]))
            self.summary.outcomes[str(call.typed["outcome"])] += 1
        if self.rng.random() < 0.1 and self.command("save-results")["saved"]:
            self.wrong("saving twice saved more")

    def _slip(self, call: Call, rows: Sequence[Row]) -> None:
        """An entry that cannot be is refused with a reason and stays."""
        self._type([Call(call.row, self.clerk.impossible())])
        answer = self.command("save-results")
        self.summary.refused_entries += 1
        if answer["saved"] or answer["kept_open"] != len(rows) or not answer["problems"]:
            self.wrong("an impossible entry was saved")

    def _type(self, calls: Sequence[Call]) -> None:
        """Types beside each call; what stood there before is wiped."""
        type_beside(self.path, {";".join(call.keys): call.typed for call in calls})

    def _tell(self, row: Row, outcome: str) -> None:
        self.told[
            row["contact_at"], row["customer_id"], row.get("due_key"), outcome, row["role"], row.get("staff")
        ] += 1

    # --- complaints, leaving ---------------------------------------------------------------------------------

    def _check_complaints(self) -> None:
        now = dt.datetime.combine(self.today, CLOSING)
        if self.complaints.all_done():
            return
        self.complaints.evening(self.today)
        answer = self.command("complaints")
        listed = {each["complaint_id"]: set(each["overdue"]) for each in answer["complaints"]}  # type: ignore[attr-defined]
        overdue = self.complaints.overdue(now)
        self.summary.complaints_overdue += len(overdue)
        for number, rules in overdue.items():
            if listed.get(number) != rules:
                self.wrong(f"{number}: overdue {sorted(rules)}, shown {listed.get(number)}")
        late = [bool(each["overdue"]) for each in answer["complaints"]]  # type: ignore[attr-defined]
        if late != sorted(late, reverse=True):
            self.wrong("an overdue complaint does not stand before the others")

    def _hand_over(self) -> None:
        leaver, to = store_life.LEAVER, store_life.SUCCESSOR
        self.summary.handed_over = len(self.command("hand-over", "--from", leaver, "--to", to)["moved"])  # type: ignore[arg-type]
        told = set()
        for entity, kind, number, fields in HELD:
            for row in self.ledger.tables[entity]:
                over = row.get("status") in ("已关闭", "战败", "交车", "退订")
                mine: Row = {name: to for name in fields if row.get(name) == leaver}
                if mine and not over:
                    self.ledger.change(entity, row, mine)
                    told.add((kind, str(row[number])))
        self.ledger.introductions += [Introduction(who, to, "SA", self.today) for who in sorted(told)]
        self.life.somebody_left()

    # --- the end ---------------------------------------------------------------------------------------------

    def end(self) -> Summary:
        """Where every due contact ended, by the product and by the ledger, and whose every row of the log is."""
        witness = self.ledger.witness(self.today)
        self._remember(witness, [])
        theirs, ours = witness.states(), _states(self.path, self.today)
        for key in sorted(self.seen):
            state = self._gone(key, witness) if key not in theirs else theirs[key]
            if key in ours and not _walks_alone(key) and state not in (ours[key], "stopped"):
                self.wrong(f"{key} is {ours[key]}, by the ledger {state}")
            if (key in ours) != (key in theirs) and (key in ours or state in OPEN_STATES):
                self.wrong(f"{key} is known as {ours.get(key)}, by the ledger as {theirs.get(key)}")
            self.summary.ended[state] += 1
        self._log()
        summary, counts = self.summary, self._counts()
        summary.last = self.today
        summary.customers, summary.cars = ((before, after) for before, after in zip(self._sizes, counts, strict=True))
        summary.due, summary.never_listed = len(self.seen), len(self.seen.keys() - self.listed)
        summary.complaints = len(self.ledger.tables["complaint"])
        summary.steps = len(self.complaints.steps)
        summary.reopened = sum(step.rule == "CMP-FU24" for step in self.complaints.steps)
        summary.bans = len(self.ledger.bans)
        return summary

    def _gone(self, key: str, witness: Witness) -> str:
        """State of an item that is no longer reckoned with, because what it counted from has moved on."""
        last = self.seen[key]
        if last.state not in OPEN_STATES:
            return last.state
        customer, car, rule, anchor, _ = key.split("/")
        rows = self.ledger.tables
        if rule.startswith("PRO-"):
            card = self.ledger.row("prospect", "prospect_no", customer)
            spoken = any(row["customer_id"] == customer and row["result"] in ("接通", "拒访")
                         and row["contact_at"] >= last.day for row in rows["contact_log"])  # type: ignore[operator]  # fmt: skip
            if spoken or card["status"] != "在跟":
                return "done" if spoken else "stopped"
            if any(each.startswith(f"{customer}//PRO-") for each in witness.by_key):
                return "stopped"  # the day of the order has come nearer: it goes on under another grade
        if last.expire and last.expire <= last.day:
            return "missed"
        if rule.startswith("BDAY-") and anchor <= last.day.isoformat():
            return "missed"  # put off beyond the birthday: it is over, the agreed call is an item of its own
        visits = [row for row in rows["service_visit"] if row["vin"] == car]
        if any(max(row["visit_date"], row["checkout_date"]) >= last.day for row in visits):  # type: ignore[type-var]
            return "stopped"
        answered = any(
            key in str(row.get("due_key")) and row["result"] in ("接通", "拒访") for row in rows["contact_log"]
        )
        if answered:
            return "done"
        if rule.startswith("CMP-FU24"):
            return "stopped"
        self.wrong(f"{key} is lost: it was {last.state} on {last.day} and nobody knows why it has gone")
        return "lost"

    def _log(self) -> None:
        """Every row of the log is a call of the clerk, a step of a complaint, or the staff's own."""
        found: Counter[tuple[object, ...]] = Counter()
        rows = table(self.path, "contact_log")
        own = {row["contact_id"] for row in self.ledger.tables["contact_log"] if row.get("contact_id")}
        for row in rows:
            day = row["contact_at"].date()  # type: ignore[attr-defined]
            if row.get("contact_id") in own:
                self.summary.written_by_staff += 1
            elif row.get("result"):
                found[day, row["customer_id"], row.get("due_key"), row["result"], row["role"], row.get("staff")] += 1
            else:
                found[day, row["complaint_id"], row["rule_code"], row["role"]] += 1
        steps = Counter((step.day, step.complaint, step.rule, step.role) for step in self.complaints.steps)
        self.summary.log_rows = len(rows)
        if found != self.told + steps:
            self.wrong(
                f"rows of the log without reason: {found - self.told - steps}, missing: {self.told + steps - found}"
            )


def _walks_alone(key: str) -> bool:
    """Whether it is a prospect's: one item at a time, which contacts move and never close (DOM 3.8)."""
    return key.split("/")[-3].startswith("PRO-")


def _states(path: Path, day: dt.date) -> dict[str, str]:
    """State of every due contact by the product, closed ones and those of long ago too."""
    with ClosedBook(path) as book:
        situation = Situation(read_store(book, NEEDED), day)
    everybody = np.append(np.ones(len(situation.identities.ids), np.bool_), False)
    number = int(np.datetime64(day, "D").astype(np.int64))
    found = {}
    for life in lives(situation, everybody):
        waiting = (
            "planned" if number < life.open else "missed" if number > life.expire
            else "overdue" if number > life.deadline else "open"
        )  # fmt: skip
        found[life.key] = life.closed or ("stopped" if life.stopped else waiting)
    return found
