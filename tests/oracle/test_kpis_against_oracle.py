"""`kpi` answers as a second implementation does, written from DOM 5.6 alone."""

from __future__ import annotations

import json
import warnings
from datetime import date, timedelta

import pytest

from tests.oracle import kpi_stores, kpis
from xl_retention.cli import run
from xl_retention.domain.dates import Period

LANGUAGES = ("en", "zh", "wide")
FIELDS = ("numerator", "denominator", "target", "status")


def periods(day: date) -> list[tuple[date, Period]]:
    """Days of asking and periods: running, long over and asked for on an earlier day, a week."""
    month, week = Period.containing(day, "month"), Period.containing(day, "week")
    return [(day, month), (day - timedelta(days=17), month.shift(-2)), (day, week.shift(-1))]


@pytest.mark.parametrize("seed", range(6))
def test_every_key_figure_of_every_period(seed, tmp_path, capsys):
    """
    Numerator, denominator, value, target and status, on clean and dirty stores with their own settings and rules.
    """
    path = tmp_path / "store.xlsx"
    day = kpi_stores.make_store(
        path, seed, customers=24, language=LANGUAGES[seed % 3], dirty=seed % 2 == 1, settings=seed % 3 > 0, rules=seed > 2
    )
    for as_of, period in periods(day):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on our deliberate dirt
            wanted = kpis.kpis(path, as_of, period.start, period.end, period.kind)
        span = "--week" if period.kind == "week" else "--month"

        assert run(["kpi", str(path), "--date", as_of.isoformat(), span, period.label, "--json"]) == 0

        answer = json.loads(capsys.readouterr().out)
        assert answer["period"] == {"start": period.start.isoformat(), "end": period.end.isoformat()}
        found = {(entry["code"], entry.get("group", "")): entry for entry in answer["kpis"]}
        for each in wanted:
            entry = found[each.code, each.group]
            status = entry["status"]
            if each.status == "growth":  # compared with last year, which the oracle does not know
                status = each.status if status in ("met", "missed", "no_target") else status
            assert {name: {**entry, "status": status}[name] for name in FIELDS} == {
                name: getattr(each, name) for name in FIELDS
            }, (each.code, period.label)
            value = None if each.value is None else float(each.value)
            assert entry["value"] == (None if value is None else pytest.approx(value, abs=1e-9))
