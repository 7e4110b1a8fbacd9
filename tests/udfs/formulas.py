"""Formulas as a person types them, computed by the Python functions alone."""

from __future__ import annotations

import datetime as dt
import re

import retention_udfs

_PIECE = re.compile(r'\{[^}]*\}|"[^"]*"|[^,"{}]+|,')


def computed(formula: str) -> object:
    """The answer of a formula of literals such as `=NAME("2025-03-01",,3,{"a";"b"})`."""
    match = re.fullmatch(r"=([A-Z_]+)\((.*)\)", formula)
    assert match, formula
    name, inside = match.groups()
    arguments: list[object] = [None]
    for piece in _PIECE.findall(inside):
        if piece == ",":
            arguments.append(None)
        else:
            arguments[-1] = _block(piece) if piece.startswith("{") else _literal(piece)
    return getattr(retention_udfs, name)(*arguments)


def _block(text: str) -> list[list[object]]:
    return [[_literal(cell) for cell in row.split(",")] for row in text[1:-1].split(";")]


def _literal(text: str) -> object:
    return text[1:-1] if text.startswith('"') else float(text)


def in_words(answer: object) -> str:
    """An answer as the documentation writes it: rows parted by `;`, cells by `|`."""
    if isinstance(answer, list):
        return "; ".join(" | ".join(in_words(cell) for cell in row) for row in answer)
    if answer == "":
        return "(empty)"
    if isinstance(answer, dt.date):
        return answer.isoformat()
    return f"{answer:g}" if isinstance(answer, float) else str(answer)
