from __future__ import annotations

import datetime as dt

import pytest
import retention_udfs


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The functions take this day for today."""
    day = dt.date(2025, 7, 1)
    monkeypatch.setattr(retention_udfs, "_today", lambda: day)
    return day
