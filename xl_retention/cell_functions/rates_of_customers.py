"""The key figures of DOM 5 that are a share of customers, prospects or insurances: who returns, stays, buys."""

from __future__ import annotations

import numpy as np
import xlwings as xw

from xl_retention.cell_functions import answering
from xl_retention.cell_functions.answering import CATEGORY, LANGUAGES, in_cells, quotient, ratio_of_numbers, shown
from xl_retention.cell_functions.periods import asked_period, first_and_last
from xl_retention.domain import loyalty, rates
from xl_retention.domain.kpis.follow_up import VERY_SATISFIED
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Days
from xl_retention.domain.visits import is_any
from xl_retention.sheets.cell_arguments import Block, Cell, Records, single_choice, single_count, single_day
from xl_retention.sheets.classes.labels import label


@xw.func(category=CATEGORY)
@in_cells
def RETURN_RATE(
    returning_or_ids: Cell,
    total_or_dates: Cell,
    start: Cell = None,
    finish: Cell = None,
    basis: Cell = None,
    cars: Cell = None,
) -> Cell:
    """Return rate (K01): share of the customers of a period who had come before; of two numbers their ratio.

    Args:
        returning_or_ids: Number of returning customers, or the column of customer numbers of all visits
        total_or_dates: Number of all customers, or the column of visit dates
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out
        basis: Optional. customers (if left out), visits or visits_any
        cars: Optional. Column of VINs or plates; without it all visits of a customer on one day are one

    Examples:
        =RETURN_RATE(3,4) -> 0.75
        =RETURN_RATE(0,0) -> (empty)
        =RETURN_RATE({"A";"A";"B"},{"2025-05-02";"2025-06-03";"2025-06-04"},"2025-06-01") -> 0.5
        =RETURN_RATE({"A";"B"},{"2025-05-02";"2025-06-03"},"June") -> start: not a date
    """
    first = single_day("start", start)
    chosen = single_choice("basis", basis, rates.RETURN_BASES)
    if first is None:
        return ratio_of_numbers("returning_or_ids", returning_or_ids, "total_or_dates", total_or_dates)
    period = first_and_last(first, finish)
    columns = {"returning_or_ids": returning_or_ids, "total_or_dates": total_or_dates}
    if not Block.of("cars", cars).is_blank:
        columns["cars"] = cars
    records = Records.of(**columns)
    ids, day = records.texts("returning_or_ids"), records.days("total_or_dates")
    car = records.texts("cars") if "cars" in columns else ids
    car = np.where(car == "", ids, car)
    visits = (ids != "") & ~np.isnat(day) & (day <= np.datetime64(answering.today()))
    customer, day = different_visits(ids[visits], car[visits], day[visits])
    return shown(rates.return_rate(customer, day, *period, chosen))


@xw.func(category=CATEGORY)
@in_cells
def RETENTION(kept_or_states: Cell, total: Cell = None) -> Cell:
    """Retention (K21): loyal and general customers as a share of the base; customers who are gone are left out.

    Args:
        kept_or_states: Number of customers kept, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =RETENTION(60,80) -> 0.75
        =RETENTION({"Loyal";"General";"Lost";"Gone";"Unknown"}) -> 0.5
    """
    return of_states("kept_or_states", kept_or_states, total, (loyalty.LOYAL, loyalty.GENERAL))


@xw.func(category=CATEGORY)
@in_cells
def LOSS_RATE(lost_or_states: Cell, total: Cell = None) -> Cell:
    """Loss rate (K23; of two numbers any definition): lost customers as a share of the base.

    Args:
        lost_or_states: Number of customers lost, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =LOSS_RATE(18,80) -> 0.225
        =LOSS_RATE({"忠诚客户";"一般客户";"流失客户";"已转出";"准流失客户"}) -> 0.25
    """
    return of_states("lost_or_states", lost_or_states, total, (loyalty.LOST,))


@xw.func(category=CATEGORY)
@in_cells
def DELIGHT_RATE(delighted_or_answers: Cell, serviced_or_ids: Cell) -> Cell:
    """Delight rate (K02): very satisfied customers as a share of all customers serviced, asked or not.

    Args:
        delighted_or_answers: Number of very satisfied customers, or the column of what customers answered
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once

    Examples:
        =DELIGHT_RATE(90,200) -> 0.45
        =DELIGHT_RATE({"Very satisfied";"Satisfied"},{"A";"B";"B";"C";"D"}) -> 0.25
        =DELIGHT_RATE(0,0) -> (empty)
    """
    delighted = counted_words("delighted_or_answers", delighted_or_answers, "satisfaction_level", (VERY_SATISFIED,))
    return quotient(delighted, counted_ids("serviced_or_ids", serviced_or_ids))


@xw.func(category=CATEGORY)
@in_cells
def SERVICE_SHARE(serviced_or_ids: Cell, parc: Cell) -> Cell:
    """Service share: customers serviced in a month as a share of the brand's cars in the area (K03).

    Args:
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once
        parc: Cars of the brand in the area; of amounts, the group's amount (K42)

    Examples:
        =SERVICE_SHARE(320,8000) -> 0.04
        =SERVICE_SHARE(320,"") -> (empty)
    """
    return quotient(counted_ids("serviced_or_ids", serviced_or_ids), single_count("parc", parc))


@xw.func(category=CATEGORY)
@in_cells
def RENEWAL_RATE(renewed_or_results: Cell, expiring_or_expiries: Cell, start: Cell = None, finish: Cell = None) -> Cell:
    """Renewal rate (K37): insurances renewed here as a share of those that end in a period.

    Args:
        renewed_or_results: Number of insurances renewed here, or the column of results
        expiring_or_expiries: Number of insurances that end, or the column of their last days
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =RENEWAL_RATE(45,60) -> 0.75
        =RENEWAL_RATE({"本店续保";""},{"2025-06-10";"2025-06-20"},"2025-06-01") -> 0.5
    """
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("renewed_or_results", renewed_or_results, "expiring_or_expiries", expiring_or_expiries)
    records = Records.of(renewed_or_results=renewed_or_results, expiring_or_expiries=expiring_or_expiries)
    here = records.texts("renewed_or_results", Kind.ENUM, "renewal_result") == "本店续保"
    return shown(rates.share(period.holds(records.days("expiring_or_expiries")), here))


@xw.func(category=CATEGORY)
@in_cells
def CONVERSION_RATE(ordered_or_orders: Cell, decided_or_losses: Cell, start: Cell = None, finish: Cell = None) -> Cell:
    """Prospect conversion (K30): prospects who ordered in a period as a share of those who ordered or were lost.

    Args:
        ordered_or_orders: Number of prospects who ordered, or the column of order days
        decided_or_losses: Number of prospects who ordered or were lost, or the column of the days they were lost
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =CONVERSION_RATE(3,30) -> 0.1
        =CONVERSION_RATE({"2025-06-02";"";""},{"";"2025-06-03";"2025-07-01"},"2025-06-01") -> 0.5
    """
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("ordered_or_orders", ordered_or_orders, "decided_or_losses", decided_or_losses)
    records = Records.of(ordered_or_orders=ordered_or_orders, decided_or_losses=decided_or_losses)
    ordered, lost = (period.holds(records.days(name)) for name in ("ordered_or_orders", "decided_or_losses"))
    return shown(rates.share(ordered | lost, ordered))


def different_visits(ids: np.ndarray, cars: np.ndarray, days: Days) -> tuple[np.ndarray, Days]:
    """Customer (a number) and day of each visit; rows of one car and one day are one visit (DOM V12)."""
    _, customer = np.unique(ids.astype(str), return_inverse=True)
    _, car = np.unique(cars.astype(str), return_inverse=True)
    _, first = np.unique(np.stack([car, days.astype(np.int64)]), axis=1, return_index=True)
    return customer[first], days[first]


def of_states(name: str, cells: Cell, total: Cell, wanted: tuple[str, ...]) -> Cell:
    """Customers in some loyalty states as a share of those who are not gone."""
    if not Block.of("total", total).is_blank or len(Block.of(name, cells).cells) == 1:
        return ratio_of_numbers(name, cells, "total", total)
    typed = Records.of(**{name: cells}).texts(name, Kind.TEXT)
    known = {label(word, language).casefold(): word for word in loyalty.STATES.tolist() for language in LANGUAGES}
    state = np.array([known.get(text.strip().casefold(), "") for text in typed.tolist()], object)
    return shown(rates.share((state != "") & (state != loyalty.GONE), is_any(state, wanted)))


def counted_words(name: str, cells: Cell, words: str, counted: tuple[str, ...]) -> float | None:
    """How often a column says one of some words; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(is_any(Records.of(**{name: cells}).texts(name, Kind.ENUM, words), counted).sum())


def counted_ids(name: str, cells: Cell) -> float | None:
    """How many different numbers a column holds; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(len(set(Records.of(**{name: cells}).texts(name).tolist()) - {""}))
