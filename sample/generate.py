"""Makes the two sample workbooks: `python -m sample.generate`.

Everything follows from the two `Store` descriptions below and their seeds; no clock is read, so the same
versions of Python and XlsxWriter give the same bytes. "Today" of both stores is Saturday, 21 November 2026.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from sample import paperwork, people, routine, sheets
from sample.people import Car, Clerk, Customer, Store, Visit

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 21)

STORES = (
    Store(
        file="Store-East.xlsx",
        code="E",
        name="Store East",
        language="en",
        seed=31,
        customers=2000,
        cars=2200,
        new_cars=24,
        today=TODAY,
        go_live=dt.date(2026, 9, 1),
        calls_a_day=110,
        clerks=(
            Clerk("E01", "Grace Shen", "SM", "Sales"),
            Clerk("E02", "Kevin Zhou", "SA", "Sales"),
            Clerk("E03", "Lily Fang", "SA", "Sales"),
            Clerk("E04", "Peter Gu", "SA", "Sales"),
            Clerk("E05", "Frank Ding", "SA", "Sales", dt.date(2026, 9, 30)),
            Clerk("E06", "Amy Lu", "CS", "Customer care"),
            Clerk("E07", "Helen Yao", "CS", "Customer care"),
            Clerk("E08", "Jack Pan", "SV", "Workshop"),
            Clerk("E09", "Tony Wu", "SV", "Workshop"),
            Clerk("E10", "Cindy Mao", "FD", "Workshop"),
            Clerk("E11", "Robert Qian", "KAM", "Fleet"),
        ),
    ),
    Store(
        file="城西店.xlsx",
        code="CX",
        name="城西店",
        language="zh",
        seed=47,
        customers=2000,
        cars=2200,
        new_cars=22,
        today=TODAY,
        go_live=dt.date(2026, 9, 1),
        calls_a_day=110,
        clerks=(
            Clerk("01", "沈国华", "SM", "销售部"),
            Clerk("02", "周敏", "SA", "销售一组"),
            Clerk("03", "方志远", "SA", "销售一组"),
            Clerk("04", "顾婷", "SA", "销售二组"),
            Clerk("05", "丁一凡", "SA", "销售二组", dt.date(2026, 9, 30)),
            Clerk("06", "陆晓雯", "CS", "客服部"),
            Clerk("07", "姚静", "CS", "客服部"),
            Clerk("08", "潘建军", "SV", "售后部"),
            Clerk("09", "吴勇", "SV", "售后部"),
            Clerk("10", "毛佳怡", "FD", "售后部"),
        ),
    ),
)


@dataclass
class History:
    """All that happened in a store up to today; *left* is what the staff still have to call."""

    customers: list[Customer]
    cars: list[Car]
    visits: list[Visit]
    bookings: list[paperwork.Booking]
    complaints: list[paperwork.Complaint]
    prospects: list[paperwork.Prospect]
    accounts: list[paperwork.KeyAccount]
    calls: list[routine.Call]
    left: list[routine.Due]


def live(store: Store) -> History:
    """Lets a store live through its six years."""
    rng = random.Random(store.seed)
    customers = people.make_customers(store, rng)
    cars = people.make_cars(store, customers, rng)
    routine_done = routine.work_through(store, customers, rng)
    bookings = paperwork.make_bookings(store, cars, rng)
    prospects = paperwork.make_prospects(store, rng)
    accounts = paperwork.make_key_accounts(store, customers, rng) if store.staff("KAM") else []
    calls = [
        *routine_done.calls,
        *paperwork.confirmation_calls(store, bookings, rng),
        *paperwork.prospect_calls(store, prospects, rng),
        *paperwork.key_account_calls(store, accounts, rng),
    ]
    visits = [visit for car in cars for visit in car.visits] + walk_ins(store)
    return History(
        customers,
        cars,
        sorted(visits, key=lambda visit: (visit.arrived, visit.ro_no)),
        bookings,
        paperwork.make_complaints(store, cars, rng),
        prospects,
        accounts,
        sorted(calls, key=lambda call: (call.at, call.customer_id, call.vin)),
        routine_done.left,
    )


def walk_ins(store: Store) -> list[Visit]:
    """A few repair orders of cars that are on no sheet."""
    others = replace(store, customers=60, cars=60, new_cars=0, seed=store.seed + 500)
    rng = random.Random(others.seed)
    visits = [
        car.visits[-1]
        for car in people.make_cars(others, people.make_customers(others, rng), rng)
        if car.visits
    ]
    recent = [visit for visit in visits if visit.left and (store.today - visit.day).days < 150][:14]
    return [replace(visit, ro_no=visit.ro_no + "W") for visit in recent]


def write(store: Store, path: Path) -> History:
    """Writes the workbook of a store to *path*."""
    history = live(store)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": store.name,
                "author": store.staff("CS")[0],
                "created": dt.datetime(2026, 11, 20, 17, 45),
            }
        )
        pen = sheets.Pen(book, store, random.Random(store.seed + 1))
        if store.language == "zh":
            sheets.wide_sheet(pen, history.cars)
        else:
            sheets.customers_sheet(pen, history.customers)
            sheets.vehicles_sheet(pen, history.cars)
        sheets.visits_sheet(pen, history.visits)
        sheets.calls_sheet(pen, history.calls)
        sheets.complaints_sheet(pen, history.complaints)
        sheets.prospects_sheet(pen, history.prospects)
        sheets.bookings_sheet(pen, history.bookings)
        renewals = [renewal for car in history.cars for renewal in car.renewals]
        sheets.renewals_sheet(
            pen, sorted(renewals, key=lambda renewal: (renewal.expiry, renewal.car.vin, renewal.kind))
        )
        if history.accounts:
            sheets.key_accounts_sheet(pen, history.accounts)
        sheets.staff_sheet(pen, store.clerks)
        if store.language == "zh":
            sheets.statistics_sheet(pen, history.visits)
            sheets.rota_sheet(pen)
        sheets.settings_sheet(pen)
    return history


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes both workbooks, beside this file unless told otherwise."""
    parser = argparse.ArgumentParser(prog="python -m sample.generate", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, default=HERE, help="where to put them (default: beside this file)"
    )
    folder: Path = parser.parse_args(arguments).folder
    for store in STORES:
        history = write(store, folder / store.file)
        left = {(due.customer.customer_id, due.role) for due in history.left}
        print(
            f"{store.file}: {len(history.customers)} customers, {len(history.cars)} cars, "
            f"{len(history.visits)} visits, {len(history.calls)} calls; "
            f"about {len(left)} rows left to call today, besides prospects, bookings and complaints"
        )


if __name__ == "__main__":
    main()
