"""The product answers as the oracle does: a second implementation, written from DOM alone, row by row.

Every store is new, dense with events, clean or dirty, English or Chinese, with the store's own settings and rules.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.oracle import oracle, stores
from xl_retention.cli import run

LANGUAGES = ("en", "zh", "wide")
FIELDS = (
    "customer_id", "customer_name", "mobile", "vin", "plate_no", "role", "owner", "rules", "due_keys", "due_date",
    "deadline", "overdue_days", "priority", "value_tier",
)  # fmt: skip


def expected(path: Path, day: date) -> dict[str, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on our deliberate dirt
        return oracle.today(path, day)


@pytest.mark.parametrize("seed", range(9))
def test_every_row_and_every_suppression(seed, tmp_path, capsys):
    """
    All fields of all rows, in order, on the store's day and on an earlier one that must show the older list.
    """
    path = tmp_path / "store.xlsx"
    day = stores.make_store(
        path,
        seed,
        customers=40,
        language=LANGUAGES[seed % 3],
        dirty=seed % 2 == 1,
        settings="random" if seed % 4 > 1 else None,
        rules="random" if seed % 8 > 3 else None,
    )
    for as_of in (day, day - timedelta(days=17)):
        wanted = expected(path, as_of)

        assert run(["today", str(path), "--date", as_of.isoformat(), "--json", "--dry-run"]) == 0

        answer = json.loads(capsys.readouterr().out)
        assert [tuple(row[name] for name in FIELDS) for row in answer["rows"]] == [
            tuple(row[name] for name in FIELDS) for row in wanted["rows"]
        ]
        assert suppressions(answer) == suppressions(wanted)


def suppressions(answer: dict[str, object]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(item.values()) for item in answer["suppressed"])
