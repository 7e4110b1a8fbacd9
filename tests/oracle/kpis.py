"""A slow, literal second opinion on `xl-retention kpi`, written from DOM 5.6 alone, one row after the other.

Sheets, items and the played log come from `oracle`; nothing is shared with the product. READINGS.md says which way
was taken where DOM can be read in more than one (E1, E2 ... in the comments).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

from tests.oracle.oracle import (
    Car,
    Item,
    LogRow,
    Oracle,
    Record,
    Visit,
    When,
    add_months,
    clean_heading,
    days,
    number_of,
    text_of,
    word_key,
)

DAY_SECONDS = timedelta(hours=23, minutes=59, seconds=59)
OF_3_1 = {  # the rules of DOM 3.1
    "DLV-D0", "DLV-2H", "DLV-3D", "DLV-3D-AS", "DLV-7D-SA", "DLV-7D-CS", "DLV-2W-MGR", "DLV-15-30", "DLV-PHOTO",
    "OEM-1", "OEM-2",
}  # fmt: skip
REQUIRED = ("DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS")
USE = {"私家车": "私家 家用 私人 private", "公务车": "公务 公司用车 单位用车 official", "营运车": "营运 出租 网约车 货运 commercial"}
INITIATOR = {"客户主动": "主动 customer", "提醒后预约": "被动 afterreminder", "员工代约": "staff"}
LOWER_IS_BETTER = {"K20", "K22", "K23", "K24"}
TARGETS = {"K04": 1, "K05": 1, "K08": 1, "K16": 1, "K17": 1, "K18": 1, "K19": 1, "K26": 0.05}
SHEET = {  # the sheet whose rows a KPI counts; without it everything is null (E2)
    "K01": "service_visit", "K02": "service_visit", "K02b": "service_visit", "K03": "service_visit",
    "K05": "service_visit", "K06": "contact_log", "K07": "contact_log", "K07x": "contact_log", "K09": "contact_log",
    "K13": "service_visit", "K14": "booking", "K16": "complaint", "K17": "complaint", "K18": "complaint",
    "K19": "complaint", "K20": "complaint", "K24": "service_visit", "K30": "prospect", "K37": "renewal",
}  # fmt: skip


def word(value: object, words: dict[str, str]) -> str | None:
    if value is None:
        return None
    key = word_key(value)
    return next((each for each, others in words.items() if key == each or key in others.split()), None)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(0, 0)) + DAY_SECONDS


@dataclass
class Counted:
    """One entry of the answer."""

    code: str
    numerator: object = None
    denominator: object = None
    value: object = None
    group: str = ""
    status: str = ""
    target: object = None


@dataclass
class Repair:
    """A visit with what `Visit` does not carry."""

    visit: Visit
    customer: tuple[str, str] | None = None  # ("customer", id) or ("walk-in", mobile)
    booked: bool = False
    bookings: set[str] = field(default_factory=set)


class Played(Oracle):
    """The store on a day: every item with its state and the row that closed it."""

    def __init__(self, path: str | Path, as_of: date) -> None:
        super().__init__(path, as_of)
        self.path = path
        self.closed_by: dict[str, LogRow] = {}
        self.first_due: dict[str, date] = {}
        self.first_deadline: dict[str, When] = {}
        self.repairs = self.read_repairs()

    def played(self) -> Played:
        self.generate()
        self.play()
        return self

    def add(self, item: Item | None) -> Item | None:
        item = super().add(item)
        if item is not None:
            self.first_due[item.key], self.first_deadline[item.key] = item.due.day, item.deadline
        return item

    def apply(self, row: LogRow, item: Item) -> bool:
        moved = super().apply(row, item)
        if item.closed:
            self.closed_by[item.key] = row
        return moved

    def side_effects(self, row: LogRow, hit: list[Item]) -> None:
        open_before = [i for i in self.by_who.get(row.who, []) if i.closed is None]
        super().side_effects(row, hit)
        for item in open_before:
            if item.closed:
                self.closed_by[item.key] = row

    def state_now(self, item: Item) -> str:
        """Closed by the log first, then any stop (0.3)."""
        if item.closed:
            return item.closed
        return "stopped" if item.stopped or self.global_stop(item) else "not closed"

    def record(self, row: LogRow) -> Record:
        return self.book.tables["contact_log"][row.order]

    def read_repairs(self) -> list[Repair]:
        found: dict[tuple[str, date], Repair] = {}
        for visit in self.visits:
            who = ("customer", visit.customer_id) if visit.customer_id is not None else None
            found[(visit.car_key, visit.day)] = Repair(visit, who)
        for row in self.book.tables.get("service_visit", []):
            when = self.past(row.get("visit_date"))
            key = self.car_of_row(row)[1] or str(row.get("mobile") or "")
            if when is None or not key:
                continue
            repair = found[(key, when.day)]
            repair.booked = repair.booked or row.get("booked") is True
            if row.get("booking_id"):
                repair.bookings.add(str(row["booking_id"]))
            mobile = row.get("mobile")
            if repair.customer is None and mobile and not any(
                c.get("mobile") == mobile for c in self.customers.values()
            ):
                repair.customer = ("walk-in", str(mobile))  # 2.19 (E3)
        return list(found.values())

    # -- 4.8 for customers ----------------------------------------------------------------------------

    def delivered_later(self) -> set[str]:
        """Cars whose only delivery day lies ahead (C10)."""
        later = Oracle(self.path, date(2199, 12, 31))
        return {
            key for key, car in self.cars.items() if car.delivery is None and later.cars[key].delivery is not None
        }

    def narrow_base(self) -> list[str]:
        """base_scope 自销 or blank and at least one car delivered."""
        return [
            each.id
            for each in self.customers.values()
            if each.get("base_scope") in (None, "自销")
            and any(car.delivery is not None for car in self.cars_of.get(each.id, []))
        ]

    def complaining(self) -> set[str]:
        out = set()
        for row in self.book.tables.get("complaint", []):
            if not self.past(row.get("received_at")):
                continue
            who = self.customer_of_row(row, self.car_of_row(row)[0])
            if who and who[0] == "customer" and not self.closed(row):
                out.add(who[1])
        return out

    def closed(self, row: Record) -> bool:
        """K19."""
        solved, followed = self.past(row.get("resolved_at")), self.past(row.get("followup_at"))
        if solved is None and followed is None:
            return row.get("status") == "已关闭"
        return solved is not None and followed is not None

    def state_of(self, cars: list[Car], complains: bool) -> str:
        """Orders 2 to 5 of 4.8 over some cars 在用."""
        known = [day for car in cars if (day := self.last_activity(car)) is not None]
        if not known:
            return "未知"
        last = max(known)
        if self.as_of > add_months(last, self.whole("lost_months", 12)):
            return "流失客户"
        if self.as_of > add_months(last, self.whole("quasi_lost_months", 6)):
            return "准流失客户"
        start = add_months(self.as_of, -12)
        paid = [v.paid for car in cars for v in car.visits if start < v.day <= self.as_of and v.paid > 0]
        enough = len(paid) >= self.number("loyal_visits", 3) and sum(paid) >= self.number("loyal_amount", 3000)
        return "忠诚客户" if enough and not complains else "一般客户"

    def customer_states(self) -> dict[str, str]:
        later, complaining, out = self.delivered_later(), self.complaining(), {}
        for number in self.customers:
            cars = self.cars_of.get(number, [])
            counted = [car for car in cars if car.status == "在用" and car.key not in later]
            if counted:
                out[number] = self.state_of(counted, number in complaining)
            elif cars:
                out[number] = "已转出"
        return out


class Kpis:
    def __init__(self, path: str | Path, as_of: date, start: date, end: date, kind: str) -> None:
        self.path, self.as_of, self.start, self.end, self.kind = path, as_of, start, end, kind
        self.c = min(end, as_of)
        self.now = Played(path, as_of).played()
        self.then = self.now if self.c == as_of else Played(path, self.c).played()
        self.before = Played(path, start - days(1))
        self.out: list[Counted] = []

    def within(self, when: object) -> bool:
        """In P, up to c (V13)."""
        day = when.day if isinstance(when, When) else when
        return isinstance(day, date) and self.start <= day <= self.c

    def rows(self, table: str) -> list[Record]:
        return self.now.book.tables.get(table, [])

    # -- the answer -----------------------------------------------------------------------------------

    def put(self, code: str, numerator: object = None, denominator: object = None, group: str = "", value: object = None) -> None:
        if value is None and denominator:
            value = Fraction(numerator) / Fraction(denominator) if numerator is not None else None
        self.out.append(Counted(code, numerator, denominator, value, group))

    def ratio(self, code: str, numerator: set | list, denominator: set | list) -> None:
        self.put(code, len(numerator), len(denominator))

    def count(self) -> list[Counted]:
        for code, ask in (
            ("K01", self.k01), ("K02", self.k02), ("K03", self.k03), ("K04", self.k04), ("K05", self.k05),
            ("K06", self.k06), ("K07", self.k07), ("K08", self.k08), ("K09", self.k09), ("K10", self.k10),
            ("K11", self.k11), ("K13", self.k13), ("K14", self.k14), ("K15", self.k15), ("K16", self.k16),
            ("K17", self.k17), ("K18", self.k18), ("K19", self.k19), ("K20", self.k20), ("K21", self.k21),
            ("K24", self.k24), ("K25", self.k25), ("K26", self.k26), ("K30", self.k30), ("K37", self.k37),
            ("K38", self.k38), ("K44", self.k44),
        ):  # fmt: skip
            ask()
            assert any(each.code.startswith(code) for each in self.out) or code == "K44", code
        nothing = self.start > self.as_of
        missing = {code for code, table in SHEET.items() if table not in self.now.book.tables}
        for each in self.out:
            if nothing or each.code in missing:
                each.numerator = each.denominator = each.value = None
            each.target = self.target(each.code)
            each.status = self.status(each)
        return [each for each in self.out if not (nothing and each.code == "K44")]

    def target(self, code: str) -> object:
        names = [f"target_{code}", f"target_{code[:3]}"]
        if code == "K44":
            names = ["target_K44_week" if self.kind == "week" else "target_K44_month"]
        for name in names:
            typed = self.now.book.settings.get(name)
            if typed is not None:
                text = str(typed)
                number = number_of(text.rstrip("%"))
                if number is not None:
                    return float(number / 100 if text.endswith("%") else number)
        if code == "K44":
            return 10 if self.kind == "week" else 50
        return TARGETS.get(code[:3])

    def status(self, each: Counted) -> str:
        if each.value is None:
            return "no_data"  # E1
        closes = self.end + (days(30) if each.code in ("K11", "K12", "K15") else days(0))
        if self.as_of < closes:
            return "open"
        if each.target is None:
            return "no_target"
        if each.code == "K26":
            return "growth"  # compared with last year (E9): not this oracle's business
        good = each.value <= Fraction(str(each.target)) if each.code in LOWER_IS_BETTER else each.value >= Fraction(str(each.target))
        return "met" if good else "missed"

    # -- 5.1 ------------------------------------------------------------------------------------------

    def visits_in(self) -> list[Repair]:
        return [r for r in self.now.repairs if self.within(r.visit.day)]

    def serviced(self) -> set[tuple[str, str]]:
        return {r.customer for r in self.visits_in() if r.customer}

    def k01(self) -> None:
        visits = self.visits_in()
        old = {r.customer for r in self.now.repairs if r.customer and r.visit.day < self.start}
        basis = self.now.word("return_rate_basis", "customers")
        if basis == "visits":
            self.ratio("K01", [r for r in visits if r.customer in old], visits)
        elif basis == "visits_any":
            earlier = [
                r
                for r in visits
                if r.customer and any(o.customer == r.customer and o.visit.day < r.visit.day for o in self.now.repairs)
            ]
            self.ratio("K01", earlier, visits)
        else:
            self.ratio("K01", self.serviced() & old, self.serviced())

    def svc_of(self, repair: Repair) -> Item | None:
        """The SVC-3D item of a visit; of several with one checkout only the last has one."""
        visit = repair.visit
        if visit.customer_id is None or visit.checkout is None:
            return None
        later = [v for v in self.now.visits if v.car_key == visit.car_key and v.day > visit.day]
        if any(v.checkout == visit.checkout for v in later):
            return None
        car = visit.car_key if visit.names_car else ""
        return self.now.by_key.get(f"{visit.customer_id}/{car}/SVC-3D/{visit.checkout.isoformat()}/1")

    def k02(self) -> None:
        answered, very = set(), set()
        for repair in self.visits_in():
            item = self.svc_of(repair)
            if item is None or item.closed != "done":
                continue
            level = self.now.record(self.now.closed_by[item.key]).get("satisfaction_level")
            if level:
                answered.add(repair.customer)
            if level == "非常满意":
                very.add(repair.customer)
        self.ratio("K02", very, self.serviced())
        self.ratio("K02b", very, answered)

    def k03(self) -> None:
        if self.kind != "month":
            self.put("K03")
            return
        parc = None
        for row in self.rows("parc"):
            found = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?", str(text_of(row.get("month")) or "")[:8])
            number = number_of(row.get("parc"))
            if found and (int(found[1]), int(found[2])) == (self.start.year, self.start.month) and number is not None:
                parc = number
                break
        if parc is None:
            parc = number_of(self.now.book.settings.get("parc"))
        self.put("K03", len(self.serviced()), None if parc is None else int(parc))

    def past_deadline(self, item: Item) -> bool:
        return self.as_of > self.now.first_deadline[item.key].day

    def k04(self) -> None:
        delivered: dict[str, list[Car]] = {}
        for number, cars in self.now.cars_of.items():
            mine = [car for car in cars if self.within(car.delivery)]
            if mine:
                delivered[number] = mine
        on = [code for code in REQUIRED if self.now.rule(code)["on"]]
        for code, rules in [("K04", on)] + [(f"K04.{rule}", [rule] if rule in on else []) for rule in REQUIRED]:
            counted, done = set(), set()
            for number, cars in delivered.items():
                items = [
                    self.now.by_key.get(f"{number}/{car.key}/{rule}/{car.delivery.isoformat()}/1")
                    for car in cars
                    for rule in rules
                ]
                if not items or any(
                    i is None or self.now.state_now(i) == "stopped" or not self.past_deadline(i) for i in items
                ):
                    continue
                counted.add(number)
                if all(i.closed == "done" for i in items):
                    done.add(number)
            self.ratio(code, done, counted)

    def k05(self) -> None:
        due, done = [], []
        for repair in self.visits_in():
            item = self.svc_of(repair)
            if item and self.now.state_now(item) != "stopped" and self.past_deadline(item):
                due.append(repair)
                if item.closed == "done":
                    done.append(repair)
        self.ratio("K05", done, due)

    def answers(self, rules: set[str]) -> list[LogRow]:
        """Answered surveys of some rules (K06, K07)."""
        closers = {
            self.now.closed_by[i.key].order for i in self.now.items if i.rule in rules and i.closed == "done"
        }
        return [
            row
            for row in self.now.log
            if self.within(row.day)
            and row.result == "接通"
            and self.now.record(row).get("satisfaction_level")
            and (row.names() & rules or row.order in closers)
        ]

    def satisfied(self, code: str, rows: list[LogRow]) -> None:
        good = [r for r in rows if self.now.record(r)["satisfaction_level"] in ("非常满意", "满意")]
        self.ratio(code, good, rows)

    def k06(self) -> None:
        self.satisfied("K06", self.answers(OF_3_1))

    def k07(self) -> None:
        rows = self.answers({"SVC-3D"})
        self.satisfied("K07", rows)
        self.satisfied("K07x", [r for r in rows if self.use_of(r) != "营运车"])

    def use_of(self, row: LogRow) -> str | None:
        car = self.now.cars.get(row.car)
        if not row.car and row.who and row.who[0] == "customer":
            mine = self.now.cars_of.get(row.who[1], [])
            car = mine[0] if len(mine) == 1 else None
        return word(car.get("use_type"), USE) if car else None

    def k08(self) -> None:
        due, good = [], []
        for item in self.now.items:
            if item.rule not in (*REQUIRED, "SVC-3D") or item.who[0] != "customer":
                continue
            deadline = self.now.first_deadline[item.key]
            if not self.within(deadline.day) or deadline.day >= self.as_of or self.now.state_now(item) == "stopped":
                continue
            due.append(item)
            if item.closed == "done":
                at = self.now.closed_by[item.key].at
                if at.clock and deadline.clock:
                    ok = datetime.combine(at.day, at.clock) <= datetime.combine(deadline.day, deadline.clock)
                else:
                    ok = at.day <= deadline.day
                if ok:
                    good.append(item)
        self.ratio("K08", good, due)

    def k09(self) -> None:
        tried = [
            r
            for r in self.now.log
            if self.within(r.day)
            and r.channel in (None, "电话")
            and r.result in ("接通", "未接", "关机", "空号", "拒访", "改约")
        ]
        self.ratio("K09", [r for r in tried if r.result == "接通"], tried)

    def k10(self) -> None:
        due, done = [], []
        for item in self.then.items:
            ours = item.rule in OF_3_1 or re.match(r"DLV-M\d", item.rule) or item.rule == "SVC-3D"
            if not ours or item.who[0] != "customer" or not self.within(self.then.first_due[item.key]):
                continue
            state = self.then.state_now(item)
            if state in ("stopped", "covered"):
                continue
            due.append(item)
            if state == "done":
                done.append(item)
        self.ratio("K10", done, due)

    # -- 5.2 ------------------------------------------------------------------------------------------

    def k11(self) -> None:
        due, reminded, came = [], [], []
        for key, car in self.before.cars.items():
            day = self.before.maintenance_due(car)
            if car.status != "在用" or day is None or not self.start <= day <= self.end:
                continue
            due.append(key)
            first, last = add_months(day, -3), day + days(30)
            told = []
            for row in self.now.log:
                if (
                    row.who == ("customer", car.customer_id)
                    and row.about(key)
                    and row.names() & {"MNT-CALL", "MNT-AUTO-3M"}
                    and row.result in ("接通", "已发送")
                    and first <= row.day <= last
                ):
                    told.append(row.day)
            for row in self.rows("maintenance_reminder"):
                when = self.now.past(row.get("first_reminded_on"))
                if when and first <= when.day <= last and self.now.car_of_row(row)[1] == key:
                    told.append(when.day)
            if not told:
                continue
            reminded.append(key)
            if any(v.is_maintenance and min(told) <= v.day <= last for v in self.now.cars[key].visits):
                came.append(key)
        self.ratio("K11", reminded, due)
        self.ratio("K12", came, reminded)

    def k13(self) -> None:
        visits = self.visits_in()
        good = []
        for repair in visits:
            found = []
            for row in self.rows("booking"):
                if isinstance(row.get("booked_on"), When) and not self.now.past(row["booked_on"]):
                    continue
                if row.get("status") in ("取消", "改期"):
                    continue
                car, key = self.now.car_of_row(row)
                who = self.now.customer_of_row(row, car)
                if not (who and who[0] == "customer") and row.get("mobile") and not any(
                    c.get("mobile") == row["mobile"] for c in self.now.customers.values()
                ):
                    who = ("walk-in", str(row["mobile"]))
                at = row.get("appointment_at")
                same_day = at is not None and at.day == repair.visit.day
                fits = (row.get("booking_id") and row["booking_id"] in repair.bookings) or (
                    same_day and (key == repair.visit.car_key if key else who is not None and who == repair.customer)
                )
                booked_on = row.get("booked_on")
                if fits and (booked_on is None or booked_on.day <= repair.visit.day):
                    found.append(row)
            if found:
                if any(word(r.get("initiator"), INITIATOR) in ("客户主动", "提醒后预约", None) for r in found):
                    good.append(repair)
            elif repair.booked:
                good.append(repair)
        self.ratio("K13", good, visits)

    def k14(self) -> None:
        due, came = [], []
        for row in self.rows("booking"):
            if isinstance(row.get("booked_on"), When) and not self.now.past(row["booked_on"]):
                continue
            at = row.get("appointment_at")
            if at is None or not self.within(at.day) or not at.day < self.as_of or row.get("status") == "改期":
                continue
            if row.get("status") == "取消":
                cancelled = row.get("cancelled_at")
                if cancelled is None or cancelled.day < at.day:
                    continue
            due.append(row)
            arrived = self.now.past(row.get("arrived_at"))
            if arrived.day == at.day if arrived else row.get("status") == "已到店":
                came.append(row)
        self.ratio("K14", came, due)

    def k15(self) -> None:
        due, came = [], []
        for key, car in self.before.cars.items():
            day = self.before.first_service_due(car)
            if car.status != "在用" or day is None or not self.start <= day <= self.end:
                continue
            due.append(key)
            mine = self.now.cars[key]
            dates = [v.day for v in mine.visits if v.is_maintenance] + [mine.day("first_service_date")]
            dates = [d for d in dates if d]
            if dates and min(dates) <= day + days(30):
                came.append(key)
        self.ratio("K15", came, due)

    # -- 5.3 ------------------------------------------------------------------------------------------

    def complaints(self) -> list[Record]:
        return [r for r in self.rows("complaint") if r.get("received_at") is None or self.now.past(r["received_at"])]

    def judged(self, code: str, cases: list[tuple[When, int, object]]) -> None:
        """Start with its clock or without, hours, event."""
        counted, good = 0, 0
        for start, hours, raw in cases:
            event = self.now.past(raw)
            if start.clock:
                limit = datetime.combine(start.day, start.clock) + timedelta(hours=hours)
            else:
                limit = end_of(start.day + days(1))
            if event is None:
                if limit >= end_of(self.as_of):
                    continue
                counted += 1
                continue
            counted += 1
            if event.clock:
                good += datetime.combine(event.day, event.clock) <= limit
            else:
                good += event.day <= limit.date()
        self.put(code, good, counted)

    def received(self, row: Record) -> When:
        at = row["received_at"]
        return at if at.clock else When(at.day, self.now.open_time)

    def k16(self) -> None:
        self.judged("K16", [
            (self.received(r), 2, r.get("first_response_at"))
            for r in self.complaints() if self.within(r.get("received_at")) and r.get("category") == "质量"
        ])  # fmt: skip

    def k17(self) -> None:
        self.judged("K17", [
            (self.received(r), 24, r.get("resolved_at")) for r in self.complaints() if self.within(r.get("received_at"))
        ])  # fmt: skip

    def k18(self) -> None:
        self.judged("K18", [
            (r["resolved_at"], 24, r.get("followup_at"))
            for r in self.complaints() if self.within(self.now.past(r.get("resolved_at")))
        ])  # fmt: skip

    def k19(self) -> None:
        got = [r for r in self.complaints() if self.within(r.get("received_at"))]
        self.ratio("K19", [r for r in got if self.now.closed(r)], got)

    def k20(self) -> None:
        got = [r for r in self.complaints() if self.within(r.get("received_at"))]
        delivered = [car for car in self.now.cars.values() if self.within(car.delivery)]
        self.put("K20", len(got), len(self.visits_in()) + len(delivered))

    # -- 5.4 ------------------------------------------------------------------------------------------

    def k21(self) -> None:
        states = self.then.customer_states()
        base = [n for n in self.then.narrow_base() if states[n] != "已转出"]
        for code, wanted in (("K21", ("忠诚客户", "一般客户")), ("K22", ("准流失客户",)), ("K23", ("流失客户",))):
            self.ratio(code, [n for n in base if states[n] in wanted], base)

    def k24(self) -> None:
        if self.kind != "month":
            self.put("K24")
            return
        first, next_ = add_months(self.start, -6), add_months(self.start, -5)
        known = [r.visit for r in self.now.repairs if r.visit.customer_id or r.visit.car_key in self.now.cars]  # E4
        seen = {v.car_key for v in known if first <= v.day < next_}
        back = {v.car_key for v in known if next_ <= v.day <= self.c}
        self.ratio("K24", seen - back, seen)

    def k25(self) -> None:
        states = self.before.customer_states()
        gone = [n for n in self.before.narrow_base() if states[n] in ("准流失客户", "流失客户")]
        self.ratio("K25", [n for n in gone if ("customer", n) in self.serviced()], gone)

    def k26(self) -> None:
        base, complaining = set(self.then.narrow_base()), self.then.complaining()
        cars = [
            car.key
            for car in self.then.cars.values()
            if car.customer_id in base
            and car.status == "在用"
            and car.delivery is not None
            and self.then.state_of([car], car.customer_id in complaining) != "流失客户"
        ]
        visited = {r.visit.car_key for r in self.visits_in()}
        self.ratio("K26", [key for key in cars if key in visited], cars)

    def k30(self) -> None:
        ordered, lost = set(), set()
        for row in self.now.prospect_rows:
            at = self.now.past(row.get("order_date")) or self.now.past(row.get("deposit_date"))
            if self.within(at):
                ordered.add(row["prospect_no"])
            if self.within(self.now.past(row.get("lost_date"))):
                lost.add(row["prospect_no"])
        self.ratio("K30", ordered, ordered | lost)

    def k37(self) -> None:
        pairs, renewed = set(), set()
        for row in self.rows("renewal"):
            key = self.now.car_of_row(row)[1]
            if row.get("kind") == "保险" and self.within(row.get("expiry")) and key:
                pairs.add((key, row["expiry"].day))
                if row.get("result") == "本店续保":
                    renewed.add((key, row["expiry"].day))
        self.ratio("K37", renewed, pairs)

    def k38(self) -> None:
        pairs = {
            (car.key, car.day("inspection_expiry"))
            for car in self.now.cars.values()
            if car.status == "在用" and self.within(car.day("inspection_expiry"))
        }
        rows = [
            (self.now.car_of_row(r)[1], r["expiry"].day, self.now.past(r.get("reminded_on")))
            for r in self.rows("renewal")
            if r.get("kind") == "年检" and r.get("expiry")
        ]
        pairs |= {(key, day) for key, day, _ in rows if key and self.within(day)}
        good = set()
        for key, expiry in pairs:
            if any(k == key and day == expiry and told and told.day <= expiry for k, day, told in rows):
                good.add((key, expiry))
            first = add_months(expiry, -1) - days(3)
            car = self.now.cars.get(key)
            owner = ("customer", car.customer_id) if car and car.customer_id in self.now.customers else None
            for row in self.now.log:
                about = row.who == owner and row.about(key) if owner else row.car == key
                if (
                    about
                    and "INSP-1M" in row.names()
                    and row.result in ("接通", "已发送")
                    and first <= row.day <= expiry
                ):
                    good.add((key, expiry))
        self.ratio("K38", good, pairs)

    def k44(self) -> None:
        found: dict[str, set[tuple[str, str]]] = {}
        people = [(("customer", c.id), c.data) for c in self.now.customers.values()]
        people += [(("prospect", r["prospect_no"]), r) for r in self.now.prospect_rows]
        for who, row in people:
            name = row.get("sales_advisor")
            if not name:
                continue
            mine = found.setdefault(str(name), set())
            mobile = str(row.get("mobile") or "")
            if self.within(row.get("created_date")) and re.fullmatch(r"1\d{10}", mobile):
                mine.add(who)
        for name, records in found.items():
            self.put("K44", len(records), None, name, len(records))


def kpis(path: str | Path, as_of: date, start: date, end: date, kind: str) -> list[Counted]:
    """All KPIs of DOM 5.6 but K43."""
    return Kpis(path, as_of, start, end, kind).count()


__all__ = ["Counted", "clean_heading", "kpis"]
