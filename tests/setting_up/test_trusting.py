"""Trusted folders of LibreOffice; what its settings say besides stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_retention.errors import WrongRequest
from xl_retention.setting_up.libreoffice import Office
from xl_retention.setting_up.trusting import address, is_trusted, level, trust, trust_no_more, trusted

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
    '<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">'
    "<value>false</value></prop></item>\n"
)
SCRIPTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
)
END = "</oor:items>"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, tmp_path / "profile", (3, 11), shut_in=False)
    office.settings.parent.mkdir(parents=True)
    return office


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "店 & Säle"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("other", ["", SCRIPTING.format(name="SecureURL", value="<it>file:///other</it>")])
def test_trust_and_no_more_trust_leave_the_settings_as_they_were(office: Office, store: Path, other: str) -> None:
    office.settings.write_text(HEAD + other + END)
    trust(office, store)

    assert is_trusted(office, store)
    assert office.settings.read_text().startswith(HEAD)
    assert trusted(office)[:-1] == (["file:///other"] if other else [])
    trust_no_more(office.settings, address(store))
    assert office.settings.read_text() == HEAD + other + END
    assert not is_trusted(office, store)


def test_folders_below_are_trusted_and_those_beside_are_not(office: Office, store: Path) -> None:
    trust(office, store)
    (store / "deep").mkdir()

    assert is_trusted(office, store / "deep")
    assert not is_trusted(office, store.with_name(store.name + "2"))
    assert not is_trusted(office, store.parent)


@pytest.mark.parametrize(("number", "runs"), [(0, True), (1, True), (2, False), (3, False)])
def test_below_high_security_libreoffice_asks_by_itself(office: Office, store: Path, number: int, runs: bool) -> None:
    office.settings.write_text(HEAD + SCRIPTING.format(name="MacroSecurityLevel", value=number) + END)
    assert level(office) == number
    assert is_trusted(office, store) == runs


def test_a_new_profile_has_high_security_and_trusts_nothing(office: Office, store: Path) -> None:
    assert level(office) == 2
    assert not is_trusted(office, store)


def test_nothing_is_written_while_libreoffice_runs(office: Office, store: Path) -> None:
    """It would write its own settings over ours when it closes."""
    office.settings.write_text(HEAD + END)
    (office.profile / ".lock").touch()
    with pytest.raises(WrongRequest, match="LibreOffice is running"):
        trust(office, store)
    assert office.settings.read_text() == HEAD + END


def test_damaged_settings_are_told_and_left_alone(office: Office, store: Path) -> None:
    office.settings.write_text(HEAD)
    with pytest.raises(WrongRequest, match="is damaged"):
        trust(office, store)
    assert office.settings.read_text() == HEAD
