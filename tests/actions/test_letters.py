"""A message with a copy is a file that opens as a draft; in Outlook it becomes a draft, and nothing is sent."""

from __future__ import annotations

import email
import sys
from email import policy
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from xl_retention.actions.letters import Letter


class Outlook:
    """What Outlook's object model is asked for."""

    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []
        self.Attachments = SimpleNamespace(Add=lambda path: self.done.append(("attach", path)))

    def Dispatch(self, name: str) -> Outlook:  # noqa: N802  (as Outlook spells it)
        assert name == "Outlook.Application"
        return self

    def CreateItem(self, kind: int) -> Outlook:  # noqa: N802
        assert kind == 0
        return self

    def __getattr__(self, name: str) -> Any:
        if name not in ("Save", "Display"):
            raise AttributeError(name)
        return lambda: self.done.append((name, None))


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    attached = tmp_path / "城西 copy.xlsx"
    attached.write_bytes(b"PK")
    return Letter("boss@example.com", "城西: copy", "请查收", attached)


@pytest.fixture
def outlook(monkeypatch: pytest.MonkeyPatch) -> Outlook:
    made, package = Outlook(), ModuleType("win32com")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "win32com", package)
    monkeypatch.setitem(sys.modules, "win32com.client", made)  # type: ignore[arg-type]
    return made


def test_the_file_opens_as_a_draft_with_everything_in_it(letter: Letter, tmp_path: Path) -> None:
    letter.write(tmp_path / "mail.eml")

    message = email.message_from_bytes((tmp_path / "mail.eml").read_bytes(), policy=policy.default)
    (attached,) = message.iter_attachments()
    assert (message["To"], message["Subject"], message["X-Unsent"]) == ("boss@example.com", "城西: copy", "1")
    assert (attached.get_filename(), attached.get_content()) == ("城西 copy.xlsx", b"PK")


def test_outlook_keeps_and_shows_the_draft_and_sends_nothing(letter: Letter, outlook: Outlook) -> None:
    assert letter.draft_in_outlook()

    assert (outlook.To, outlook.Subject, outlook.Body) == ("boss@example.com", "城西: copy", "请查收")
    assert outlook.done == [("attach", str(letter.attached)), ("Save", None), ("Display", None)]


def test_where_outlook_objects_there_is_no_draft(letter: Letter, outlook: Outlook) -> None:
    outlook.Dispatch = lambda name: (_ for _ in ()).throw(OSError("not registered"))  # type: ignore[assignment]

    assert not letter.draft_in_outlook()


def test_away_from_windows_there_is_no_outlook(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    assert not letter.draft_in_outlook()
