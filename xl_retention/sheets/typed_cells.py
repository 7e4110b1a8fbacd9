"""What was typed into a sheet of ours, by the key of its row, so that the next run can put it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import heading_row, small_rows

KEY = "key"
"""Name of the column that tells the rows of a sheet apart."""
OWN_ROW = "+"
"""Begins what stands for the key of a row that staff added themselves; the number of the row follows."""


@dataclass(frozen=True)
class TypedRow:
    """
    A row with something typed.

    Args:
        inputs: The filled cells that staff fill, by column name or, in a column that they added, by heading.
        addresses: Where they stand, such as `B7`.
        row: All its cells by column name.
    """

    inputs: Mapping[str, object]
    addresses: Mapping[str, str]
    row: Mapping[str, object]


@dataclass(frozen=True)
class TypedCells:
    """
    Everything typed into a sheet.

    Args:
        by_key: The rows, by their keys; a row without a key was typed as a whole.
        added: Headings of the columns that staff added to the right of ours.
    """

    by_key: Mapping[str, TypedRow]
    added: tuple[str, ...]

    @classmethod
    def of(
        cls, cells: Sequence[Sequence[object]], headings: Mapping[str, Sequence[str]], inputs: Sequence[str]
    ) -> TypedCells:
        """
        Reads a sheet as it stands, in whichever language its headings are.

        Args:
            headings: By column name the headings it may have.
            inputs: Names of the columns that staff fill.
        """
        found = heading_row(cells, headings, (KEY, *inputs))
        if found is None:
            return cls({}, ())
        place, places = found
        texts = cells[place][max(places.values()) + 1 :]
        added = tuple(dict.fromkeys(text.strip() for text in texts if isinstance(text, str) and clean_heading(text)))
        known = {**headings, **{heading: (heading,) for heading in added}}
        rows: dict[str, TypedRow] = {}
        for row in small_rows(cells, known, (KEY, *inputs)):
            filled = {name: row.cells.get(name) for name in (*inputs, *added)}
            typed = {name: cell for name, cell in filled.items() if cell not in (None, "")}
            key = row.text(KEY)
            if typed or not key:
                addresses = {name: row.address(name) for name in typed}
                rows.setdefault(key or f"{OWN_ROW}{row.number}", TypedRow(typed, addresses, row.cells))
        return cls(rows, added)

    def inputs_of(self, key: str) -> Mapping[str, object]:
        """What was typed into the row of a key."""
        row = self.by_key.get(key)
        return row.inputs if row else {}

    def put_into(
        self, older: Sequence[Sequence[object]], headings: Mapping[str, Sequence[str]], inputs: Sequence[str]
    ) -> list[list[object]]:
        """
        The cells of an older sheet with what was typed: beside the same key, else in rows below.

        Args:
            older: A sheet without our headings stays as it is.
            headings, inputs: As in `of`.
        """
        known = {**headings, **{heading: (heading,) for heading in self.added}}
        found = heading_row(older, known, (KEY, *inputs))
        cells = [list(row) for row in older]
        if found is None:
            return cells
        _, places = found
        width = max(places.values()) + 1
        numbers = {row.text(KEY): row.number - 1 for row in small_rows(older, known, (KEY, *inputs))}
        for key, typed in self.by_key.items():
            if key not in numbers:
                cells.append([None] * width)
            told = typed.inputs if key in numbers else {**typed.row, **typed.inputs}
            row = cells[numbers.get(key, -1)]
            row.extend([None] * (width - len(row)))
            for name, value in told.items():
                if name in places:
                    row[places[name]] = value
        return cells
