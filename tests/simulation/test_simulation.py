"""A store on our workbook for 120 days: nobody is forgotten, nobody is called in the quiet time (issue: the loop).

The list of each day is what an independent second opinion makes of the test's own books (`ledger`, `tests/oracle`),
row by row; so is the state of every due contact at the end, and every row of the contact log.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.docs.test_docs import ROOT, script
from tests.simulation.simulation import Summary, simulate
from xl_retention.actions import escalate_complaints
from xl_retention.cli.remembered import SWITCHED_OFF
from xl_retention.domain import quiet_time, worklist
from xl_retention.domain.contacts import DueContacts
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags

PAGE = ROOT / "docs" / "simulation.md"


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """120 days; nothing is kept in the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCHED_OFF, "1")
        return simulate(tmp_path_factory.mktemp("store") / "Store.xlsx")


def test_nothing_goes_wrong_in_120_days(months: Summary) -> None:
    """
    Mistakes are told in words; see `simulation` for what is looked at on each day.
    """
    assert (months.last - months.first).days + 1 == 120
    assert months.mistakes == []


def test_every_due_contact_ends_somewhere(months: Summary) -> None:
    """
    And each of the ends does occur, or the simulation would show nothing.
    """
    assert sum(months.ended.values()) == months.due
    for state in ("done", "unreachable", "covered", "stopped", "missed", "open", "overdue"):
        assert months.ended[state], state
    assert set(months.ended) <= {"done", "unreachable", "covered", "stopped", "missed", "open", "overdue", "planned"}


def test_all_that_may_happen_has_happened(months: Summary) -> None:
    for count in (
        months.quiet_days, months.never_listed, months.bans, months.refused_entries, months.complaints_overdue,
        months.steps, months.reopened, months.handed_over, months.written_by_staff,
    ):  # fmt: skip
        assert count > 0
    for word in ("Connected", "No answer", "Call back", "Sent", "Refused", "Never again"):
        assert months.outcomes[word], word


def test_the_page_tells_what_came_of_it(months: Summary) -> None:
    """
    `python docs/make_simulation.py` writes it.
    """
    assert PAGE.read_text("utf-8") == script("docs/make_simulation.py").page(months)


# The simulation notices what it is there for.


def days(folder: Path, count: int) -> list[str]:
    """The mistakes of the first days."""
    return simulate(folder / "Store.xlsx", days=count, customers=12).mistakes


def test_a_list_without_quiet_time_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(situation: Situation) -> Flags:
        return np.zeros(len(situation.identities.ids) + 1, np.bool_)

    monkeypatch.setattr(quiet_time, "resting", nobody)

    assert any("in the quiet time" in each for each in days(tmp_path, 5))


def test_a_due_contact_that_is_lost_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due_contacts = worklist.due_contacts

    def without_the_last(situation: Situation) -> DueContacts:
        found = due_contacts(situation)
        return DueContacts(found.items.where(np.arange(len(found.items) - 1)), found.as_of)

    monkeypatch.setattr(worklist, "due_contacts", without_the_last)

    assert any("the list differs" in each for each in days(tmp_path, 5))


def test_a_complaint_that_does_not_go_up_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalate_complaints, "_write_steps", lambda *arguments: None)

    assert any("rows of the log" in each for each in days(tmp_path, 7))
