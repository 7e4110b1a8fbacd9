from __future__ import annotations

import datetime as dt

import pytest

from xl_retention.cell_functions import answering


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The functions take this day for today."""
    day = dt.date(2025, 7, 1)
    monkeypatch.setattr(answering, "today", lambda: day)
    return day
