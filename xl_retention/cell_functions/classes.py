"""Classes of cars, customers, prospects and key accounts (DOM 4)."""

from __future__ import annotations

import dataclasses

import numpy as np
import xlwings as xw

from xl_retention.cell_functions.answering import CATEGORY, LANGUAGES, in_cells, labels_of, names_of
from xl_retention.cell_functions.by_day import or_today, per_day
from xl_retention.domain import loyalty
from xl_retention.domain.classes import cohort, grading, key_account, vehicle_age
from xl_retention.domain.classes.credit import credit_grades
from xl_retention.domain.classes.region import regions
from xl_retention.domain.classes.relationship_stage import stages
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.prospects import computed_grade
from xl_retention.domain.schema import Kind
from xl_retention.domain.tiers import TIERS, Spending, ranks_by_total, scores
from xl_retention.sheets.cell_arguments import NO_DATA, Cell, Rows, single_choice


@xw.func(category=CATEGORY)
@in_cells
def LOYALTY_STATE(
    last_visit: Cell,
    paid_visits: Cell = None,
    paid_amount: Cell = None,
    delivery_date: Cell = None,
    open_complaint: Cell = None,
    vehicle_status: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """Loyalty state of a car: loyal, general, quasi-lost or lost (in Chinese, or in English).

    Args:
        last_visit: Day on which the car last left the workshop
        paid_visits: Optional. Visits of the last 12 months that the customer paid for
        paid_amount: Optional. What they came to, in yuan
        delivery_date: Optional. Stands for a last visit where there is none
        open_complaint: Optional. Whether a complaint is open: yes or no
        vehicle_status: Optional. Status of the car; blank is in use
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =LOYALTY_STATE("2024-08-31",,,,,,"2025-02-28","en") -> General
        =LOYALTY_STATE("2024-08-31",,,,,,"2025-03-01","en") -> Quasi-lost
        =LOYALTY_STATE("2025-05-01",3,3000,,,,"2025-07-01") -> 忠诚客户
        =LOYALTY_STATE("") -> (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(
        last_visit=last_visit,
        paid_visits=paid_visits,
        paid_amount=paid_amount,
        delivery_date=delivery_date,
        open_complaint=open_complaint,
        vehicle_status=vehicle_status,
        as_of=as_of,
    )
    visited, delivered = rows.days("last_visit"), rows.days("delivery_date")
    count, amount = rows.numbers("paid_visits"), rows.numbers("paid_amount", Kind.MONEY)
    complaint = rows.yes("open_complaint")
    status = rows.cleaned("vehicle_status", Kind.ENUM, "vehicle_status")
    states = np.full(len(rows), NO_DATA, object)
    for day, places in per_day(or_today(rows.days("as_of"))):
        known_on = np.datetime64(day)
        active = np.where(visited > known_on, delivered, visited)
        active = np.where(np.isnat(active), delivered, active)
        active = np.where(active > known_on, np.datetime64("NaT"), active)
        states[places] = loyalty.loyalty_states(
            status[places],
            active[places],
            np.nan_to_num(count[places]),
            np.nan_to_num(amount[places]),
            complaint[places],
            known_on,
            Parameters(),
        )
    blank = np.isnat(visited) & np.isnat(delivered) & np.isnan(count) & np.isnan(amount) & (status == "")
    return rows.answer(labels_of(states, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def VALUE_TIER(
    paid_amount: Cell,
    paid_visits: Cell,
    average_interval: Cell = None,
    language: Cell = None,
) -> Cell:
    """Value tier of a car by what its customer paid the workshop: high, average or low value.

    Args:
        paid_amount: What the customer paid in the last 12 months, in yuan
        paid_visits: Visits of the last 12 months that the customer paid for
        average_interval: Optional. Average days between the paid visits of the last 24 months
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =VALUE_TIER(7200,4,90) -> 高价值
        =VALUE_TIER(1000,2,180,"en") -> Average value
        =VALUE_TIER("","") -> (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(paid_amount=paid_amount, paid_visits=paid_visits, average_interval=average_interval)
    amount, count = rows.numbers("paid_amount", Kind.MONEY), rows.numbers("paid_visits")
    interval = rows.numbers("average_interval")
    spent = Spending(
        visits=np.nan_to_num(count),
        amount=np.nan_to_num(amount),
        span_days=np.nan_to_num(interval),
        gaps=(~np.isnan(interval)).astype(np.int64),
    )
    tiers = TIERS[ranks_by_total(scores(spent, np.full(len(rows), "", object), Parameters()))]
    return rows.answer(labels_of(tiers, np.isnan(amount) & np.isnan(count), in_words))


@xw.func(category=CATEGORY)
@in_cells
def PROSPECT_GRADE(expected_order: Cell, as_of: Cell = None, language: Cell = None) -> Cell:
    """Grade of a prospect by the days until the expected order: H, A, B, C, nurture or past the expected date.

    Args:
        expected_order: Day on which the prospect is expected to order; a prospect without one is nurtured
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =PROSPECT_GRADE("2025-06-16","2025-06-01") -> A
        =PROSPECT_GRADE("2025-05-31","2025-06-01","en") -> Past expected date
        =PROSPECT_GRADE("","2025-06-01") -> 培育
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(expected_order=expected_order, as_of=as_of)
    expected, days = rows.days("expected_order").tolist(), or_today(rows.days("as_of")).tolist()
    parameters = Parameters()
    grades = [computed_grade(order, day, parameters) for order, day in zip(expected, days, strict=True)]
    return rows.answer(labels_of(np.array(grades, object), np.zeros(len(rows), np.bool_), in_words))


@xw.func(category=CATEGORY)
@in_cells
def VEHICLE_AGE_BAND(
    delivery_date: Cell,
    odometer: Cell = None,
    warranty_end: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """Age band of a car: in warranty, in the three guarantees, or beyond them.

    Args:
        delivery_date: Day on which the car was delivered
        odometer: Optional. Latest reading in kilometres
        warranty_end: Optional. Last day of the warranty; stands for the first limit of age
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =VEHICLE_AGE_BAND("2023-06-01",50000,,"2025-06-01","en") -> In warranty
        =VEHICLE_AGE_BAND("2023-06-01",50001,,"2025-06-01","en") -> In the three guarantees
        =VEHICLE_AGE_BAND("2023-06-01",,,"2026-06-02") -> 三包期限外
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(delivery_date=delivery_date, odometer=odometer, warranty_end=warranty_end, as_of=as_of)
    delivered, ends = rows.days("delivery_date"), rows.days("warranty_end")
    km = rows.numbers("odometer", Kind.KM)
    bands, no_brand = np.full(len(rows), NO_DATA, object), np.full(len(rows), "", object)
    for day, places in per_day(or_today(rows.days("as_of"))):
        known_on = np.datetime64(day)
        since = np.where(delivered[places] > known_on, np.datetime64("NaT"), delivered[places])
        bands[places] = vehicle_age.age_bands(
            since, ends[places], km[places], no_brand[places], known_on, Parameters()
        )
    blank = np.isnat(delivered) & np.isnat(ends) & np.isnan(km)
    return rows.answer(names_of("age_band", bands, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def AGE_COHORT(born: Cell, language: Cell = None) -> Cell:
    """Age cohort of a customer by the year of birth.

    Args:
        born: Birth date, year, decade as staff write it, or identity number of 18 signs
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =AGE_COHORT("1985-03-01") -> 80后
        =AGE_COHORT(1959,"en") -> Born before 1960
        =AGE_COHORT({"110101199001011225";"85后";""}) -> 90后; 80后; (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(born=born)
    block = rows.blocks["born"]
    years = np.array([year_of(cell) for cell in block.cells], np.float64)
    others = [cell if np.isnan(year) else None for cell, year in zip(block.cells, years.tolist(), strict=True)]
    rows.blocks["born"] = dataclasses.replace(block, cells=others)
    birthdays = rows.days("born")
    none = np.full(len(rows), "", object)
    years = np.where(np.isnan(years), cohort.birth_years(birthdays, none, none), years)
    return rows.answer(names_of("cohort", cohort.cohorts(years), np.isnan(years), in_words))


@xw.func(category=CATEGORY)
@in_cells
def REGION_TYPE(
    address: Cell, region: Cell = None, distance_km: Cell = None, language: Cell = None
) -> Cell:
    """Region of a customer: city, county town or countryside; the address is weak evidence.

    Args:
        address: Address of the customer
        region: Optional. Region as entered; goes before the address
        distance_km: Optional. Kilometres to the store; tells the city where nothing else is known
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =REGION_TYPE("平山县城关镇") -> 乡镇
        =REGION_TYPE("",,8,"en") -> City
        =REGION_TYPE("","县城") -> 县城
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(address=address, region=region, distance_km=distance_km)
    addresses, typed = rows.cleaned("address", Kind.TEXT), rows.cleaned("region", Kind.ENUM, "region_type")
    distance = rows.numbers("distance_km")
    city_km = Parameters().number("city_distance_km")
    found, _ = regions(typed, addresses, distance, city_km)  # type: ignore[arg-type]
    blank = (addresses == "") & (typed == "") & np.isnan(distance)
    return rows.answer(names_of("region", found, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def GRADE_ABCD(
    amount: Cell,
    on_time_pct: Cell = None,
    margin_pct: Cell = None,
    annual_frequency: Cell = None,
    sales_mode: Cell = None,
    wallet_share_pct: Cell = None,
    years: Cell = None,
    reputation: Cell = None,
    show: Cell = None,
) -> Cell:
    """Grades A to D of key accounts by a hundred points over eight items, ranked against each other.

    Args:
        amount: What each account bought in the year, in yuan
        on_time_pct: Optional. Invoices paid on time, in percent
        margin_pct: Optional. Margin, in percent
        annual_frequency: Optional. Purchases a year
        sales_mode: Optional. Framework contract, contract or single orders
        wallet_share_pct: Optional. Our share of what the account buys, in percent
        years: Optional. Years with us
        reputation: Optional. 0 to 10
        show: Optional. grade (if left out) or score

    Examples:
        =GRADE_ABCD({90000;50000;40000;30000;20000}) -> A; B; B; C; C
        =GRADE_ABCD({90000;45000},{100;50},,,,,,,"score") -> 25; 12.5
        =GRADE_ABCD("") -> (empty)
    """
    shown = single_choice("show", show, ("grade", "score"))
    rows = Rows.of(
        amount=amount,
        on_time_pct=on_time_pct,
        margin_pct=margin_pct,
        annual_frequency=annual_frequency,
        sales_mode=sales_mode,
        wallet_share_pct=wallet_share_pct,
        years=years,
        reputation=reputation,
    )
    modes = rows.cleaned("sales_mode", Kind.ENUM, "sales_mode")
    values = [
        np.array([grading.SALES_MODES.get(str(mode), np.nan) for mode in modes])
        if item.field == "sales_mode"
        else rows.numbers(item.field, Kind.MONEY if item.field == "amount" else Kind.DECIMAL)
        for item in grading.ITEMS
    ]
    filled = ~np.all(np.isnan(values), axis=0)
    parameters = Parameters()
    reached = [column[filled] for column in values]
    points = grading.points(reached, parameters.numbers("grade_weights"))
    totals = np.round(points.sum(axis=0), grading.DECIMALS)
    answers = np.full(len(rows), NO_DATA, object)
    if shown == "score":
        answers[filled] = totals.tolist()
    else:
        no_numbers = np.full(len(totals), "", object)
        answers[filled] = grading.grades(totals, reached[0], no_numbers, parameters.numbers("grade_split"))
    return rows.answer(answers.tolist())


@xw.func(category=CATEGORY)
@in_cells
def RELATIONSHIP_STAGE(wallet_share_pct: Cell, language: Cell = None) -> Cell:
    """Stage of the relationship with a key account by our share of what it buys.

    Args:
        wallet_share_pct: Our share in percent, 0 to 100
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =RELATIONSHIP_STAGE({0;49.9;50;80}) -> 客户开发阶段; 初期合作阶段; 稳定合作阶段; 战略合作阶段
        =RELATIONSHIP_STAGE("60%","en") -> Steady co-operation
        =RELATIONSHIP_STAGE(101) -> 未知
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(wallet_share_pct=wallet_share_pct)
    share = rows.numbers("wallet_share_pct")
    return rows.answer(names_of("stage", stages(share, Parameters()), np.isnan(share), in_words))


@xw.func(category=CATEGORY)
@in_cells
def KEY_ACCOUNT(
    annual_frequency: Cell,
    amount: Cell,
    margin_pct: Cell = None,
    company_cars: Cell = None,
    language: Cell = None,
) -> Cell:
    """Whether a customer is a key account, may become one, or is an ordinary customer.

    Args:
        annual_frequency: Purchases a year
        amount: What they came to, in yuan a year
        margin_pct: Optional. Margin in percent; not asked where it is blank
        company_cars: Optional. Cars in use of a company
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =KEY_ACCOUNT(6,20000) -> 大客户
        =KEY_ACCOUNT(6,20000,19,,"en") -> Potential key account
        =KEY_ACCOUNT(1,500,,3,"en") -> Key account
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(
        annual_frequency=annual_frequency, amount=amount, margin_pct=margin_pct, company_cars=company_cars
    )
    often, much = rows.numbers("annual_frequency"), rows.numbers("amount", Kind.MONEY)
    margin, cars = rows.numbers("margin_pct"), rows.numbers("company_cars")
    fleet = np.nan_to_num(cars).astype(np.int64)
    found = key_account.key_accounts(often, much, margin, fleet, Parameters())
    blank = np.isnan(often) & np.isnan(much) & np.isnan(cars)
    return rows.answer(names_of("key_account", found, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def CREDIT_GRADE(
    late_payments: Cell, longest_days: Cell = None, dispute: Cell = None, language: Cell = None
) -> Cell:
    """Credit grade A to D by the late payments of the last 12 months.

    Args:
        late_payments: How many payments were late
        longest_days: Optional. How many days the latest of them was late
        dispute: Optional. Whether there is a legal dispute: yes or no
        language: Optional. Label of what is not known in zh (if left out) or en

    Examples:
        =CREDIT_GRADE({0;1;3;4},{0;15;60;10}) -> A; B; C; D
        =CREDIT_GRADE(0,,"yes") -> D
        =CREDIT_GRADE(2,,,"en") -> Unknown
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(late_payments=late_payments, longest_days=longest_days, dispute=dispute)
    late, days, legal = rows.numbers("late_payments"), rows.numbers("longest_days"), rows.yes("dispute")
    found = credit_grades(late, days, legal)
    return rows.answer(names_of("credit_grade", found, np.isnan(late) & np.isnan(days) & ~legal, in_words))


def year_of(cell: object) -> float:
    """The year of birth that a cell says without being a date; NaN where it says none."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if cell in cohort.YEARS else np.nan
    if not isinstance(cell, str):
        return np.nan
    year = cohort.year_in_words(cell)
    return cohort.year_in_id(cell) if np.isnan(year) else year
