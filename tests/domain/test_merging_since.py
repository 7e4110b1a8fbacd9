"""A row whose number was corrected is still the same row; another person in its place is not."""

from __future__ import annotations

import pytest

from tests.domain.test_merging import rows
from xl_retention.domain.merging_pairs import WIDE, Comparison
from xl_retention.domain.merging_since import became

HEAD = "customer_id | customer_name | mobile | city\n"
BASE = HEAD + "C1 | Ada | 111 | Rome\nC2 | Bo | 222 | Oslo\nC3 | Cy | 333 | Bonn\n"


def since(copy: str, base: str = BASE, table: str = "customer") -> list[int]:
    return became(Comparison(rows(base, table), rows(copy, table))).tolist()


def test_rows_that_keep_their_numbers_are_found_wherever_they_stand() -> None:
    assert since(HEAD + "C3 | Cy | 333 | Bonn\nC1 | Ada | 111 | Rome\n") == [2, 0]


@pytest.mark.parametrize(
    ("row", "is_same"),
    [
        ("C9 | Bo | 222 | Oslo", True),  # the number corrected
        ("C9 | Bo | 222 | Bern", True),  # two of three alike
        ("C9 | Bo | 229 | Oslo", True),  # number and phone, in its place
        ("C9 | Bo | 229 | Bern", False),  # the name alone
        ("C9 | Di | 999 | Oslo", False),  # another person who lives there
    ],
)
def test_a_corrected_row_is_known_by_what_it_still_says(row: str, is_same: bool) -> None:
    assert since(f"{HEAD}C1 | Ada | 111 | Rome\n{row}\nC3 | Cy | 333 | Bonn\n") == [0, 1 if is_same else -1, 2]


@pytest.mark.parametrize(("row", "place"), [("C9 | Ada | 119 | Rome", 0), ("C9 | Cy | 339 | Bonn", 2)])
def test_the_first_and_the_last_row_have_one_neighbour(row: str, place: int) -> None:
    lines = BASE.splitlines()[1:]
    lines[place] = row

    assert since(HEAD + "\n".join(lines)) == [0, 1, 2]


def test_a_row_moved_away_is_not_known_by_its_place() -> None:
    assert since(HEAD + "C9 | Bo | 229 | Oslo\nC1 | Ada | 111 | Rome\nC3 | Cy | 333 | Bonn\n") == [-1, 0, 2]


def test_two_rows_that_look_alike_are_not_guessed_at() -> None:
    base = BASE + "C4 | Bo | 222 | Oslo\n"

    assert since(HEAD + "C8 | Bo | 222 | Oslo\nC1 | Ada | 111 | Rome\nC9 | Bo | 222 | Oslo\n", base) == [-1, 0, -1]


def test_a_second_entry_of_somebody_who_is_there_is_new() -> None:
    assert since(BASE + "C9 | Bo | 222 | Oslo\n") == [0, 1, 2, -1]


def test_another_car_of_the_same_person_is_another_row() -> None:
    head = "customer_id | customer_name | mobile | city | vehicle.vin | vehicle.plate_no | vehicle.model\n"
    base = head + "C1 | Ada | 111 | Rome | V1 | P1 | Eado\n"

    assert since(head + "C1 | Ada | 111 | Rome | V2 | P2 | CS75\n", base, WIDE) == [-1]
    assert since(head + "C1 | Ada | 111 | Rome | V9 | P1 | Eado\n", base, WIDE) == [0]
