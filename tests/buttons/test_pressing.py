"""What a button does is found by its name, and loads no more than its group needs."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib import import_module

import pytest

from xl_retention.buttons.forms import FORMS, TYPED_INTO
from xl_retention.buttons.pressing import MODULES, action_of
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS
from xl_retention.sheets.wording import OWN_SHEET_KEYS

ALL = [button.name for button in (*BUTTONS, *ADD_IN_BUTTONS)]


@pytest.mark.parametrize("name", ALL)
def test_every_button_does_something_of_its_own(name: str):
    assert callable(action_of(name))
    assert [other for other in ALL if action_of(other) is action_of(name)] == [name]


def test_nothing_is_done_that_has_no_button():
    modules = [import_module(f"xl_retention.buttons.{name}") for name in set(MODULES.values())]
    assert Counter(name for module in modules for name in module.ACTIONS) == Counter(ALL)


def test_forms_are_sheets_of_ours_and_belong_to_buttons():
    assert set(FORMS.values()) <= set(OWN_SHEET_KEYS)
    assert set(TYPED_INTO) <= set(FORMS) <= set(ALL)


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("generate_calls", ("xl_retention.builder", "xl_retention.actions.merge_copies", "xl_retention.actions.pack")),
        ("refresh_kpis", ("xl_retention.builder", "xl_retention.actions.merge_copies", "xl_retention.actions.pack")),
        ("adopt", ("xl_retention.actions.merge_copies", "xl_retention.actions.refresh_kpis")),
    ],
)
def test_a_button_does_not_wait_for_what_other_groups_need(name: str, left_out: tuple[str, ...]):
    """Excel starts Python anew for every click."""
    loading = f"from xl_retention.buttons.pressing import action_of; action_of({name!r})"
    script = f"import sys; {loading}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert [module for module in left_out if module in answer.stdout.split()] == []
