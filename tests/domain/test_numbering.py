"""Numbers of new rows go on as the store numbers; cards by the day (DOM 6.5)."""

from __future__ import annotations

import datetime as dt

import pytest

from xl_retention.domain.numbering import Numbers

DAY = dt.date(2026, 11, 21)


def following(*taken: str, count: int = 2) -> list[str]:
    numbers = Numbers(taken, DAY, "R20261121-")
    return [numbers.next() for _ in range(count)]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ((), ["R20261121-01", "R20261121-02"]),
        (("K0041", "K0042"), ["K0043", "K0044"]),
        (("K9",), ["K10", "K11"]),
        (("41", "7"), ["42", "43"]),
        (("HF20251231007",), ["HF20261121001", "HF20261121002"]),
        (("T-251231-07", "T-261121-03", "T-261120-01"), ["T-261121-04", "T-261121-05"]),
        (("R20261121-99",), ["R20261121-100", "R20261121-101"]),
        (("first",), ["R20261121-01", "R20261121-02"]),
        (("K5", "EX-R1"), ["K6", "K7"]),
        (("EX-R1",), ["R20261121-01", "R20261121-02"]),
        (("K5", ""), ["K6", "K7"]),
    ],
)
def test_the_numbering_of_the_last_row_goes_on(taken: tuple[str, ...], expected: list[str]) -> None:
    assert following(*taken) == expected


def test_no_number_is_given_twice() -> None:
    taken = ["K3", "k4", "A1", "K2"]
    new = following(*taken, count=5)

    assert len({number.upper() for number in (*taken, *new)}) == len(taken) + len(new)


def test_cards_carry_the_day_in_two_digits_each() -> None:
    cards = Numbers.of_cards(["261120-05", "261121-01", "P7"], DAY)

    assert [cards.next(), cards.next()] == ["261121-02", "261121-03"]
