"""What can come of one row when two copies are merged: a fixture each, and all of them in one pair of books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ["Customer ID", "Name", "Mobile", "Remark", "Points"]
THEIR_HEAD = [*HEAD, "Dog"]
"""The copy has a column that the workbook lacks."""

Cells = list[object]


@dataclass(frozen=True)
class Outcome:
    """
    One outcome.

    Args:
        name: In words.
        base: The row that both came from, cells parted by `|`; "" for none.
        mine: The same here.
        theirs: The same in the copy.
        result: The rows afterwards.
        asked: Kind, key and field of each question.
    """

    name: str
    base: str = ""
    mine: str = ""
    theirs: str = ""
    result: tuple[str, ...] = ()
    asked: tuple[tuple[str, str, str], ...] = ()


OUTCOMES = (
    Outcome("same", "C1|Ada|13900000001", "C1|Ada|13900000001", "C1|Ada|13900000001", ("C1|Ada|13900000001",)),
    Outcome("I changed it", "C2|Bo|13900000002", "C2|Bob|13900000002", "C2|Bo|13900000002", ("C2|Bob|13900000002",)),
    Outcome("they changed it", "C3|Cy|13900000003", "C3|Cy|13900000003", "C3|Cyd|13900000003", ("C3|Cyd|13900000003",)),
    Outcome(
        "both changed it equally", "C4|Di|13900000004", "C4|Dia|13900000004", "C4|Dia|13900000004",
        ("C4|Dia|13900000004",),
    ),
    Outcome(
        "both changed it, and the field answers for itself", "C5|Ed|13900000005||10", "C5|Ed|13900000005||15",
        "C5|Ed|13900000005||12", ("C5|Ed|13900000005||17",),
    ),
    Outcome(
        "both differ", "C6|Flo|13900000006", "C6|Flora|13900000006", "C6|Florence|13900000006",
        ("C6|Flora|13900000006",), (("both_changed", "C6", "customer_name"),),
    ),
    Outcome(
        "I edited, they deleted", "C7|Gus|13900000007", "C7|Gustav|13900000007", "",
        ("C7|Gustav|13900000007",), (("edited_and_deleted", "C7", ""),),
    ),
    Outcome(
        "I deleted, they edited", "C8|Hal|13900000008", "", "C8|Harald|13900000008",
        (), (("edited_and_deleted", "C8", ""),),
    ),
    Outcome("they deleted it", "C9|Ida|13900000009", "C9|Ida|13900000009", ""),
    Outcome("I deleted it", "C10|Jo|13900000010", "", "C10|Jo|13900000010"),
    Outcome("I added one", "", "C11|Kai|13900000011", "", ("C11|Kai|13900000011",)),
    Outcome("they added one", "", "", "C12|Lea|13900000012", ("C12|Lea|13900000012",)),
    Outcome(
        "two adds under one number", "", "C13|Max|13900000013", "C13|Nan|13900000014",
        ("C13|Max|13900000013",), (("two_adds_under_one_number", "C13", "customer_id"),),
    ),
    Outcome(
        "one person under two numbers", "", "C14|Oz|13900000015", "C15|Oz|13900000015",
        ("C14|Oz|13900000015", "C15|Oz|13900000015"), (("one_person_under_two_numbers", "C15", "customer_id"),),
    ),
    Outcome(
        "they corrected the number", "C17|Quin|13900000017|tea", "C17|Quin|13900000017|coffee",
        "C71|Quin|13900000017|tea", ("C71|Quin|13900000017|coffee",),
    ),
    Outcome(
        "they corrected number and phone", "C18|Rae|13900000018|tea|5", "C18|Rae|13900000018|tea|7",
        "C81|Rae|13900000081|tea|5", ("C81|Rae|13900000081|tea|7",),
    ),
    Outcome(
        "unknown column", "C16|Pia|13900000016", "C16|Pia|13900000016", "C16|Pia|13900000016|||Rex",
        ("C16|Pia|13900000016|||Rex",), (("unknown_column", "", "Dog"),),
    ),
)  # fmt: skip
UNKNOWN_SHEET = ("unknown_sheet", "", "")
"""What is asked about a sheet that only the copy has."""


def row(line: str) -> Cells:
    """The cells of a row under `THEIR_HEAD`; points are a number."""
    cells: Cells = [text or None for text in line.split("|")]
    cells += [None] * (len(THEIR_HEAD) - len(cells))
    cells[4] = float(str(cells[4])) if cells[4] else None
    return cells


def base(outcomes: Sequence[Outcome]) -> list[Cells]:
    """The sheet of customers that both copies came from."""
    return [list(HEAD), *(row(each.base)[: len(HEAD)] for each in outcomes if each.base)]


def mine(outcomes: Sequence[Outcome]) -> list[Cells]:
    """The same here."""
    return [list(HEAD), *(row(each.mine)[: len(HEAD)] for each in outcomes if each.mine)]


def theirs(outcomes: Sequence[Outcome]) -> list[Cells]:
    """The same in the copy."""
    return [list(THEIR_HEAD), *(row(each.theirs) for each in outcomes if each.theirs)]


def result(outcomes: Sequence[Outcome]) -> list[Cells]:
    """The rows afterwards, by number."""
    return in_order([row(line) for each in outcomes for line in each.result])


def asked(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str]]:
    """What is asked, in some order."""
    return sorted(each for outcome in outcomes for each in outcome.asked)


def in_order(rows: Sequence[Sequence[object]]) -> list[Cells]:
    """Rows of customers by number, as wide as `THEIR_HEAD`; blank ones left out."""
    filled = [[*each, *[None] * (len(THEIR_HEAD) - len(each))] for each in rows if any(each)]
    return sorted(filled, key=lambda cells: int(str(cells[0])[1:]))


def turned_into(rows: list[Cells], wanted: Sequence[Cells]) -> None:
    """Lets a sheet say what another says, row by row of the same number; hidden columns stay beside their rows."""
    extra = len(THEIR_HEAD) if len(wanted[0]) == len(THEIR_HEAD) else len(HEAD)
    hidden = {str(each[0]): each[len(HEAD) :] for each in rows[1:]}
    head = [*rows[0][: len(HEAD)], *wanted[0][len(HEAD) : extra], *rows[0][len(HEAD) :]]
    blank: Cells = [None] * (len(rows[0]) - len(HEAD))
    rows[:] = [head, *([*each, *hidden.get(str(each[0]), blank)] for each in wanted[1:])]
