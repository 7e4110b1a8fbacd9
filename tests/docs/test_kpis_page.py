"""The pages of the key figures are made from their table: `python docs/make_kpis.py`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from xl_retention.domain.kpis.definitions import KPIS, Family
from xl_retention.sheets.kpis.kpi_words import FAMILIES, FORMULAS

DOCS = Path(__file__).parents[2] / "docs"


def make_kpis() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_kpis", DOCS / "make_kpis.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("language", "page"), [("en", "kpis.md"), ("zh", "kpis.zh.md")])
def test_a_changed_key_figure_shows_on_its_page(language: str, page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == make_kpis().page(language)


def test_every_key_figure_says_what_it_counts_in_both_languages() -> None:
    assert set(FORMULAS) == {kpi.code for kpi in KPIS}
    assert set(FAMILIES) == set(Family)
    assert all(said.above[0] and said.above[1] for said in FORMULAS.values())
    assert all(bool(said.below[0]) == bool(said.below[1]) for said in FORMULAS.values())
    assert all(kpi.english and kpi.chinese and kpi.source for kpi in KPIS)


def test_every_key_figure_has_a_worked_example_that_is_worked_out() -> None:
    made = make_kpis()
    assert set(made.EXAMPLES) == {kpi.code for kpi in KPIS}
    examples = {kpi.code: made.example(kpi) for kpi in KPIS}
    assert all(examples.values())
    assert examples["K06"] == "35 / 38 = 92.1%"
    assert examples["K40"] == "21,000,000 / 20,000,000 − 1 = 5.0%"
    assert examples["K43"] == "50 × 60 / 50 + 50 × 63 / 70 = 105.0"
    assert examples["K51"] == "0.4 × 75.0% + 0.3 × 4.0% + 0.3 × 10.0% = 34.2%"
