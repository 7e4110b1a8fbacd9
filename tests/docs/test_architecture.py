"""The page of the architecture is true to the code: every file that it names is there, and it leads to every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xl_retention"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
LED_TO = ("domain", "sheets", "actions", "books")
"""Layers whose every module is named, or lies in a folder that is."""
NAME = re.compile(r"(?<![\w./*-])((?:[\w*.]+/)*[\w*]+\.py|(?:[\w.]+/){2,})(?!\w)")
"""`sheets/reading/reader.py`, `*_in_cells.py`, or a folder within a layer such as `domain/anchors/`."""


def patterns(text: str) -> Iterator[str]:
    """What a page names, as patterns below project or package; a bare name lies where the one before it does."""
    for piece in re.split(r"[|\n]|<br/>", text):
        folder = ""
        for name in NAME.findall(piece):
            head, _, tail = name.rpartition("/")
            folder = head or folder
            yield f"{folder}/{tail or '**/*.py'}".lstrip("/")


def files(pattern: str) -> set[Path]:
    found = {path for root in (ROOT, PACKAGE) for path in root.glob(pattern)}
    if "/" not in pattern:  # told without its folder, in a sentence
        found |= {path for root in (PACKAGE, ROOT / "tests") for path in root.rglob(pattern)}
    return found


def modules(layer: str) -> list[Path]:
    return [path for path in sorted((PACKAGE / layer).rglob("*.py")) if path.name != "__init__.py"]


def test_every_file_that_is_named_exists():
    named = set(patterns(PAGE))
    assert len(named) > 200
    assert sorted(name for name in named if not files(name)) == []


@pytest.mark.parametrize("layer", LED_TO)
def test_the_page_leads_to_every_module_of_a_layer(layer: str):
    """A new module has a row in one of the tables, or its folder has; a whole layer leads nowhere."""
    led_to = {path for name in patterns(PAGE) if not name.endswith("/*.py") or "**" in name for path in files(name)}
    assert [path.relative_to(PACKAGE).as_posix() for path in modules(layer) if path not in led_to] == []


def test_the_page_shows_the_layers_in_their_order():
    """As import-linter is told them in pyproject.toml."""
    contract = (ROOT / "pyproject.toml").read_text("utf-8").partition('type = "layers"')[2].partition("exhaustive")[0]
    layers = [name for row in re.findall(r'"([^"]+)"', contract.partition("layers = ")[2]) for name in row.split(" | ")]
    drawn = PAGE.partition("## Layers")[2].partition("## One action")[0]
    places = [re.search(rf"\b{name}\b", drawn) for name in layers]
    assert len(layers) > 8
    assert all(places)
    shells = layers[1:4]
    assert shells == ["cli", "buttons", "cell_functions"]
    assert layers == sorted(layers, key=lambda name: places[layers.index(name)].start())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`sheets/kpis/kpi_sheet.py`, `kpi_words.py`", ["sheets/kpis/kpi_sheet.py", "sheets/kpis/kpi_words.py"]),
        ("| `domain/anchors/` |", ["domain/anchors/**/*.py"]),
        ("`sheets/cells/values.py` | `dates.py`", ["sheets/cells/values.py", "dates.py"]),
        ("the layer `domain/` alone leads to nothing", []),
    ],
)
def test_how_names_on_the_page_are_read(text: str, found: list[str]):
    assert list(patterns(text)) == found


def test_what_a_module_is_about_stands_in_its_first_line():
    """The page says that these lines are a table of contents; lines for ruff may stand before them."""
    for layer in LED_TO:
        for path in modules(layer):
            lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("# ruff:")]
            assert lines[0].startswith('"""'), path
            assert len(lines[0]) > 20 or len(lines[1]) > 20, path
