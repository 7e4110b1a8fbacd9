"""Customers, their cars and what happened to the cars: sold, serviced, repaired, insured, inspected."""

from __future__ import annotations

import datetime as dt
import math
import random
from calendar import monthrange
from dataclasses import dataclass, field

from sample import vocabulary as words

YEARS = 6


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day *months* later, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Clerk:
    """One of the staff; *left_on* is None for whoever still works here."""

    staff_id: str
    name: str
    role: str
    team: str
    left_on: dt.date | None = None


@dataclass(frozen=True)
class Store:
    """What a store is; the rest follows from it and its seed.

    Args:
        file: Name of its workbook.
        language: `en` or `zh`, the language its staff write.
        new_cars: Cars delivered in the last thirty days.
        go_live: First day from which the staff logged every call they should have made.
        calls_a_day: How many calls they manage on a working day.

    """

    file: str
    code: str
    name: str
    language: str
    seed: int
    customers: int
    cars: int
    new_cars: int
    today: dt.date
    go_live: dt.date
    calls_a_day: int
    clerks: tuple[Clerk, ...]

    def staff(self, role: str) -> list[str]:
        """Names of the active staff of a role."""
        return [clerk.name for clerk in self.clerks if clerk.role == role and clerk.left_on is None]

    def say(self, word: str) -> str:
        """A Chinese word as this store writes it."""
        return word if self.language == "zh" else words.english(word)

    def pair(self, chinese: str, english: str) -> str:
        """The one of two texts that this store writes."""
        return chinese if self.language == "zh" else english


@dataclass(eq=False)
class Customer:
    """A person or company; empty text where the staff know nothing."""

    customer_id: str
    name: str
    company: bool
    gender: str
    contact_person: str
    mobile: str
    birthday: dt.date | None
    occupation: str
    region: str
    address: str
    email: str
    preferred_channel: str
    consent: bool
    do_not_contact: bool
    source: str
    base_scope: str
    sales_advisor: str
    cs_owner: str
    service_advisor: str
    created: dt.date
    reach: float
    """Share of calls this customer answers."""
    cars: list[Car] = field(default_factory=list)


@dataclass
class Visit:
    """One repair order."""

    ro_no: str
    car: Car
    arrived: dt.datetime
    left: dt.datetime | None
    odometer: int
    work: str
    items: str
    labour: int
    parts: int
    paid: int | None
    pay_type: str
    advisor: str
    booked: bool
    booked_on: dt.date | None
    next_date: dt.date | None
    next_km: int | None

    @property
    def day(self) -> dt.date:
        """The day of arrival."""
        return self.arrived.date()

    @property
    def maintenance(self) -> bool:
        """Whether the visit counts as a service of the car."""
        return self.work in ("首保", "定期保养")


@dataclass
class Renewal:
    """A policy or inspection that ran out, and what came of it."""

    car: Car
    kind: str
    expiry: dt.date
    reminded_on: dt.date | None
    done_on: dt.date | None
    result: str
    premium: int | None


@dataclass(eq=False)
class Car:
    """A car on file and its history."""

    vin: str
    plate: str
    owner: Customer
    model: words.Model
    colour: str
    use: str
    purchased: dt.date
    delivered: dt.datetime
    registered: dt.date | None
    price: int
    loan_months: int | None
    insurer: str
    daily_km: float
    status: str = "在用"
    insured_until: dt.date | None = None
    inspected_until: dt.date | None = None
    visits: list[Visit] = field(default_factory=list)
    renewals: list[Renewal] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        """The day of delivery."""
        return self.delivered.date()

    @property
    def services(self) -> list[Visit]:
        """The visits that were services, oldest first."""
        return [visit for visit in self.visits if visit.maintenance]

    def odometer(self, day: dt.date) -> int:
        """Kilometres on a day, driven evenly since delivery."""
        return 12 + round(self.daily_km * (day - self.day).days)


def clock(day: dt.date, rng: random.Random, first: int = 9, last: int = 17) -> dt.datetime:
    """A moment of *day* between two hours, on a five-minute mark."""
    return dt.datetime.combine(day, dt.time(rng.randint(first, last - 1), 5 * rng.randrange(12)))


def vin(head: str, year: int, serial: int) -> str:
    """A VIN of 17 places with the check digit of ISO 3779 in the ninth."""
    year_sign = "LMNPRSTVW"[year - 2020]
    body = f"{head}0{year_sign}J{serial:06}"
    values = dict(
        zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(weight * (values.get(sign) or int(sign)) for weight, sign in zip(weights, body, strict=True))
    return f"{body[:8]}{'0123456789X'[total % 11]}{body[9:]}"


def plate(new_energy: bool, rng: random.Random) -> str:
    """A Shanghai plate: five places, six for new energy."""
    letter = rng.choice("ABDEFG")
    if new_energy:
        return f"沪{letter}{rng.choice('DF')}{rng.randrange(100000):05}"
    if rng.random() < 0.5:
        return f"沪{letter}{rng.randrange(100000):05}"
    return f"沪{letter}{rng.randrange(10)}{rng.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}{rng.randrange(1000):03}"


def make_customers(store: Store, rng: random.Random) -> list[Customer]:
    """The customers of a store, without cars yet."""
    advisers = [clerk.name for clerk in store.clerks if clerk.role == "SA"]
    gone = [clerk.name for clerk in store.clerks if clerk.role == "SA" and clerk.left_on]
    weights = [0.2 if name in gone else 1.0 for name in advisers]
    customers = []
    for number in range(1, store.customers + 1):
        company = rng.random() < 0.06
        gender = rng.choices(("男", "女"), (62, 38))[0]
        person = person_name(store, gender, rng)
        street = rng.choice(words.STREETS)
        house = rng.randint(1, 399)
        birthday = dt.date(1950, 1, 1) + dt.timedelta(
            days=rng.choice((7_000, 11_500, 15_000)) + rng.randrange(-5000, 5000)
        )
        zh_job, en_job, _ = rng.choices(words.OCCUPATIONS, [weight for *_, weight in words.OCCUPATIONS])[0]
        mobile = f"12{rng.randrange(10**9):09}"
        customers.append(
            Customer(
                customer_id=f"{store.code}{number:05}",
                name=company_name(store, rng) if company else person,
                company=company,
                gender="" if company else gender,
                contact_person=person if company else "",
                mobile=mobile,
                birthday=None if company or rng.random() < 0.18 else birthday,
                occupation="" if company or rng.random() < 0.12 else store.pair(zh_job, en_job),
                region=rng.choices(("市区", "县城", "乡镇"), (70, 20, 10))[0],
                address=store.pair(f"{street[0]}{house}号", f"{house} {street[1]}"),
                email=f"{mobile[-6:]}@example.com" if rng.random() < 0.3 else "",
                preferred_channel=rng.choices(("电话", "微信", "短信"), (70, 25, 5))[0],
                consent=rng.random() < 0.45,
                do_not_contact=rng.random() < 0.012,
                source=rng.choices(("展厅", "互联网", "车展", "转介绍", "呼叫中心"), (45, 22, 10, 18, 5))[0],
                base_scope=rng.choices(("自销", "本牌它销", "它牌"), (91, 7, 2))[0],
                sales_advisor=rng.choices(advisers, weights)[0],
                cs_owner="" if rng.random() < 0.15 else rng.choice(store.staff("CS")),
                service_advisor="" if rng.random() < 0.4 else rng.choice(store.staff("SV")),
                created=store.today,
                reach=rng.betavariate(6, 2),
            )
        )
    return customers


def person_name(store: Store, gender: str, rng: random.Random) -> str:
    """A name as the store writes it; now and then a foreigner in the English one."""
    if store.language == "en" and rng.random() < 0.02:
        return rng.choice(words.FOREIGN_NAMES)
    common = rng.random() < 0.55
    surname = rng.choice(words.SURNAMES[:20] if common else words.SURNAMES)
    given = rng.choice(words.MALE_GIVEN if gender == "男" else words.FEMALE_GIVEN)
    (zh_surname, en_surname), (zh_given, en_given) = surname.split(":"), given.split(":")
    return store.pair(zh_surname + zh_given, f"{en_surname} {en_given}")


def company_name(store: Store, rng: random.Random) -> str:
    """The name of a company."""
    stem, trade = rng.choice(words.COMPANY_STEMS), rng.choice(words.COMPANY_TRADES)
    return store.pair(f"上海{stem[0]}{trade[0]}", f"Shanghai {stem[1]} {trade[1]}")


def make_cars(store: Store, customers: list[Customer], rng: random.Random) -> list[Car]:
    """One car for each customer and the rest as second cars, with all that happened to them."""
    companies = [customer for customer in customers if customer.company]
    more = [
        rng.choice(companies if rng.random() < 0.3 else customers) for _ in range(store.cars - len(customers))
    ]
    owners = customers + more
    span = YEARS * 365 - 31
    ages = sorted((31 + int(span * rng.random() ** 1.25) for _ in owners), reverse=True)
    if store.new_cars:  # some of them just now, so that every rule of the first days has its car
        fresh = [0, 2, 3, 5, 6, *(rng.randint(1, 30) for _ in range(store.new_cars - 5))]
        ages[-len(fresh) :] = sorted(fresh, reverse=True)
    # Customers are numbered as they came, with a little disorder; second cars come at any time.
    order = sorted(
        range(len(owners)),
        key=lambda place: (
            (place if place < len(customers) else rng.randrange(len(customers))) + rng.gauss(0, 25)
        ),
    )
    cars = []
    for serial, (place, age) in enumerate(zip(order, ages, strict=True)):
        owner = owners[place]
        day = store.today - dt.timedelta(days=age)
        model = rng.choices(words.MODELS, words.MODEL_WEIGHTS)[0]
        loan = rng.choices((None, 12, 24, 36, 60), (55, 8, 12, 20, 5))[0]
        registered = day + dt.timedelta(days=rng.randint(1, 12))
        car = Car(
            vin=vin(
                model.vin_head, day.year, 100_000 + store.seed % 1000 * 600 + 3 * serial + rng.randrange(3)
            ),
            plate=plate(model.new_energy, rng) if registered <= store.today else "",
            owner=owner,
            model=model,
            colour=store.pair(*rng.choices(words.COLOURS, (40, 18, 16, 8, 9, 9))[0]),
            use=rng.choices(("公务车", "营运车", "私家车"), (70, 20, 10) if owner.company else (1, 4, 95))[0],
            purchased=day - dt.timedelta(days=rng.choice((0, 0, 1, 2, 3, 5, 8))),
            delivered=clock(day, rng, 10, 18),
            registered=registered if registered <= store.today else None,
            price=100 * round(model.price * rng.uniform(0.9, 0.995) / 100),
            loan_months=loan,
            insurer=store.pair(*rng.choice(words.INSURERS)),
            daily_km=max(8.0, rng.gauss(75, 20) if rng.random() < 0.04 else rng.gauss(29, 9)),
        )
        owner.cars.append(car)
        owner.created = min(owner.created, car.purchased)
        _drive(store, car, rng)
        _insure_and_inspect(store, car, rng)
        cars.append(car)
    _number_repair_orders(store, cars)
    return cars


def _drive(store: Store, car: Car, rng: random.Random) -> None:
    """Lets the car come to the workshop, for as long as its owner stays loyal."""
    habit = rng.choices(("loyal", "casual", "drifting", "never"), (38, 30, 25, 7))[0]
    leaves = {"loyal": 0.025, "casual": 0.1, "drifting": 0.3, "never": 1.0}[habit]
    skips = {"loyal": 0.03, "casual": 0.2, "drifting": 0.3, "never": 0.0}[habit]
    due = min(add_months(car.day, 3), car.day + dt.timedelta(days=math.ceil(5000 / car.daily_km)))
    first, last = True, car.day
    if car.owner.base_scope != "自销":
        due = car.day + dt.timedelta(days=rng.randint(60, 700))  # comes to us later than to its own store
    while rng.random() >= leaves:
        if rng.random() < skips:
            due += dt.timedelta(days=rng.randint(60, 150))
        day = max(due + dt.timedelta(days=round(rng.gauss(2, 11))), last + dt.timedelta(days=20))
        if day > store.today:
            break
        work = "首保" if first and rng.random() < 0.92 else "定期保养"
        _visit(store, car, day, work, rng)
        first, last = False, day
        due = next_due(car, car.services[-1])
    end = min(store.today, last + dt.timedelta(days=140))
    for work, yearly in (("一般维修", 0.28), ("事故车", 0.09), ("索赔", 0.06)):
        for _ in range(_count(yearly * (end - car.day).days / 365, rng)):
            day = car.day + dt.timedelta(days=rng.randint(10, max(11, (end - car.day).days)))
            if day <= store.today and all(visit.day != day for visit in car.visits):
                _visit(store, car, day, work, rng)
                if rng.random() < 0.04 and day + dt.timedelta(days=6) <= end:
                    _visit(store, car, day + dt.timedelta(days=6), "返修", rng)
    car.visits.sort(key=lambda visit: visit.arrived)
    if (store.today - car.day).days > 900 and rng.random() < 0.05:
        car.status = rng.choices(("转让", "报废", "它牌置换"), (60, 15, 25))[0]


def _count(mean: float, rng: random.Random) -> int:
    """How often something happens that happens *mean* times on average."""
    limit, product, count = math.exp(-max(mean, 0.0)), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _visit(store: Store, car: Car, day: dt.date, work: str, rng: random.Random) -> None:
    zh_items, en_items, labour, parts = rng.choice(words.JOBS[work])
    pay_type = {"首保": "首保免费", "事故车": "保险", "索赔": "保修索赔", "返修": "内部"}.get(work, "自费")
    if work == "定期保养" and rng.random() < 0.05:
        pay_type = "活动赠送"
    arrived = clock(day, rng, 8, 17)
    stay = rng.choices((0, 1, 2), (85, 10, 5))[0] if work != "事故车" else rng.randint(2, 9)
    left = arrived + dt.timedelta(days=stay, minutes=5 * rng.randint(12, 40))
    in_shop = left.date() > store.today or (day == store.today and rng.random() < 0.7)
    total = round((labour + parts) * rng.uniform(0.9, 1.15))
    paid: int | None = (
        total if pay_type == "自费" else (rng.choice((0, 0, 200, 500)) if pay_type == "保险" else 0)
    )
    booked = rng.random() < (0.42 if work in ("首保", "定期保养") else 0.15)
    maintenance = work in ("首保", "定期保养")
    odometer = car.odometer(day)
    car.visits.append(
        Visit(
            ro_no="",
            car=car,
            arrived=arrived,
            left=None if in_shop else left,
            odometer=odometer,
            work=work,
            items=store.pair(zh_items, en_items),
            labour=min(labour, total),
            parts=total - min(labour, total),
            paid=None if in_shop else paid,
            pay_type=pay_type,
            advisor=rng.choice(store.staff("SV")),
            booked=booked,
            booked_on=day - dt.timedelta(days=rng.randint(1, 6)) if booked else None,
            next_date=add_months(day, 6) if maintenance else None,
            next_km=odometer + 5000 if maintenance else None,
        )
    )


def next_due(car: Car, service: Visit) -> dt.date:
    """When the service after *service* is due: by date or by kilometres, whichever comes first."""
    by_km = service.day + dt.timedelta(days=math.ceil(5000 / car.daily_km))
    return min(add_months(service.day, 6), by_km)


def _insure_and_inspect(store: Store, car: Car, rng: random.Random) -> None:
    """Writes the expiry dates as they stand on the sheet today, and the renewals of the last year."""
    loyal = bool(car.visits) and (store.today - car.visits[-1].day).days < 240
    for kind, months in (("保险", 12), ("年检", 24 if car.use == "私家车" else 12)):
        expiry = add_months(car.day + dt.timedelta(days=-1 if kind == "保险" else 0), months)
        if kind == "年检":
            expiry = expiry.replace(day=monthrange(expiry.year, expiry.month)[1])
        turn = 1
        while expiry <= store.today + dt.timedelta(days=30):
            days_left = (expiry - store.today).days
            renewed = rng.random() < (0.86 if loyal else 0.5)
            if days_left > -10:
                renewed = rng.random() < 0.35
            done_on = min(
                expiry - dt.timedelta(days=rng.randint(1, 24)),
                store.today - dt.timedelta(days=rng.randint(1, 9)),
            )
            if days_left > -365 and (renewed or days_left < 0):
                here = "本店续保" if rng.random() < 0.72 else "外部续保"
                result = (
                    ("已年检" if kind == "年检" else here)
                    if renewed
                    else "未续"
                    if days_left < -14
                    else "待定"
                )
                premium = rng.randint(28, 62) * 100 if kind == "保险" and result == "本店续保" else None
                reminded = max(add_months(expiry, -1), store.today - dt.timedelta(days=365))
                car.renewals.append(
                    Renewal(
                        car,
                        kind,
                        expiry,
                        reminded if rng.random() < 0.8 else None,
                        done_on if renewed else None,
                        result,
                        premium,
                    )
                )
            if not renewed:
                break
            turn += 1
            expiry = (
                add_months(expiry, months)
                if kind == "保险"
                else add_months(expiry.replace(day=1), months + 1) - dt.timedelta(days=1)
            )
        blank = rng.random() < 0.02
        if kind == "保险":
            car.insured_until = None if blank else expiry
        else:
            car.inspected_until = None if blank else expiry


def _number_repair_orders(store: Store, cars: list[Car]) -> None:
    visits = sorted(
        (visit for car in cars for visit in car.visits), key=lambda visit: (visit.arrived, visit.car.vin)
    )
    count: dict[dt.date, int] = {}
    for visit in visits:
        count[visit.day] = count.get(visit.day, 0) + 1
        visit.ro_no = f"RO{visit.day:%y%m%d}{count[visit.day]:03}"
