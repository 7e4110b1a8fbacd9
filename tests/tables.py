"""Stores drawn as small text tables, for tests that read as the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from xl_retention.domain.cadence import Rulebook, RuleOverride
from xl_retention.domain.parameters import Parameters, Value
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import MONTH_DAY, Store, Table, blank

NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM)


def table(entity: str, drawing: str) -> Table:
    """A table drawn as `heading | heading` lines; headings are field names, empty cells are blank."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines() if line.strip()]
    names, rows = lines[0], lines[1:]
    columns: dict[str, np.ndarray] = {}
    for index, name in enumerate(names):
        cells = [row[index] if index < len(row) else "" for row in rows]
        kind = ENTITIES[entity].field(name).kind
        column = blank(kind, len(rows))
        for place, cell in enumerate(cells):
            if not cell:
                continue
            if kind in NUMBERS:
                column[place] = float(cell)
            elif kind is Kind.BOOL:
                column[place] = cell == "yes"
            elif kind is Kind.TIME:
                clock = dt.time.fromisoformat(cell)
                column[place] = clock.hour * 3600 + clock.minute * 60
            elif kind is Kind.BIRTHDAY and len(cell) == 5:
                columns.setdefault(MONTH_DAY, np.zeros(len(rows), np.int16))[place] = int(cell.replace("-", ""))
            elif kind in (Kind.DATE, Kind.BIRTHDAY):
                column[place] = np.datetime64(cell)
                if kind is Kind.BIRTHDAY:
                    month_day = int(cell[5:7]) * 100 + int(cell[8:10])
                    columns.setdefault(MONTH_DAY, np.zeros(len(rows), np.int16))[place] = month_day
            else:
                column[place] = cell
        columns[name] = column
    count = len(rows)
    return Table(ENTITIES[entity], columns, np.full(count, entity, object), np.arange(2, count + 2))


def store(
    parameters: Mapping[str, Value] | None = None,
    rules: Mapping[str, RuleOverride] | None = None,
    only: tuple[str, ...] | None = None,
    **drawings: str,
) -> Store:
    """A store of drawn tables; with *only* all rules but those (by beginning of code) are switched off."""
    given = Parameters(parameters or {})
    overrides = dict(rules or {})
    if only is not None:
        for code in Rulebook(given):
            if not code.startswith(only):
                overrides.setdefault(code, RuleOverride(on=False))
    return Store(
        {entity: table(entity, drawing) for entity, drawing in drawings.items()}, given, Rulebook(given, overrides)
    )


def situation(as_of: str, **given: object) -> Situation:
    """A drawn store as known on a day."""
    return Situation(store(**given), dt.date.fromisoformat(as_of))  # type: ignore[arg-type]
