"""Workbooks of any size for measuring: one store, six years, English headings, shared strings like Excel's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.workbook_xml import DATE, MOMENT, Column, Strings, write_workbook

AS_OF = dt.date(2026, 11, 21)
SETTINGS = {
    # The first morning of a store with so many customers and two dozen people: nothing from before go-live is
    # listed (DOM 0.3), the rhythm is as slow as they can keep.
    "go_live_date": "2026-11-21",
    "month_series": "1,2,4,6,12,24",
    "month_repeat_every": "12",
    "replacement_cycle_months": "66",
    "replacement_repeat_months": "24",
}
YEARS = 6

_TODAY = (AS_OF - dt.date(1899, 12, 30)).days
_FIRST = _TODAY - YEARS * 365


@dataclass(frozen=True)
class Shape:
    """Rows for each customer."""

    cars: float
    visits: float
    contacts: float
    bookings: float
    prospects: float
    complaints: float


USUAL = Shape(cars=1.1, visits=3, contacts=2, bookings=0.1, prospects=0.05, complaints=0.02)
"""A store after six years."""
LEVEL = Shape(cars=1, visits=1, contacts=0.2, bookings=0.02, prospects=0.01, complaints=0.002)
"""As many customers as cars as visits: three sheets that a spreadsheet program can just hold, at the most."""

SURNAMES = (
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang",
    "Zhou", "Wu", "Xu", "Sun", "Hu", "Zhu", "Gao", "Lin",
)  # fmt: skip
GIVEN = (
    "Wei", "Qiang", "Lei", "Jun", "Yong", "Jie", "Tao", "Chao",
    "Ming", "Fang", "Na", "Min", "Jing", "Li", "Yan", "Juan",
)  # fmt: skip
ADVISERS = tuple(f"Adviser {number:02}" for number in range(1, 13))
AGENTS = tuple(f"Agent {number:02}" for number in range(1, 7))
SERVICE = tuple(f"Service {number:02}" for number in range(1, 9))
YEARS_OF_VINS = "NPRSTVWXY"
"""A letter for each million cars."""
SERIES = (
    ("CS75 Plus", "CS75 Plus 1.5T"),
    ("CS55 Plus", "CS55 Plus 1.5T"),
    ("Eado", "Eado 1.6L"),
    ("UNI-V", "UNI-V 1.5T"),
)
WORK = ("Maintenance", "Maintenance", "Maintenance", "Repair", "Repair", "Accident", "Warranty claim")
RULES = (
    "3-day call", "7-day call by sales", "7-day survey call", "15-30-day contact", "Month 6",
    "Month 12", "Month 24", "Maintenance reminder", "Maintenance reminder", "Post-repair call",
    "Insurance renewal", "Annual inspection",
)  # fmt: skip
RESULTS = ("Connected", "Connected", "Connected", "Connected", "No answer", "Switched off", "Refused")


def make_workbook(
    path: Path,
    customers: int,
    seed: int = 20261121,
    store: int = 0,
    shape: Shape = USUAL,
    strings: Strings | None = None,
) -> None:
    """Writes a store's workbook with *customers* customers to *path*; the same seed gives the same cells.

    Args:
        store: Number of the store in a group; neighbours share one customer in twenty (by phone), and no car.
        shape: Rows of the other sheets.
        strings: How the workbook holds its texts.
    """
    write_workbook(path, _sheets(np.random.default_rng(seed), customers, store, shape), strings)


def _sheets(rng: np.random.Generator, customers: int, store: int, shape: Shape) -> Iterator[tuple[str, list[Column]]]:
    phones = ((np.arange(customers) + store * customers * 19 // 20) * 7919 + 31_000_000) % 10**9
    ids = [f"C{number:07}" for number in range(1, customers + 1)]
    mobiles = [f"12{number:09}" for number in phones.tolist()]
    names = [
        f"{SURNAMES[surname]} {GIVEN[first]}{GIVEN[second].lower()}"
        for surname, first, second in rng.integers(0, 16, (customers, 3)).tolist()
    ]
    advisers = rng.integers(0, len(ADVISERS), customers)
    agents = rng.integers(0, len(AGENTS), customers)
    yield (
        "Customers",
        [
            Column("Customer ID", ids),
            Column("Name", names),
            Column("Mobile", mobiles),
            Column("Gender", _pick(("M", "F"), rng, customers)),
            Column(
                "Birthday",
                rng.integers(_TODAY - 65 * 365, _TODAY - 20 * 365, customers),
                DATE,
                rng.random(customers) < 0.8,
            ),
            Column("Occupation", _pick(("Teacher", "Engineer", "Driver", "Worker", "Employee"), rng, customers)),
            Column("Region", _pick(("City", "City", "County town", "Rural"), rng, customers)),
            Column("Marketing Consent", _pick(("Yes", "No"), rng, customers)),
            Column("DNC", _pick(("No",) * 49 + ("Yes",), rng, customers)),
            Column("Sales Advisor", [ADVISERS[place] for place in advisers.tolist()]),
            Column("CS Agent", [AGENTS[place] for place in agents.tolist()]),
            Column("Service Advisor", _pick(SERVICE, rng, customers)),
        ],
    )

    cars = round(customers * shape.cars)
    owner = np.concatenate([np.arange(customers), rng.integers(0, customers, cars - customers)])
    vins = [
        f"LS4ASE2E{check}{YEARS_OF_VINS[number // 1_000_000]}J{number % 1_000_000:06}"
        for number, check in enumerate(rng.integers(0, 10, cars).tolist(), start=store * cars)
    ]
    plates = [
        f"{'沪京津渝'[number // 800_000]}{'ABCDEFGH'[number % 8]}{number % 800_000 // 8:05}" for number in range(cars)
    ]
    kind = rng.integers(0, len(SERIES), cars)
    delivered = rng.integers(_FIRST, _TODAY + 1, cars)
    daily = rng.integers(12, 60, cars)
    age = _TODAY - delivered
    yield (
        "Vehicles",
        [
            Column("VIN", vins),
            Column("Plate No", plates, filled=age > 20),
            Column("Customer ID", [ids[place] for place in owner.tolist()]),
            Column("Series", [SERIES[place][0] for place in kind.tolist()]),
            Column("Model", [SERIES[place][1] for place in kind.tolist()]),
            Column("Use", _pick(("Private",) * 8 + ("Official", "Commercial"), rng, cars)),
            Column("Purchase Date", delivered - 3, DATE),
            Column("Delivery Date", delivered, DATE),
            Column("Insurance Until", delivered + 365 * (age // 365 + 1), DATE, rng.random(cars) < 0.9),
            Column("Inspection Until", delivered + 730 * (age // 730 + 1), DATE, rng.random(cars) < 0.9),
            Column("Odometer", daily * age, filled=age > 90),
            Column("Odometer Date", np.full(cars, _TODAY - 30), DATE, age > 90),
            Column("Status", _pick(("In use",) * 19 + ("Transferred",), rng, cars)),
        ],
    )

    visits = round(customers * shape.visits)
    car = np.sort(rng.integers(0, cars, visits))
    day = np.minimum(delivered[car] + (age[car] * rng.random(visits)).astype(np.int64), _TODAY)
    order = np.argsort(day, kind="stable")
    car, day = car[order], day[order]
    reading = daily[car] * (day - delivered[car])
    served = rng.random(visits) < 0.6
    amount = rng.integers(12, 340, visits) * 10
    yield (
        "Repair Orders",
        [
            Column("RO No", [f"RO{number:08}" for number in range(1, visits + 1)]),
            Column("VIN", [vins[place] for place in car.tolist()]),
            Column("Visit Date", day, DATE),
            Column("Check-out Date", day + (rng.random(visits) < 0.2), DATE),
            Column("Odometer In", reading),
            Column("Type of Work", _pick(WORK, rng, visits)),
            Column("Paid", amount, filled=rng.random(visits) < 0.9),
            Column("Payment Type", _pick(("Customer",) * 8 + ("Insurance", "Warranty"), rng, visits)),
            Column("Next Service", day + 183, DATE, served),
            Column("Next Service Mileage", reading + 5000, filled=served),
        ],
    )

    contacts = round(customers * shape.contacts)
    car = rng.integers(0, cars, contacts)
    moment = np.sort(rng.integers(_FIRST, _TODAY, contacts) + rng.integers(36, 72, contacts) / 96)
    result = rng.integers(0, len(RESULTS), contacts)
    reached = result < 4
    yield (
        "Call Log",
        [
            Column("Call ID", [f"K{number:08}" for number in range(1, contacts + 1)]),
            Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            Column("VIN", [vins[place] for place in car.tolist()]),
            Column("Call Type", _pick(RULES, rng, contacts)),
            Column("Called On", moment, MOMENT),
            Column("Called By", [AGENTS[place] for place in agents[owner[car]].tolist()]),
            Column("Role", ["CS"] * contacts),
            Column("Outcome", [RESULTS[place] for place in result.tolist()]),
            Column(
                "Satisfaction",
                _pick(("Very satisfied", "Satisfied", "Satisfied", "Neutral"), rng, contacts),
                filled=reached,
            ),
        ],
    )

    bookings = round(customers * shape.bookings)
    car = rng.integers(0, cars, bookings)
    day = np.sort(rng.integers(_FIRST + 400, _TODAY + 5, bookings))
    past = day < _TODAY
    yield (
        "Bookings",
        [
            Column("Booking ID", [f"B{number:07}" for number in range(1, bookings + 1)]),
            Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            Column("VIN", [vins[place] for place in car.tolist()]),
            Column("Booked On", day - 6, DATE),
            Column("Appointment", day + rng.integers(9, 17, bookings) / 24, MOMENT),
            Column("Initiator", _pick(("Customer", "After reminder", "Staff"), rng, bookings)),
            Column("Status", _pick(("Arrived",) * 8 + ("No-show", "Cancelled"), rng, bookings), filled=past),
        ],
    )

    prospects = round(customers * shape.prospects)
    day = np.sort(rng.integers(_TODAY - 700, _TODAY, prospects))
    yield (
        "Prospects",
        [
            Column("Prospect No", [f"P{number:07}" for number in range(1, prospects + 1)]),
            Column("Name", _pick(names, rng, prospects)),
            Column("Mobile", [f"12{number:09}" for number in range(900_000_000, 900_000_000 + prospects)]),
            Column("Created Date", day, DATE),
            Column("Grade", _pick(("H", "A", "B", "C"), rng, prospects)),
            Column("Intent Model", _pick([model for _, model in SERIES], rng, prospects)),
            Column("Last Follow Date", np.minimum(day + rng.integers(0, 60, prospects), _TODAY - 1), DATE),
            Column("Status", _pick(("Open", "Open", "Ordered", "Delivered", "Lost"), rng, prospects)),
            Column("Sales Advisor", _pick(ADVISERS, rng, prospects)),
        ],
    )

    complaints = round(customers * shape.complaints)
    car = rng.integers(0, cars, complaints)
    day = np.sort(rng.integers(_FIRST, _TODAY, complaints) + rng.integers(36, 72, complaints) / 96)
    closed = rng.random(complaints) < 0.98
    yield (
        "Complaints",
        [
            Column("Complaint ID", [f"T{number:06}" for number in range(1, complaints + 1)]),
            Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            Column("VIN", [vins[place] for place in car.tolist()]),
            Column("Received", day, MOMENT),
            Column("Category", _pick(("Quality", "Service", "Sales", "Price"), rng, complaints)),
            Column("First Response At", day + 0.05, MOMENT, closed),
            Column("Resolved", day + 0.8, MOMENT, closed),
            Column("Follow-up At", day + 1.5, MOMENT, closed),
            Column("Status", ["Closed" if done else "In progress" for done in closed.tolist()]),
        ],
    )
    staff = [*ADVISERS, *AGENTS, *SERVICE]
    yield (
        "Staff",
        [
            Column("Staff ID", [f"S{number:03}" for number in range(1, len(staff) + 1)]),
            Column("Name", staff),
            Column("Role", ["SA"] * len(ADVISERS) + ["CS"] * len(AGENTS) + ["SV"] * len(SERVICE)),
            Column("Status", ["Active"] * len(staff)),
        ],
    )
    yield (
        "Settings",
        [Column("Parameter", list(SETTINGS)), Column("Value", list(SETTINGS.values()))],
    )


def _pick(words: Sequence[str], rng: np.random.Generator, count: int) -> list[str]:
    return [words[place] for place in rng.integers(0, len(words), count).tolist()]
