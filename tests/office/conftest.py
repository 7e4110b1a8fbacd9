from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.office.soffice import Office, need_office


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
