"""Phones and chassis numbers on sheets that are for reading, not for calling: shown whole or masked (DOM 6.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xl_retention.domain.parameters import Parameters
from xl_retention.domain.phone_masks import masked
from xl_retention.sheets.wording import both

VIN_SHOWN = 6
"""Signs of a chassis number that stay, as staff read it out on the phone."""


def _masked_vin(text: str) -> str:
    return "*" * max(len(text) - VIN_SHOWN, 0) + text[-VIN_SHOWN:]


MASKS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(both("phone"), masked),
    **dict.fromkeys(both("vin"), _masked_vin),
}
"""By heading, in either language, how its cells are masked."""


def as_reported(cells: Sequence[Sequence[object]], heading_row: int, parameters: Parameters) -> list[list[object]]:
    """
    The cells of a report as the store wants phones to be shown on it (parameter `phones_in_reports`).

    A customer without a number of his own goes by his phone, so a number that is the phone is masked, too.

    Args:
        heading_row: Row of its headings, from 1; what is typed above stays.
    """
    shown = [list(row) for row in cells]
    if parameters.choice("phones_in_reports") != "masked":
        return shown
    columns = {place: MASKS[str(name)] for place, name in enumerate(cells[heading_row - 1]) if name in MASKS}
    for row in shown[heading_row:]:
        hidden = {
            str(row[place]): mask(str(row[place])) for place, mask in columns.items() if place < len(row) and row[place]
        }
        row[:] = [hidden.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
    return shown
