"""How often an action asks the office something, whatever the number of customers."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.drawn import workbook
from tests.office.counting import counting_book

DAY = dt.datetime(2026, 11, 21)


def store(tmp_path, customers):
    """A store of which every fortieth customer is due: rows of all kinds of cells."""
    rows = [["Customer ID", "Customer", "Mobile", "Plate No", "Delivery date", "Sales advisor", "Model"]]
    for number in range(customers):
        delivered = DAY - dt.timedelta(days=400 if number % 40 else 3)
        rows.append([f"C{number}", f"Wu {number}", f"138{number:08}", f"沪A{number:05}", delivered, "Li", "UNI-T"])
    visits = [["RO No", "Plate No", "Visit date", "Checkout date", "Odometer"]]
    came, left = DAY - dt.timedelta(days=200), DAY - dt.timedelta(days=199)
    visits += [[f"R{number}", f"沪A{number:05}", came, left, 10_000] for number in range(customers)]
    return workbook(tmp_path / f"{customers}.xlsx", {"Customers": rows, "Visits": visits})


def pressed(office, tmp_path, customers):
    """Generates twice; the calls to the office of the second time, and what the status bar said."""
    from xl_retention.buttons import press_in

    book, calls = counting_book(office.open(store(tmp_path, customers)))
    press_in(book, "generate_calls", DAY)
    calls.by_name.clear()
    press_in(book, "generate_calls", DAY)
    assert customers // 40 <= book.sheets["Today's Calls"].used_range.shape[0]
    return calls.by_name


@pytest.fixture
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))


def test_twenty_thousand_customers_cost_as_many_calls_as_two_thousand(office, tmp_path, own_folders):
    few, many = pressed(office, tmp_path, 2_000), pressed(office, tmp_path, 20_000)

    assert few == many
    assert 0 < few.total() < 1_500


def test_the_status_bar_moves_on_while_a_large_store_is_worked_out(office, tmp_path, own_folders, monkeypatch):
    from xl_retention.books.libreoffice.app import App
    from xl_retention.buttons import press_in

    told = []
    plain = App.status_bar
    monkeypatch.setattr(
        App, "status_bar", property(plain.fget, lambda app, line: (told.append(line), plain.fset(app, line))[1])
    )

    press_in(office.open(store(tmp_path, 2_000)).book, "generate_calls", DAY)

    assert len(set(told)) >= 5
    assert any("Customers (1 of" in str(line) for line in told)
    assert told[-1] is False
