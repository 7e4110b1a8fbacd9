"""Colours of conditional formats on a sheet that comes over from another workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

_OF_ITS_WORKBOOK = frozenset({"NumberFormat", "ParentStyle"})
"""Properties that say something else in another workbook."""


def keep_colours(source: Any, source_sheet: Any, target: Any, target_sheet: Any) -> None:
    """
    Gives the conditional formats of a copied sheet the looks that they had.

    LibreOffice 7.4 names such looks ConditionalStyle_1 and on, in each workbook anew. A sheet that is taken over
    keeps these names, and would show what the other workbook calls so: red where it was green.

    Args:
        source, target: The UNO documents.
        source_sheet, target_sheet: The UNO sheet and its copy.
    """
    known, styles = _styles(source), _styles(target)
    renamed: dict[str, str] = {}
    for ours, copied in zip(_entries(source_sheet), _entries(target_sheet), strict=True):
        name = ours.StyleName
        if name not in renamed:
            look = _look(known.getByName(name))
            same = styles.hasByName(name) and _look(styles.getByName(name)) == look
            renamed[name] = name if same else _new_style(target, styles, name, look)
        if copied.StyleName != renamed[name]:
            copied.StyleName = renamed[name]


def _styles(document: Any) -> Any:
    return document.StyleFamilies.getByName("CellStyles")


def _entries(sheet: Any) -> Iterator[Any]:
    for format_ in sheet.ConditionalFormats.getConditionalFormats():
        for place in range(format_.getCount()):
            entry = format_.getByIndex(place)
            if hasattr(entry, "StyleName"):  # a colour scale has none
                yield entry


def _look(style: Any) -> dict[str, Any]:
    """What a style says itself, by property."""
    names = [each.Name for each in style.PropertySetInfo.Properties if each.Name not in _OF_ITS_WORKBOOK]
    states = style.getPropertyStates(tuple(names))
    return {
        name: style.getPropertyValue(name)
        for name, state in zip(names, states, strict=True)
        if state.value == "DIRECT_VALUE"
    }


def _new_style(document: Any, styles: Any, name: str, look: Mapping[str, Any]) -> str:
    free = next(text for number in count(1) if not styles.hasByName(text := f"{name}_{number}"))
    style = document.createInstance("com.sun.star.style.CellStyle")
    styles.insertByName(free, style)
    for property_, value in look.items():
        style.setPropertyValue(property_, value)
    return free
