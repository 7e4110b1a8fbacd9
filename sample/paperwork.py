"""What else lies on the desks of a sample store: bookings, complaints, prospects and key accounts."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from sample import vocabulary as words
from sample.people import Car, Customer, Store, Visit, add_months, clock, person_name
from sample.routine import Call

_DAY = dt.timedelta(days=1)
_FOLLOW = {"H": 2, "A": 4, "B": 7, "C": 15}


@dataclass
class Booking:
    """One appointment; *visit* is what became of it."""

    booking_id: str
    car: Car
    booked_on: dt.datetime
    appointment: dt.datetime
    initiator: str
    channel: str
    purpose: str
    arrived: dt.datetime | None
    status: str
    cancelled_on: dt.date | None = None
    visit: Visit | None = None


@dataclass
class Complaint:
    """One complaint, with the moments its deadlines are measured by."""

    complaint_id: str
    customer: Customer
    car: Car
    received: dt.datetime
    channel: str
    category: str
    severity: str
    content: str
    handler: str
    handler_level: int
    promised: dt.datetime | None
    responded: dt.datetime | None
    resolved: dt.datetime | None
    solution: str
    followed_up: dt.datetime | None
    satisfied: str
    compensation: int | None
    status: str


@dataclass
class Prospect:
    """Somebody who may buy."""

    prospect_no: str
    created: dt.date
    name: str
    mobile: str
    source: str
    model: words.Model
    rival: str
    grade: str
    expected: dt.date | None
    test_drive: dt.date | None
    last_follow: dt.date | None
    next_follow: dt.date | None
    follow_count: int
    status: str
    ordered: dt.date | None
    lost: dt.date | None
    lost_reason: str
    lost_model: str
    advisor: str


@dataclass
class KeyAccount:
    """A company worth a call a week."""

    account_no: str
    name: str
    contact: str
    mobile: str
    position: str
    frequency: int
    amount: int
    margin: float
    wallet: int
    years: int
    on_time: int
    owner: str


def make_bookings(store: Store, cars: list[Car], rng: random.Random) -> list[Booking]:
    """Bookings of the last fourteen months and of the coming week; some were not kept."""
    since = store.today - dt.timedelta(days=425)
    bookings = []
    for visit in (visit for car in cars for visit in car.visits):
        if not visit.booked_on or visit.day < since:
            continue
        slot = dt.datetime.combine(visit.day, dt.time(visit.arrived.hour, 30 * (visit.arrived.minute // 30)))
        purpose = "保养" if visit.maintenance else "维修"
        initiator = rng.choices(("客户主动", "提醒后预约", "员工代约"), (45, 43, 12))[0]
        channel = rng.choice(("电话", "电话", "微信", "网络"))
        made = clock(visit.booked_on, rng)
        bookings.append(
            Booking(
                "", visit.car, made, slot, initiator, channel, purpose, visit.arrived, "已到店", visit=visit
            )
        )
        if rng.random() < 0.12:
            earlier = slot - dt.timedelta(days=rng.randint(7, 20))
            status = rng.choices(("未到店", "取消", "改期"), (45, 30, 25))[0]
            cancelled = (earlier - _DAY).date() if status == "取消" and rng.random() < 0.7 else None
            made = clock(earlier.date() - 3 * _DAY, rng)
            bookings.append(
                Booking("", visit.car, made, earlier, initiator, channel, purpose, None, status, cancelled)
            )
    soon = [
        car
        for car in cars
        if car.status == "在用" and car.services and 120 < (store.today - car.visits[-1].day).days < 190
    ]
    for car, days in zip(
        rng.sample(soon, 18), (0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 8), strict=True
    ):
        slot = clock(store.today + days * _DAY, rng, 9, 16).replace(minute=30)
        made = clock(store.today - rng.randint(1, 3) * _DAY, rng)
        bookings.append(
            Booking("", car, made, slot, rng.choice(("客户主动", "提醒后预约")), "电话", "保养", None, "")
        )
    bookings.sort(key=lambda booking: (booking.booked_on, booking.car.vin))
    for number, booking in enumerate(bookings, 1):
        booking.booking_id = f"YY{booking.booked_on:%y%m}{number:05}"
    return bookings


def confirmation_calls(store: Store, bookings: list[Booking], rng: random.Random) -> list[Call]:
    """The front desk's confirmations since go-live; those for tomorrow are today's work."""
    calls = []
    for booking in bookings:
        day = booking.appointment.date() - _DAY
        if not store.go_live <= day < store.today or booking.cancelled_on or rng.random() < 0.12:
            continue
        owner = booking.car.owner
        calls.append(
            Call(
                clock(day, rng),
                owner.customer_id,
                owner.name,
                booking.car.vin,
                booking.car.plate,
                ["BOOK-CFM"],
                store.staff("FD")[0],
                "FD",
                "短信" if rng.random() < 0.6 else "电话",
                "",
            )
        )
        calls[-1].result = "已发送" if calls[-1].channel == "短信" else "接通"
    return calls


def make_complaints(store: Store, cars: list[Car], rng: random.Random) -> list[Complaint]:
    """Some sixty closed ones over two years, and the open ones the staff have on their hands today."""
    today = store.today
    visited = [car for car in cars if car.visits and car.status == "在用" and not car.owner.do_not_contact]
    complaints = []
    for _ in range(56):
        car = rng.choice(visited)
        day = today - dt.timedelta(days=rng.randint(9, 730))
        if day < car.day:
            continue
        received = clock(day, rng, 9, 18)
        late = rng.random() < 0.15
        responded = received + dt.timedelta(minutes=rng.randint(150, 400) if late else rng.randint(10, 115))
        resolved = received + dt.timedelta(hours=rng.randint(26, 90) if late else rng.randint(3, 23))
        followed = resolved + dt.timedelta(
            hours=rng.randint(3, 23) if rng.random() < 0.88 else rng.randint(25, 60)
        )
        category = rng.choices(("质量", "服务", "销售", "价格"), (40, 34, 14, 12))[0]
        content, solution = rng.choice(words.COMPLAINTS[category]), rng.choice(words.SOLUTIONS)
        complaints.append(
            Complaint(
                "",
                car.owner,
                car,
                received,
                rng.choice(("来电", "来电", "来店", "厂商", "回访发现")),
                category,
                "重大" if rng.random() < 0.06 else "一般",
                store.pair(*content),
                rng.choice(store.staff("SV")),
                rng.choices((1, 2, 3, 4, 5), (20, 55, 12, 9, 4))[0],
                received + dt.timedelta(hours=20),
                responded,
                resolved,
                store.pair(*solution),
                followed,
                rng.choices(("满意", "不满意"), (9, 1))[0],
                rng.choice((None, None, None, 200, 500)),
                "已关闭",
            )
        )

    def moment(days_ago: int, hour: int, minute: int) -> dt.datetime:
        return dt.datetime.combine(today - days_ago * _DAY, dt.time(hour, minute))

    quality, service, sales = (words.COMPLAINTS[category] for category in ("质量", "服务", "销售"))
    still_open = (
        # Nobody has called back: two hours and twenty-four hours are both over.
        (moment(2, 10, 20), "来电", "质量", "重大", quality[0], None, None, None, "待处理"),
        # Answered in time, solution promised for this afternoon.
        (
            moment(1, 16, 40),
            "来店",
            "服务",
            "一般",
            service[0],
            moment(0, 15, 0),
            moment(1, 17, 25),
            None,
            "处理中",
        ),
        # Solved yesterday, the follow-up is due today.
        (
            moment(3, 9, 15),
            "厂商",
            "质量",
            "一般",
            quality[2],
            moment(1, 12, 0),
            moment(3, 10, 5),
            moment(1, 11, 30),
            "已解决",
        ),
        # For the sales manager, a day late.
        (moment(2, 14, 5), "回访发现", "销售", "一般", sales[0], None, moment(2, 15, 30), None, "处理中"),
    )
    for (received, channel, category, severity, text, promised, first, done, status), car in zip(
        still_open, rng.sample(visited, len(still_open)), strict=True
    ):
        found = store.pair(*words.SOLUTIONS[1]) if done else ""
        complaints.append(
            Complaint(
                "",
                car.owner,
                car,
                received,
                channel,
                category,
                severity,
                store.pair(*text),
                store.staff("SV")[0],
                2,
                promised,
                first,
                done,
                found,
                None,
                "",
                None,
                status,
            )
        )
    complaints.sort(key=lambda complaint: complaint.received)
    for number, complaint in enumerate(complaints, 1):
        complaint.complaint_id = f"TS{complaint.received:%y%m}{number:03}"
    return complaints


def make_prospects(store: Store, rng: random.Random) -> list[Prospect]:
    """Two years of showroom visitors of all grades; some seventy are still being followed."""
    today, prospects = store.today, []
    active = store.staff("SA")
    for number in range(420):
        is_open = number >= 350
        created = today - dt.timedelta(days=rng.randint(2, 75) if is_open else rng.randint(30, 720))
        grade = rng.choices(("H", "A", "B", "C", ""), (12, 22, 32, 28, 6))[0]
        status = "在跟" if is_open else rng.choices(("交车", "战败", "退订", "订车"), (42, 50, 4, 4))[0]
        interval = _FOLLOW.get(grade, 30)
        last = (
            today - dt.timedelta(days=rng.randint(1, interval))
            if is_open
            else created + dt.timedelta(days=rng.randint(1, 28))
        )
        if is_open and rng.random() < 0.08:
            last -= dt.timedelta(days=rng.randint(3, 12))
        last = min(max(last, created), today - _DAY)
        closed = min(last + dt.timedelta(days=rng.randint(0, 5)), today - _DAY)
        ahead = {"H": (1, 7), "A": (8, 15), "B": (16, 30), "C": (31, 90), "": (91, 180)}[grade]
        reason, model = rng.choice(words.LOST_REASONS), rng.choice(words.COMPETITORS)
        prospects.append(
            Prospect(
                prospect_no="",
                created=created,
                name=person_name(store, rng.choice(("男", "女")), rng),
                mobile=f"12{rng.randrange(10**9):09}",
                source=rng.choices(("展厅", "互联网", "车展", "转介绍", "呼叫中心"), (40, 30, 12, 12, 6))[0],
                model=rng.choices(words.MODELS, words.MODEL_WEIGHTS)[0],
                rival=store.pair(*rng.choice(words.COMPETITORS)) if rng.random() < 0.6 else "",
                grade=grade,
                expected=today + dt.timedelta(days=rng.randint(*ahead))
                if is_open and rng.random() < 0.85
                else None,
                test_drive=min(created + dt.timedelta(days=rng.randint(0, 4)), today - _DAY)
                if rng.random() < 0.45
                else None,
                last_follow=last,
                next_follow=today + dt.timedelta(days=rng.randint(0, 5))
                if is_open and rng.random() < 0.15
                else None,
                follow_count=rng.randint(1, 9),
                status="" if is_open and rng.random() < 0.1 else status,
                ordered=closed if status in ("交车", "订车", "退订") else None,
                lost=closed if status == "战败" else None,
                lost_reason=store.say(reason) if status == "战败" else "",
                lost_model=store.pair(*model) if status == "战败" else "",
                advisor=rng.choice(active),
            )
        )
    prospects.sort(key=lambda prospect: (prospect.created, prospect.mobile))
    count: dict[dt.date, int] = {}
    for prospect in prospects:
        count[prospect.created] = count.get(prospect.created, 0) + 1
        prospect.prospect_no = f"{prospect.created:%y%m%d}-{count[prospect.created]:02}"
    return prospects


def prospect_calls(store: Store, prospects: list[Prospect], rng: random.Random) -> list[Call]:
    """The last follow-up of each prospect since go-live, as the log has it."""
    return [
        Call(
            clock(prospect.last_follow, rng),
            prospect.prospect_no,
            prospect.name,
            "",
            "",
            ["PRO"],
            prospect.advisor,
            "SA",
            rng.choice(("电话", "电话", "微信")),
            "接通",
            minutes=rng.randint(2, 8),
        )
        for prospect in prospects
        if prospect.last_follow and prospect.last_follow >= store.go_live and rng.random() < 0.6
    ]


def make_key_accounts(store: Store, customers: list[Customer], rng: random.Random) -> list[KeyAccount]:
    """The companies with most cars, looked after by the key-account manager."""
    companies = sorted(
        (customer for customer in customers if customer.company), key=lambda one: -len(one.cars)
    )[:8]
    return [
        KeyAccount(
            account_no=f"KA{number:03}",
            name=company.name,
            contact=company.contact_person,
            mobile=f"12{rng.randrange(10**9):09}",
            position=rng.choice(("Fleet Manager", "General Manager", "Office Manager", "Purchasing")),
            frequency=rng.randint(5, 30),
            amount=rng.randint(12, 160) * 1000,
            margin=rng.randint(14, 34) / 100,
            wallet=rng.choice((0, 25, 40, 50, 65, 80, 95)),
            years=rng.randint(1, 6),
            on_time=rng.randint(70, 100),
            owner=store.staff("KAM")[0],
        )
        for number, company in enumerate(companies, 1)
    ]


def key_account_calls(store: Store, accounts: list[KeyAccount], rng: random.Random) -> list[Call]:
    """A call a week, a greeting a month, a visit a quarter; this week two accounts still wait."""
    calls = []

    def add(account: KeyAccount, day: dt.date, channel: str, result: str) -> None:
        calls.append(
            Call(
                clock(day, rng),
                account.account_no,
                account.name,
                "",
                "",
                ["KA"],
                account.owner,
                "KAM",
                channel,
                result,
            )
        )

    monday = store.go_live - store.go_live.weekday() * _DAY
    while monday < store.today:
        this_week = monday + 6 * _DAY >= store.today
        for account in accounts[:-2] if this_week else accounts:
            if this_week or rng.random() < 0.94:
                add(account, monday + rng.randint(0, 4) * _DAY, "电话", "接通")
        monday += 7 * _DAY
    month = store.go_live.replace(day=1)
    while month < store.today:
        for account in accounts[:-1]:
            add(account, month + rng.randint(1, 15) * _DAY, "短信", "已发送")
            if month.month in (8, 10) and account is not accounts[0]:
                add(account, month + rng.randint(5, 25) * _DAY, "上门", "接通")
        month = add_months(month, 1)
    return [call for call in calls if store.go_live <= call.at.date() < store.today]
