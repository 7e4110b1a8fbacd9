from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.soffice import Office, need_office
from xl_retention.setting_up import bridge


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The one office of the session. Tests ask for `office`, which sees to it that it runs."""
    need_office()
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


@pytest.fixture
def office(offices: Office) -> Iterator[Office]:
    """A running office without open documents; one that the test before has ended is started anew."""
    if not offices.alive:
        offices.restart()
    yield offices
    try:
        if offices.alive:
            offices.close_documents()
    except Exception:  # LibreOffice 7.4 sometimes crashes while it closes; the test itself is over by then
        offices.kill()


@pytest.fixture
def with_bridge(office: Office, tmp_path: Path) -> Iterator[Office]:
    """The office with our script in its profile, as `xl-retention install` leaves it."""
    made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
    place = office.scripts / bridge.NAME
    place.write_text(bridge.script(made, tmp_path / "bridge.log"), "utf-8")
    yield office
    place.unlink()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """
    What message boxes say, for nobody is there to close them.

    What is kept for Undo and what is logged lies in the test's folder.
    """
    import xlwings as xw

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    texts: list[str] = []
    monkeypatch.setattr(xw.App, "alert", lambda app, text, *rest, **more: texts.append(text))
    return texts
