from __future__ import annotations

import hypothesis
import pytest

from xl_retention.cli.remembered import SWITCHED_OFF

hypothesis.settings.register_profile("busy_machine", deadline=None)  # time is measured in benchmarks, not here
hypothesis.settings.load_profile("busy_machine")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works its answers out; those about remembering switch it on again."""
    monkeypatch.setenv(SWITCHED_OFF, "1")
