"""The pages of the classes are made from the table of schemes: `python docs/make_classes.py`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from xl_retention.domain.classes.schemes import BY_KEY

DOCS = Path(__file__).parents[2] / "docs"


def make_classes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_classes", DOCS / "make_classes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("language", "page"), [("en", "classes.md"), ("zh", "classes.zh.md")])
def test_a_changed_scheme_shows_on_its_page(language: str, page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == make_classes().page(language)


def test_every_scheme_says_its_rule() -> None:
    assert set(make_classes().RULES) == set(BY_KEY)
