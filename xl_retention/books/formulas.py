"""A formula of ours with the value that it gives: shown until somebody computes it, and kept where nobody can."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """
    In the place of a value of a sheet of ours.

    Args:
        text: Begins with `=`; English names, arguments parted by commas.
        value: What it gives; stands in the file as the cached result.
    """

    text: str
    value: object


def shown(value: object) -> object:
    """A value, or what a formula gives."""
    return value.value if isinstance(value, Formula) else value
