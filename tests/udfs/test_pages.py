"""The reference of the cell functions is made from them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import retention_udfs

from tests.udfs.formulas import computed, in_words

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "functions.md", "zh": DOCS / "functions.zh.md"}


def make_functions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_functions", DOCS / "make_functions.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_are_made_from_the_functions(language: str):
    """A changed function shows in the documentation: `python docs/make_functions.py`."""
    assert PAGES[language].read_text("utf-8") == make_functions().page(language)


@pytest.mark.parametrize("language", PAGES)
def test_every_example_on_the_pages_is_right(language: str):
    text = PAGES[language].read_text("utf-8").replace("\\|", "|")
    examples = re.findall(r"^\| `(=[^`]+)` \| (?:`(.*)`|\*.*\*) \|$", text, re.MULTILINE)

    assert {formula[1 : formula.index("(")] for formula, _ in examples} == set(retention_udfs.__all__)
    for formula, shown in examples:
        assert in_words(computed(formula)) == (shown or "(empty)"), formula


def test_every_argument_has_its_chinese_words_and_none_is_left_over():
    page = make_functions()
    used = {each.name for function in page.cell_functions(retention_udfs) for each in function.arguments}
    assert set(page.CHINESE_ARGUMENTS) | {"months"} == used
