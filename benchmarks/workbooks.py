"""Workbooks of any size for measuring: one store, six years, English headings, shared strings like Excel's.

XlsxWriter would either hold ten million cells in memory or write inline strings, which Excel never does.
So the sheets are written here as XML straight into the zip, a block of rows at a time.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

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
CARS_PER_CUSTOMER = 1.1
VISITS_PER_CUSTOMER = 3
CONTACTS_PER_CUSTOMER = 2
BOOKINGS_PER_CUSTOMER = 0.1
PROSPECTS_PER_CUSTOMER = 0.05
COMPLAINTS_PER_CUSTOMER = 0.02

_BLOCK = 20_000
_TODAY = (AS_OF - dt.date(1899, 12, 30)).days
_FIRST = _TODAY - YEARS * 365
_GENERAL, _DATE, _MOMENT, _HEADING = 0, 1, 2, 3

SURNAMES = (
    "Wang",
    "Li",
    "Zhang",
    "Liu",
    "Chen",
    "Yang",
    "Zhao",
    "Huang",
    "Zhou",
    "Wu",
    "Xu",
    "Sun",
    "Hu",
    "Zhu",
    "Gao",
    "Lin",
)
GIVEN = (
    "Wei",
    "Qiang",
    "Lei",
    "Jun",
    "Yong",
    "Jie",
    "Tao",
    "Chao",
    "Ming",
    "Fang",
    "Na",
    "Min",
    "Jing",
    "Li",
    "Yan",
    "Juan",
)
ADVISERS = tuple(f"Adviser {number:02}" for number in range(1, 13))
AGENTS = tuple(f"Agent {number:02}" for number in range(1, 7))
SERVICE = tuple(f"Service {number:02}" for number in range(1, 9))
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

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Column:
    heading: str
    values: Sequence[str] | Ints | npt.NDArray[np.float64]
    style: int = _GENERAL
    filled: npt.NDArray[np.bool_] | None = None
    """Where the cell holds anything; None: everywhere."""


@dataclass
class _Strings:
    """The shared strings: each different text once, in the order of first use."""

    number: dict[str, int] = field(default_factory=dict)
    used: int = 0

    def numbers(self, texts: Sequence[str]) -> list[int]:
        self.used += len(texts)
        number = self.number
        return [number.setdefault(text, len(number)) for text in texts]


def make_workbook(path: Path, customers: int, seed: int = 20261121, store: int = 0) -> None:
    """Writes a store's workbook with *customers* customers to *path*; the same seed gives the same cells.

    Args:
        store: Number of the store in a group; neighbours share one customer in twenty (by phone), and no car.
    """
    rng = np.random.default_rng(seed)
    strings = _Strings()
    partial = path.with_name(path.name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as book:
        names: list[str] = []
        for name, columns in _sheets(rng, customers, store):
            names.append(name)
            with book.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w", force_zip64=True) as part:
                _write_sheet(part, columns, strings)
        with book.open(_entry("xl/sharedStrings.xml"), "w", force_zip64=True) as part:
            _write_strings(part, strings)
        for part_name, text in _frame(names).items():
            book.writestr(_entry(part_name), text)
    partial.replace(path)


def _sheets(rng: np.random.Generator, customers: int, store: int) -> Iterator[tuple[str, list[_Column]]]:
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
            _Column("Customer ID", ids),
            _Column("Name", names),
            _Column("Mobile", mobiles),
            _Column("Gender", _pick(("M", "F"), rng, customers)),
            _Column(
                "Birthday",
                rng.integers(_TODAY - 65 * 365, _TODAY - 20 * 365, customers),
                _DATE,
                rng.random(customers) < 0.8,
            ),
            _Column(
                "Occupation", _pick(("Teacher", "Engineer", "Driver", "Worker", "Employee"), rng, customers)
            ),
            _Column("Region", _pick(("City", "City", "County town", "Rural"), rng, customers)),
            _Column("Marketing Consent", _pick(("Yes", "No"), rng, customers)),
            _Column("DNC", _pick(("No",) * 49 + ("Yes",), rng, customers)),
            _Column("Sales Advisor", [ADVISERS[place] for place in advisers.tolist()]),
            _Column("CS Agent", [AGENTS[place] for place in agents.tolist()]),
            _Column("Service Advisor", _pick(SERVICE, rng, customers)),
        ],
    )

    cars = round(customers * CARS_PER_CUSTOMER)
    owner = np.concatenate([np.arange(customers), rng.integers(0, customers, cars - customers)])
    vins = [
        f"LS4ASE2E{check}NJ{number:06}"
        for number, check in enumerate(rng.integers(0, 10, cars).tolist(), start=store * cars)
    ]
    plates = [f"沪{'ABCDEFGH'[number % 8]}{number // 8:05}" for number in range(cars)]
    kind = rng.integers(0, len(SERIES), cars)
    delivered = rng.integers(_FIRST, _TODAY + 1, cars)
    daily = rng.integers(12, 60, cars)
    age = _TODAY - delivered
    yield (
        "Vehicles",
        [
            _Column("VIN", vins),
            _Column("Plate No", plates, filled=age > 20),
            _Column("Customer ID", [ids[place] for place in owner.tolist()]),
            _Column("Series", [SERIES[place][0] for place in kind.tolist()]),
            _Column("Model", [SERIES[place][1] for place in kind.tolist()]),
            _Column("Use", _pick(("Private",) * 8 + ("Official", "Commercial"), rng, cars)),
            _Column("Purchase Date", delivered - 3, _DATE),
            _Column("Delivery Date", delivered, _DATE),
            _Column("Insurance Until", delivered + 365 * (age // 365 + 1), _DATE, rng.random(cars) < 0.9),
            _Column("Inspection Until", delivered + 730 * (age // 730 + 1), _DATE, rng.random(cars) < 0.9),
            _Column("Odometer", daily * age, filled=age > 90),
            _Column("Odometer Date", np.full(cars, _TODAY - 30), _DATE, age > 90),
            _Column("Status", _pick(("In use",) * 19 + ("Transferred",), rng, cars)),
        ],
    )

    visits = customers * VISITS_PER_CUSTOMER
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
            _Column("RO No", [f"RO{number:08}" for number in range(1, visits + 1)]),
            _Column("VIN", [vins[place] for place in car.tolist()]),
            _Column("Visit Date", day, _DATE),
            _Column("Check-out Date", day + (rng.random(visits) < 0.2), _DATE),
            _Column("Odometer In", reading),
            _Column("Type of Work", _pick(WORK, rng, visits)),
            _Column("Paid", amount, filled=rng.random(visits) < 0.9),
            _Column("Payment Type", _pick(("Customer",) * 8 + ("Insurance", "Warranty"), rng, visits)),
            _Column("Next Service", day + 183, _DATE, served),
            _Column("Next Service Mileage", reading + 5000, filled=served),
        ],
    )

    contacts = customers * CONTACTS_PER_CUSTOMER
    car = rng.integers(0, cars, contacts)
    moment = np.sort(rng.integers(_FIRST, _TODAY, contacts) + rng.integers(36, 72, contacts) / 96)
    result = rng.integers(0, len(RESULTS), contacts)
    reached = result < 4
    yield (
        "Call Log",
        [
            _Column("Call ID", [f"K{number:08}" for number in range(1, contacts + 1)]),
            _Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            _Column("VIN", [vins[place] for place in car.tolist()]),
            _Column("Call Type", _pick(RULES, rng, contacts)),
            _Column("Called On", moment, _MOMENT),
            _Column("Called By", [AGENTS[place] for place in agents[owner[car]].tolist()]),
            _Column("Role", ["CS"] * contacts),
            _Column("Outcome", [RESULTS[place] for place in result.tolist()]),
            _Column(
                "Satisfaction",
                _pick(("Very satisfied", "Satisfied", "Satisfied", "Neutral"), rng, contacts),
                filled=reached,
            ),
        ],
    )

    bookings = round(customers * BOOKINGS_PER_CUSTOMER)
    car = rng.integers(0, cars, bookings)
    day = np.sort(rng.integers(_FIRST + 400, _TODAY + 5, bookings))
    past = day < _TODAY
    yield (
        "Bookings",
        [
            _Column("Booking ID", [f"B{number:07}" for number in range(1, bookings + 1)]),
            _Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            _Column("VIN", [vins[place] for place in car.tolist()]),
            _Column("Booked On", day - 6, _DATE),
            _Column("Appointment", day + rng.integers(9, 17, bookings) / 24, _MOMENT),
            _Column("Initiator", _pick(("Customer", "After reminder", "Staff"), rng, bookings)),
            _Column("Status", _pick(("Arrived",) * 8 + ("No-show", "Cancelled"), rng, bookings), filled=past),
        ],
    )

    prospects = round(customers * PROSPECTS_PER_CUSTOMER)
    day = np.sort(rng.integers(_TODAY - 700, _TODAY, prospects))
    yield (
        "Prospects",
        [
            _Column("Prospect No", [f"P{number:07}" for number in range(1, prospects + 1)]),
            _Column("Name", _pick(names, rng, prospects)),
            _Column("Mobile", [f"12{number:09}" for number in range(900_000_000, 900_000_000 + prospects)]),
            _Column("Created Date", day, _DATE),
            _Column("Grade", _pick(("H", "A", "B", "C"), rng, prospects)),
            _Column("Intent Model", _pick([model for _, model in SERIES], rng, prospects)),
            _Column("Last Follow Date", np.minimum(day + rng.integers(0, 60, prospects), _TODAY - 1), _DATE),
            _Column("Status", _pick(("Open", "Open", "Ordered", "Delivered", "Lost"), rng, prospects)),
            _Column("Sales Advisor", _pick(ADVISERS, rng, prospects)),
        ],
    )

    complaints = round(customers * COMPLAINTS_PER_CUSTOMER)
    car = rng.integers(0, cars, complaints)
    day = np.sort(rng.integers(_FIRST, _TODAY, complaints) + rng.integers(36, 72, complaints) / 96)
    closed = rng.random(complaints) < 0.98
    yield (
        "Complaints",
        [
            _Column("Complaint ID", [f"T{number:06}" for number in range(1, complaints + 1)]),
            _Column("Customer ID", [ids[place] for place in owner[car].tolist()]),
            _Column("VIN", [vins[place] for place in car.tolist()]),
            _Column("Received", day, _MOMENT),
            _Column("Category", _pick(("Quality", "Service", "Sales", "Price"), rng, complaints)),
            _Column("First Response At", day + 0.05, _MOMENT, closed),
            _Column("Resolved", day + 0.8, _MOMENT, closed),
            _Column("Follow-up At", day + 1.5, _MOMENT, closed),
            _Column("Status", ["Closed" if done else "In progress" for done in closed.tolist()]),
        ],
    )
    staff = [*ADVISERS, *AGENTS, *SERVICE]
    yield (
        "Staff",
        [
            _Column("Staff ID", [f"S{number:03}" for number in range(1, len(staff) + 1)]),
            _Column("Name", staff),
            _Column("Role", ["SA"] * len(ADVISERS) + ["CS"] * len(AGENTS) + ["SV"] * len(SERVICE)),
            _Column("Status", ["Active"] * len(staff)),
        ],
    )
    yield (
        "Settings",
        [_Column("Parameter", list(SETTINGS)), _Column("Value", list(SETTINGS.values()))],
    )


def _pick(words: Sequence[str], rng: np.random.Generator, count: int) -> list[str]:
    return [words[place] for place in rng.integers(0, len(words), count).tolist()]


def _write_sheet(part: IO[bytes], columns: Sequence[_Column], strings: _Strings) -> None:
    letters = [chr(ord("A") + place) for place in range(len(columns))]
    rows = len(columns[0].values)
    part.write(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<dimension ref="A1:{letters[-1]}{rows + 1}"/><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>"
            '<sheetFormatPr defaultRowHeight="15"/>'
            f'<cols><col min="1" max="{len(columns)}" width="16" customWidth="1"/></cols>'
            '<sheetData><row r="1">'
        ).encode()
    )
    headings = strings.numbers([column.heading for column in columns])
    cells = [
        f'<c r="{a}1" s="{_HEADING}" t="s"><v>{number}</v></c>'
        for a, number in zip(letters, headings, strict=True)
    ]
    part.write(("".join(cells) + "</row>").encode())
    for start in range(0, rows, _BLOCK):
        stop = min(start + _BLOCK, rows)
        block = [_cells(a, column, start, stop, strings) for a, column in zip(letters, columns, strict=True)]
        lines = [
            f'<row r="{row + 2}">{"".join(cells)}</row>'
            for row, cells in enumerate(zip(*block, strict=True), start)
        ]
        part.write("".join(lines).encode())
    part.write(f'</sheetData><autoFilter ref="A1:{letters[-1]}{rows + 1}"/></worksheet>'.encode())


def _cells(letter: str, column: _Column, start: int, stop: int, strings: _Strings) -> list[str]:
    values = column.values[start:stop]
    if isinstance(values, np.ndarray):
        style = f' s="{column.style}"' if column.style else ""
        cells = [
            f'<c r="{letter}{row}"{style}><v>{value:.10g}</v></c>'
            for row, value in enumerate(values.tolist(), start + 2)
        ]
    else:
        numbers = strings.numbers(values)
        cells = [
            f'<c r="{letter}{row}" t="s"><v>{number}</v></c>' for row, number in enumerate(numbers, start + 2)
        ]
    if column.filled is None:
        return cells
    return [
        cell if filled else "" for cell, filled in zip(cells, column.filled[start:stop].tolist(), strict=True)
    ]


def _write_strings(part: IO[bytes], strings: _Strings) -> None:
    part.write(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' count="{strings.used}" uniqueCount="{len(strings.number)}">'.encode()
    )
    texts = list(strings.number)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        part.write("".join([f"<si><t>{escape(text)}</t></si>" for text in block]).encode())
    part.write(b"</sst>")


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2026, 11, 21, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _frame(sheets: Sequence[str]) -> dict[str, str]:
    """The parts around the sheets: what is in the zip, how the parts hang together, the four cell styles."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, len(sheets) + 1)
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{len(sheets) + 2}" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'{head}<styleSheet xmlns="{main}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }  # fmt: skip
