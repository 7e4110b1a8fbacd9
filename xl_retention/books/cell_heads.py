"""What the ends of heads of cells, such as ` s="3" t="s">`, make of what stands behind them."""

from __future__ import annotations

import re

from xl_retention.books.cell_values import CellRules
from xl_retention.books.grid import CellKind

SINGLY = 255
"""Code of heads whose cells are looked at one by one."""
WORDS, FAULT = 253, 252
"""Codes of cells whose value is the text itself, until it has its place among the texts."""

ATTRIBUTE = re.compile(rb' ([A-Za-z_][\w.:-]*)="([^"<&]*)"')
_ATTRIBUTES = re.compile(rb'(?: [A-Za-z_][\w.:-]*="[^"<&]*")* ?')


def attributes(spelled: bytes) -> dict[bytes, bytes] | None:
    """Names and values in a tag, such as ` s="3" t="s"`; None where a name stands twice, or something else."""
    if not _ATTRIBUTES.fullmatch(spelled):
        return None
    said = ATTRIBUTE.findall(spelled)
    found = dict(said)
    return found if len(found) == len(said) else None


def meaning(head: bytes, rules: CellRules) -> int:
    """A `CellKind` or one of the codes above."""
    said = attributes(head[:-1]) if head.endswith(b">") else None
    if said is None:
        return SINGLY
    kind = said.get(b"t", b"n")
    if kind == b"s":
        return CellKind.TEXT
    if kind == b"b":
        return CellKind.BOOL
    if kind == b"str":
        return WORDS
    if kind == b"e":
        return FAULT
    return rules.style(said.get(b"s", b"0").decode("ascii", "replace")) if kind == b"n" else SINGLY
