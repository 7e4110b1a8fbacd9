from __future__ import annotations

import pytest

from xl_retention.cli.remembered import SWITCHED_OFF


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works its answers out; those about remembering switch it on again."""
    monkeypatch.setenv(SWITCHED_OFF, "1")
