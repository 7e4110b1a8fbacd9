"""The last row of a car up to a day, and how many there were by then."""

import numpy as np
import pytest

from xl_retention.domain.car_days import CarDays
from xl_retention.domain.kpis.tally import Tally

CAR = np.array([0, 0, 2], np.int64)
DAY = np.array(["2025-03-01", "2025-03-08", "2025-03-05"], "datetime64[D]")


def places(name: str, car: int, day: str) -> int:
    rows = CarDays(CAR, DAY)
    return int(getattr(rows, name)(np.array([car]), np.array([day], "datetime64[D]"))[0])


@pytest.mark.parametrize(
    ("car", "day", "last"),
    [
        pytest.param(0, "2025-02-28", -1, id="before its first"),
        pytest.param(0, "2025-03-01", 0, id="on the day itself"),
        pytest.param(0, "2025-03-07", 0, id="the day before the next"),
        pytest.param(0, "2025-03-08", 1, id="on the day of the next"),
        pytest.param(1, "2025-12-31", -1, id="a car without rows, not the rows of the car before"),
        pytest.param(2, "NaT", -1, id="a blank day"),
    ],
)
def test_the_last_row_up_to_a_day(car, day, last):
    assert places("last", car, day) == last


def test_a_row_on_exactly_a_day():
    assert places("on", 0, "2025-03-08") == 1
    assert places("on", 0, "2025-03-07") == -1


def test_no_rows_at_all():
    rows = CarDays(CAR[:0], DAY[:0])
    assert rows.last(np.array([0]), DAY[:1]).tolist() == [-1]


def test_a_tally_of_any_day_in_any_order():
    """
    Days are counted back from later ones, so each order of asking must give the same.
    """
    order = np.argsort(DAY)
    tally = Tally(DAY[order].view(np.int64), CAR[order], 3)
    asked = ["2025-03-07", "2025-02-01", "2025-03-08", "2025-03-04"]
    counts = [tally.by(np.datetime64(day, "D")).tolist() for day in asked]
    assert counts == [[1, 0, 1], [0, 0, 0], [2, 0, 1], [1, 0, 0]]
