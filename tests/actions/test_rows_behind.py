"""Rows behind a figure: as many as its numerator, each with its place in the workbook (command `rows`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import TODAY, VIN, shell, workbook
from tests.actions.test_kpi import STORE
from xl_retention.books.closed import ClosedBook

OCTOBER = ("--date", TODAY, "--month", "2026-10")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def rows(book: Path, code: str, *more: object) -> dict:
    answer = shell("rows", book, "--kpi", code, *OCTOBER, *more, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def test_every_row_says_where_it_stands_and_whose_it_is(store: Path) -> None:
    found = rows(store, "K01")
    assert (found["numerator"], found["denominator"]) == (1, 1)
    assert found["rows"] == [{
        "what": "customer", "id": "C1", "sheet": "Customers", "row": 2, "customer_id": "C1", "customer_name": "Ada",
        "mobile": "13900000001", "vin": "", "plate_no": "",
    }]  # fmt: skip
    assert found["missing"] == []
    visit = rows(store, "K20")["missing"], rows(store, "K40")["rows"][0]
    assert visit[0] == []  # complaints are no part of visits and deliveries
    assert (visit[1]["sheet"], visit[1]["row"], visit[1]["vin"]) == ("Repair Orders", 3, VIN)
    assert visit[1]["id"] == f"{VIN} 2026-10-10"


def test_as_many_rows_as_the_numerator_and_as_many_missing_as_it_lacks(store: Path) -> None:
    kpis = shell("kpi", store, *OCTOBER, "--json", "--dry-run").json["kpis"]
    counted = 0
    for figure in kpis:
        group = ("--group", figure["group"]) if figure.get("group") else ()
        found = rows(store, figure["code"], *group, "--dry-run")
        assert (found["numerator"], found["denominator"]) == (figure["numerator"], figure["denominator"])
        amounts = ("K39", "K40", "K43", "K47", "K49", "K50c", "K51")
        if figure["numerator"] is not None and not figure["code"].startswith(amounts):
            assert len(found["rows"]) == figure["numerator"], figure["code"]
            counted += 1
        if found["missing"]:
            assert len(found["rows"]) + len(found["missing"]) == figure["denominator"], figure["code"]
    assert counted > 30


def test_what_is_missing_from_the_denominator_is_listed(store: Path) -> None:
    """The car was delivered on 2 October; its 3-day call was made, those of the 7th day were not all."""
    found = rows(store, "K08")
    assert found["denominator"] == len(found["rows"]) + len(found["missing"])
    assert {row["what"] for row in found["missing"]} == {"due contact"}
    assert all(row["id"].startswith(f"C1/{VIN}/") and row["row"] == 2 for row in found["missing"])


def test_the_sheet_shows_them_in_both_languages(store: Path) -> None:
    assert shell("rows", store, "--kpi", "k01", *OCTOBER).code == 0
    with ClosedBook(store) as book:
        cells = book.read("Rows Behind")
    assert cells[0][0] == "K01 Return rate, 2026-10: the rows behind it"
    assert cells[1][0] == "Numerator 1, denominator 1. Listed: 1 counted, 0 missing."
    assert cells[3][:4] == ["Counts", "What", "Which", "Where"]
    assert cells[4][:5] == ["counted", "customer", "C1", "Customers!A2", "C1"]


def test_the_same_input_gives_the_same_file(store: Path) -> None:
    shell("rows", store, "--kpi", "K01", *OCTOBER)
    once = store.read_bytes()
    shell("rows", store, "--kpi", "K01", *OCTOBER)
    assert store.read_bytes() == once


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("--kpi", "K99"), "'K99' is no code of a key figure", id="no such code"),
        pytest.param(("--kpi", "K44", "--group", "Zoe"), "'Zoe' is none of: Ann", id="nobody of that name"),
        pytest.param(("--kpi", "K44"), "goes by name", id="no name at all"),
    ],
)
def test_what_cannot_be_listed_is_refused(store: Path, arguments: tuple[str, ...], told: str) -> None:
    answer = shell("rows", store, *arguments, *OCTOBER)
    assert answer.code == 2
    assert told in answer.err
