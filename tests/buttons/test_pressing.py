"""What a button does is found by its name, and loads no more than its group needs."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

import pytest

from xl_retention.buttons import pressing
from xl_retention.buttons.forms import FORMS, TYPED_INTO
from xl_retention.buttons.pressing import MODULES, action_of
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS
from xl_retention.sheets.wording import OWN_SHEET_KEYS

NOON = dt.datetime(2026, 11, 21, 12)
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


def test_a_button_pressed_while_another_one_works_does_nothing(monkeypatch: pytest.MonkeyPatch):
    """LibreOffice runs clicks while the line at the bottom is drawn: an Undo in the midst of a merge."""
    done: list[str] = []

    def action(name: str) -> Callable[[object], None]:
        def act(_: object) -> None:
            done.append(name)
            if name == "merge_copy":
                pressing.press_in(book, "undo_last_run", NOON)
                done.append("merged")

        return act

    book = SimpleNamespace(app=SimpleNamespace(status_bar=""), fullname="Store.xlsm")
    monkeypatch.setattr(pressing, "LiveBook", lambda *_: None)
    monkeypatch.setattr(pressing, "language_of", lambda _: "en")
    monkeypatch.setattr(pressing, "action_of", action)

    for name in ("merge_copy", "undo_last_run"):
        pressing.press_in(book, name, NOON)

    assert done == ["merge_copy", "merged", "undo_last_run"]
