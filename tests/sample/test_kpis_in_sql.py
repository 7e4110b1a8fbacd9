# ruff: noqa: E501 (a query stays in one piece)
"""Three months of both sample stores: key figures counted once more in plain SQL over the cleaned rows (DOM 5.6).

The calls after deliveries and repairs (K02, K04-K08, K10) and predicted service days (K11, K12, K15) are no matter
of SQL; `tests/oracle` counts them a second time.
"""

from __future__ import annotations

import datetime as dt
import functools
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.dates import Period, add_months
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.store import Table
from xl_retention.sheets.reader import read_store

SAMPLE = Path(__file__).parents[2] / "sample"
BOOKS = sorted(SAMPLE.glob("*.xlsx"))
AS_OF = dt.date(2026, 11, 21)
MONTHS = ("2026-11", "2026-10", "2026-08")

COLUMNS = {
    # table: texts, days, moments, numbers, flags
    "customer": ("customer_id mobile base_scope customer_grade", "wechat_bind_date created_date", "", "", "wechat_bound"),
    "vehicle": ("vin vehicle_status", "delivery_date purchase_date last_service_date inspection_expiry", "", "", ""),
    "service_visit": ("mobile booking_id", "visit_date checkout_date", "", "total_amount", "booked"),
    "booking": ("booking_id mobile status initiator", "booked_on appointment_at arrived_at cancelled_at", "", "", ""),
    "contact_log": ("channel result", "contact_at", "", "", ""),
    "complaint": ("category status", "received_at", "received_at first_response_at resolved_at followup_at", "", ""),
    "prospect": ("prospect_no source_channel lost_reason lost_model status", "order_date deposit_date lost_date created_date next_follow_date", "", "", ""),
    "renewal": ("kind result", "expiry", "", "", ""),
    "referral": ("referral_id referrer_id", "date deal_date", "", "", ""),
}  # fmt: skip
WHOSE = {
    "service_visit": "visits", "booking": "bookings", "contact_log": "log", "complaint": "complaints", "renewal": "renewals",
}  # fmt: skip

VIEWS = """
create temp view visit as
  select car, max(party) party, visit_date day, max(coalesce(checkout_date, visit_date)) left_on,
         max(case when checkout_date > :asof then 1 else 0 end) inside, sum(coalesce(total_amount, 0)) total, max(booked) booked
  from service_visit where visit_date <= :asof and car >= 0 group by car, visit_date;
create temp view came as
  select v.*, case when party between 0 and (select count(*) - 1 from customer) then 'c' || party
    else (select 'w' || max(o.mobile) from service_visit o where o.car = v.car and o.visit_date = v.day and o.mobile <> '') end who
  from visit v;
create temp view delivered as
  select place car, owner, coalesce(case when delivery_date <= :asof then delivery_date end, case when purchase_date <= :asof then purchase_date end) day
  from vehicle;
create temp view ordered as
  select *, coalesce(case when order_date <= :asof then order_date end, case when deposit_date <= :asof then deposit_date end) won from prospect
  where coalesce(created_date, '') <= :asof;
"""
STATES = """
with car as (
  select place, owner, vehicle_status in ('', '在用') used,
    coalesce(case when delivery_date <= :c then delivery_date end, case when purchase_date <= :c then purchase_date end) got,
    coalesce(delivery_date, purchase_date) ever,
    (select max(max(case when left_on <= :c and not inside then left_on else day end, day)) from visit v where v.car = place and day <= :c) left_on,
    case when last_service_date <= :c then last_service_date end typed
  from vehicle),
active as (
  select *, coalesce(nullif(max(coalesce(left_on, ''), coalesce(typed, '')), ''), got) latest from car),
narrow as (
  select c.place, max(a.used and not (a.got is null and a.ever is not null)) any_used,
    max(case when a.used and not (a.got is null and a.ever is not null) then a.latest end) latest
  from customer c join active a on a.owner = c.place where c.base_scope in ('', '自销')
    and exists (select 1 from active b where b.owner = c.place and b.got is not null) group by c.place),
state as (select place, case when latest is null then '未知' when :c > add_months(latest, :lost) then '流失'
  when :c > add_months(latest, :quasi) then '准流失' else '在' end state from narrow where any_used)
"""
IN_P = "between :first and :c"
QUERIES: dict[str, tuple[str, str]] = {
    "K01": (f"select count(distinct who) from came v where day {IN_P} and exists (select 1 from came b where b.who = v.who and b.day < :first)",
            f"select count(distinct who) from came where day {IN_P}"),
    "K03": (f"select count(distinct who) from came where day {IN_P}", ""),
    "K09": (f"select count(*) from contact_log where contact_at {IN_P} and channel in ('', '电话') and result = '接通'",
            f"select count(*) from contact_log where contact_at {IN_P} and channel in ('', '电话') and result in ('接通', '未接', '关机', '空号', '拒访', '改约')"),
    "K13": ("", f"select count(*) from visit where day {IN_P}"),
    "K14": (f"""select count(*) from booking where coalesce(booked_on, '') <= :asof and appointment_at {IN_P} and appointment_at < :asof and status <> '改期'
              and not (status = '取消' and coalesce(cancelled_at, '') < appointment_at)
              and case when arrived_at <= :asof then arrived_at = appointment_at else status = '已到店' end""",
            f"""select count(*) from booking where coalesce(booked_on, '') <= :asof and appointment_at {IN_P} and appointment_at < :asof and status <> '改期'
              and not (status = '取消' and coalesce(cancelled_at, '') < appointment_at)"""),
    "K19": (f"select count(*) from complaint where received_at {IN_P} and (resolved_at_s is not null and followup_at_s is not null or resolved_at_s is null and followup_at_s is null and status = '已关闭')",
            f"select count(*) from complaint where received_at {IN_P}"),
    "K20": (f"select count(*) from complaint where received_at {IN_P}",
            f"select (select count(*) from visit where day {IN_P}) + (select count(*) from delivered where day {IN_P})"),
    "K21": (f"{STATES} select count(*) from state where state = '在'", f"{STATES} select count(*) from state"),
    "K22": (f"{STATES} select count(*) from state where state = '准流失'", f"{STATES} select count(*) from state"),
    "K23": (f"{STATES} select count(*) from state where state = '流失'", f"{STATES} select count(*) from state"),
    "K24": ("""select count(distinct car) from visit v where day between add_months(:first, -6) and :cohort_end and (car < :listed or party between 0 and :people)
              and not exists (select 1 from visit b where b.car = v.car and b.day > :cohort_end and b.day <= :c)""",
            "select count(distinct car) from visit where day between add_months(:first, -6) and :cohort_end and (car < :listed or party between 0 and :people)"),
    "K27": (f"select count(distinct referrer_id) from referral where date {IN_P} and referrer_id in (select customer_id from customer)",
            f"select count(distinct party) from contact_log where contact_at {IN_P} and party between 0 and :people"),
    "K28": (f"select count(*) from referral where date {IN_P} and deal_date <= :asof", f"select count(*) from referral where date {IN_P}"),
    "K30": (f"select count(distinct prospect_no) from ordered where won {IN_P}",
            f"select count(distinct prospect_no) from ordered where won {IN_P} or lost_date {IN_P}"),
    "K31a": ("select count(distinct prospect_no) from ordered where won = :asof", ""),
    "K31b": ("select count(distinct prospect_no) from ordered where lost_date = :asof", ""),
    "K31c": ("select count(distinct prospect_no) from ordered where created_date = :asof", ""),
    "K33": (f"select count(distinct owner) from delivered d join customer c on c.place = d.owner where day {IN_P} and c.wechat_bind_date = day",
            f"select count(distinct owner) from delivered where day {IN_P} and owner >= 0"),
    "K37": (f"select count(*) from (select distinct car, expiry from renewal where kind = '保险' and result = '本店续保' and car >= 0 and expiry {IN_P})",
            f"select count(*) from (select distinct car, expiry from renewal where kind = '保险' and car >= 0 and expiry {IN_P})"),
    "K38": ("", f"""select count(*) from (select place car, inspection_expiry day from vehicle where vehicle_status in ('', '在用') and inspection_expiry {IN_P}
              union select car, expiry from renewal where kind = '年检' and car >= 0 and expiry {IN_P})"""),
    "K40": (f"select total(total) from visit where day {IN_P}",
            "select total(total) from visit where day between add_months(:first, -12) and add_months(:c, -12)"),
    "K46": ("select count(*) from customer where customer_grade <> ''", "select count(*) from customer"),
    "K53": (f"select count(distinct prospect_no) from ordered where lost_date {IN_P} and lost_reason <> '' and lost_model <> ''",
            f"select count(distinct prospect_no) from ordered where lost_date {IN_P}"),
}  # fmt: skip


@functools.cache
def counted(book: Path) -> tuple[Counting, sqlite3.Connection]:
    with ClosedBook(book) as opened:
        store = read_store(opened, NEEDED)
    counting = Counting(store, AS_OF)
    base = sqlite3.connect(":memory:")
    base.create_function("add_months", 2, _add_months, deterministic=True)
    identities = counting.situation.identities
    for name, kinds in COLUMNS.items():
        # Rows that came after the day are not there; whose the others are is part of cleaning (DOM 2.19).
        table = counting.situation.store[name] if name != "prospect" else store[name]
        columns = _columns(table, kinds)
        columns["place"] = list(range(len(table)))
        if name in WHOSE:
            rows = getattr(identities, WHOSE[name])
            columns["party"], columns["car"] = rows.party.tolist(), rows.car.tolist()
        if name == "vehicle":
            columns["owner"] = identities.owner[: len(table)].tolist()
        base.execute(f"create table {name} ({', '.join(columns)})")
        base.executemany(f"insert into {name} values ({','.join('?' * len(columns))})", zip(*columns.values(), strict=True))
    for index in ("service_visit (car, visit_date)", "vehicle (owner)"):
        base.execute(f"create index {index.split()[0]}_at on {index}")
    views = VIEWS.replace(":asof", f"'{AS_OF}'").replace("create temp view visit", "create temp table visit")
    views = views.replace("create temp view came", "create temp table came")
    base.executescript(views + "create index by_car on visit (car, day); create index by_who on came (who, day);")
    return counting, base


def _columns(table: Table, kinds: tuple[str, ...]) -> dict[str, list[object]]:
    texts, days, moments, numbers, flags = (each.split() for each in kinds)
    found: dict[str, list[object]] = {name: table.texts(name).tolist() for name in texts}
    found |= {name: _days(table, name) for name in days}
    found |= {f"{name}_s": [None if each is None else each.isoformat() for each in table.moments(name).tolist()] for name in moments}
    found |= {name: [None if np.isnan(each) else each for each in table.numbers(name).tolist()] for name in numbers}
    return found | {name: [int(each) for each in table.flags(name).tolist()] for name in flags}


def _days(table: Table, name: str) -> list[object]:
    return [None if each is None else each.isoformat() for each in table.days(name).tolist()]


def _add_months(day: str | None, months: int) -> str | None:
    return None if day is None else add_months(dt.date.fromisoformat(day), months).isoformat()


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_key_figures_equal_their_count_in_sql(book: Path, month: str) -> None:
    counting, base = counted(book)
    period = Period.month(month)
    until = min(period.end, AS_OF)
    given = {
        "asof": AS_OF.isoformat(), "first": period.start.isoformat(), "c": until.isoformat(),
        "cohort_end": period.shift(-6).end.isoformat(), "listed": counting.situation.identities.listed_cars,
        "people": counting.situation.identities.customer_count - 1,
        "quasi": counting.situation.parameters.integer("quasi_lost_months"),
        "lost": counting.situation.parameters.integer("lost_months"),
    }  # fmt: skip
    wrong, known = [], 0
    for figure in counting.figures(period):
        above, below = QUERIES.get(figure.kpi.code, ("", ""))
        for query, number in ((above, figure.numerator), (below, figure.denominator)):
            if query and number is not None:
                (said,) = base.execute(query, given).fetchone()
                known += 1
                if said != pytest.approx(number, abs=0.005):
                    wrong.append((figure.kpi.code, "above" if query == above else "below", said, number))
    assert wrong == []
    assert known > 30
