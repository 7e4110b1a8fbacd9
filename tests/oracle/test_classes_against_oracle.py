"""`classify` answers as a second implementation does, written from DOM 4 alone."""

from __future__ import annotations

import json
import warnings
from datetime import timedelta

import pytest

from tests.oracle import class_stores, classification
from xl_retention.cli import run

LANGUAGES = ("en", "zh", "wide")


@pytest.mark.parametrize("seed", range(9))
def test_every_label_of_every_row(seed, tmp_path, capsys):
    """On the store's day, and on an earlier one that must show what was known then."""
    path = tmp_path / "store.xlsx"
    day = class_stores.make_store(
        path, seed, customers=60, language=LANGUAGES[seed % 3], dirty=seed % 2 == 1, settings=seed % 4 > 1
    )
    for as_of in (day, day - timedelta(days=45)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on our deliberate dirt
            wanted = classification.classify(path, as_of)

        assert run(["classify", str(path), "--date", as_of.isoformat(), "--json", "--dry-run"]) == 0

        answer = json.loads(capsys.readouterr().out)
        del answer["problems"]
        assert by_name(answer) == by_name(wanted)


def by_name(answer: dict[str, object]) -> dict[str, object]:
    """Rows in the order of their names."""
    answer["vehicles"].sort(key=lambda row: row["vin"])
    answer["prospects"].sort(key=lambda row: row["prospect_no"])
    answer["accounts"].sort(key=lambda row: row["account_no"])
    return answer
