"""Every outcome of a merge, through files: with the state that both came from, and with a packed copy that returns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.actions import outcomes as outcome
from tests.actions.clerk import cells, change
from tests.actions.drawn import Answer, shell, workbook
from tests.actions.outcomes import OUTCOMES, UNKNOWN_SHEET, Outcome

IDEAS = [["Free coffee", "on Monday"]]
EVERY = pytest.mark.parametrize("each", OUTCOMES, ids=lambda each: each.name)


def merged(folder: Path, outcomes: Sequence[Outcome], *, packed: bool) -> Answer:
    """Merges the copy of these outcomes into the workbook; the result is `out.xlsx`."""
    copy = folder / "East.xlsx"
    if packed:
        home = workbook(folder / "Home.xlsx", {"Customers": outcome.base(outcomes)})
        assert shell("pack", home, "--out", copy).code == 0
        change(copy, "Customers", lambda rows: outcome.turned_into(rows, outcome.theirs(outcomes)))
        change(home, "Customers", lambda rows: outcome.turned_into(rows, outcome.mine(outcomes)))
        more = []
    else:
        home = workbook(folder / "Home.xlsx", {"Customers": outcome.mine(outcomes)})
        workbook(copy, {"Customers": outcome.theirs(outcomes), "Ideas": IDEAS})
        more = ["--base", workbook(folder / "Base.xlsx", {"Customers": outcome.base(outcomes)})]
    answer = shell("merge", home, copy, *more, "--out", folder / "out.xlsx", "--json")
    assert answer.code == 0, answer.err
    return answer


def asked(answer: Answer) -> list[tuple[str, str, str]]:
    found = sorted((each["kind"], each["key"], each["field"]) for each in answer.json["conflicts"])
    return [each for each in found if each != UNKNOWN_SHEET]


def after(folder: Path) -> list[list[object]]:
    return outcome.in_order(cells(folder / "out.xlsx", "Customers")[1:])


@pytest.mark.parametrize("packed", [False, True], ids=["base", "packed"])
@EVERY
def test_an_outcome_by_itself(each: Outcome, packed: bool, tmp_path: Path) -> None:
    """Beside the row in question stands one that nobody touched: without any, two books have nothing in common."""
    both = list(dict.fromkeys([OUTCOMES[0], each]))

    answer = merged(tmp_path, both, packed=packed)

    assert asked(answer) == outcome.asked(both)
    assert after(tmp_path) == outcome.result(both)


@pytest.mark.parametrize("packed", [False, True], ids=["base", "packed"])
def test_all_outcomes_in_one_pair_of_books(packed: bool, tmp_path: Path) -> None:
    answer = merged(tmp_path, OUTCOMES, packed=packed)

    assert asked(answer) == outcome.asked(OUTCOMES)
    assert after(tmp_path) == outcome.result(OUTCOMES)


def test_an_unknown_sheet_comes_in_and_is_told(tmp_path: Path) -> None:
    answer = merged(tmp_path, OUTCOMES, packed=False)

    assert [each["kind"] for each in answer.json["conflicts"]].count("unknown_sheet") == 1
    assert cells(tmp_path / "out.xlsx", "Ideas") == IDEAS
