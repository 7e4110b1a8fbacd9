"""Key figures of one branch, one person's customers, cars of one use; and of several periods at once."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.tables import situation
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.selection import EVERYTHING, Selection, choices

AS_OF = "2025-06-30"
JUNE = Period.month("2025-06")
STORE = {
    "customer": """
        customer_id | mobile      | sales_advisor | cs_owner | store_code
        A           | 13900000001 | Ann           | Cid      | East
        B           | 13900000002 | Ben           | Cid      | West
        C           | 13900000003 | Ann           |          | West
    """,
    "vehicle": """
        vin | customer_id | delivery_date | use_type
        V1  | A           | 2024-01-15    | 私家车
        V2  | A           | 2024-01-15    | 营运车
        V3  | B           | 2024-01-15    | 私家车
        V4  | C           | 2024-01-15    |
        V5  |             | 2024-01-15    | 营运车
    """,
    "service_visit": """
        vin | visit_date | mobile      | store_code
        V1  | 2025-05-10 |             |
        V1  | 2025-06-10 |             |
        V2  | 2025-06-11 |             | West
        V3  | 2025-06-12 |             |
        V4  | 2025-06-13 |             | East
        V9  | 2025-06-14 | 13700000000 | East
    """,
    "contact_log": """
        customer_id | vin | contact_at | result
        A           | V1  | 2025-06-02 | 接通
        A           | V2  | 2025-06-02 | 接通
        A           |     | 2025-06-02 | 未接
        B           |     | 2025-06-02 | 接通
    """,
    "prospect": """
        prospect_no | sales_advisor | order_date
        P1          | Ann           | 2025-06-02
        P2          | Ben           | 2025-06-02
    """,
}  # fmt: skip


def counted(selection: Selection, code: str) -> str:
    store = situation(AS_OF, **STORE).as_read
    counting = Counting(store, dt.date.fromisoformat(AS_OF), selection)
    (figure,) = [each for each in counting.figures(JUNE) if each.kpi.code == code]
    return f"{figure.numerator:g}/{figure.denominator:g}"


@pytest.mark.parametrize(
    ("selection", "visitors", "calls", "prospects"),
    [
        pytest.param(EVERYTHING, "1/4", "3/4", "2/2", id="everything"),
        pytest.param(Selection(staff="Ann"), "1/2", "2/3", "1/1", id="whose sales advisor she is"),
        pytest.param(Selection(staff="Cid"), "1/2", "3/4", "0/0", id="whose customer service he is"),
        pytest.param(Selection(use="私家车"), "1/2", "2/3", "0/0", id="calls about no car stay with the customer"),
        pytest.param(Selection(use="营运车"), "0/1", "1/2", "0/0", id="the other car of the same customer"),
        pytest.param(Selection(staff="Ann", use="营运车"), "0/1", "1/2", "0/0", id="both"),
        pytest.param(Selection(staff="Nobody"), "0/0", "0/0", "0/0", id="nobody"),
    ],
)
def test_a_part_of_a_store(selection: Selection, visitors: str, calls: str, prospects: str) -> None:
    assert [counted(selection, code) for code in ("K01", "K09", "K30")] == [visitors, calls, prospects]


def test_a_branch_has_its_customers_and_the_visits_that_name_it() -> None:
    """
    V2 is of an East customer but came to West; V4 is of a West customer and came to East; V9 is a walk-in of East.
    """
    assert counted(Selection(store="East"), "K13").endswith("/3")
    assert counted(Selection(store="West"), "K13").endswith("/2")
    assert counted(Selection(store="East"), "K52").endswith("/1")
    assert counted(Selection(store="West"), "K52").endswith("/2")


def test_what_can_be_chosen() -> None:
    assert choices(situation(AS_OF, **STORE).as_read) == {
        "store": ["East", "West"], "staff": ["Ann", "Ben", "Cid"], "use": ["私家车", "营运车"],
    }  # fmt: skip


def test_several_periods_at_once_say_what_each_says_alone() -> None:
    store, as_of = situation(AS_OF, **STORE).as_read, dt.date.fromisoformat(AS_OF)
    periods = [JUNE.shift(-back) for back in range(-1, 14)] + [Period.week("2025-W24"), Period.quarter("2025-Q2")]
    together = Counting(store, as_of).table(periods)
    assert list(together) == periods
    for period in periods:
        alone = Counting(store, as_of).figures(period)
        assert [plain(each) for each in together[period]] == [plain(each) for each in alone]


def plain(figure: object) -> tuple[object, ...]:
    names = ("group", "numerator", "denominator", "value", "target", "status")
    rows = figure.rows, figure.missing
    return (
        figure.kpi.code,
        *(getattr(figure, name) for name in names),
        *(None if each is None else each.ids for each in rows),
    )
