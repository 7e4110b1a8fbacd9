"""The pages of the key figures are made from their table: `python docs/make_kpis.py`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from xl_retention.domain.kpis.definitions import KPIS, Family
from xl_retention.sheets.kpi_words import FAMILIES, FORMULAS

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
