"""Stores drawn as small text tables, for tests that read as the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.cadence import Rulebook, RuleOverride
from xl_retention.domain.contacts import due_contacts
from xl_retention.domain.do_not_contact import DO_NOT_CONTACT
from xl_retention.domain.due import NEVER, Items, items_of
from xl_retention.domain.introductions import INTRODUCTION
from xl_retention.domain.outcomes import SHIPPED, Outcome, Outcomes
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.setting_readers import Value
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import MONTH_DAY, Store, Table, blank
from xl_retention.domain.worklist import Call, Worklist, todays_calls

OURS = {each.name: each for each in (DO_NOT_CONTACT, INTRODUCTION)}
"""Tables of our own sheets."""
NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM)


def table(entity: str, drawing: str) -> Table:
    """A table drawn as `heading | heading` lines; headings are field names, empty cells are blank."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines() if line.strip()]
    names, rows = lines[0], lines[1:]
    kinds = OURS.get(entity) or ENTITIES[entity]
    columns: dict[str, np.ndarray] = {}
    for index, name in enumerate(names):
        cells = [row[index] if index < len(row) else "" for row in rows]
        kind = kinds.field(name).kind
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
    return Table(kinds, columns, np.full(count, entity, object), np.arange(2, count + 2))


def store(
    parameters: Mapping[str, Value] | None = None,
    rules: Mapping[str, RuleOverride] | None = None,
    only: tuple[str, ...] | None = None,
    outcomes: Sequence[Outcome] = (),
    **drawings: str,
) -> Store:
    """A store of drawn tables; with *only* all rules but those (by beginning of code) are switched off.

    Args:
        outcomes: Those that differ from the shipped ones, or are added to them.
    """
    given = Parameters(parameters or {})
    overrides = dict(rules or {})
    if only is not None:
        for code in Rulebook(given):
            if not code.startswith(only):
                overrides.setdefault(code, RuleOverride(on=False))
    return Store(
        {entity: table(entity, drawing) for entity, drawing in drawings.items()},
        given,
        Rulebook(given, overrides),
        outcomes=Outcomes({**SHIPPED, **{each.word: each for each in outcomes}}),
    )


def situation(as_of: str, **given: object) -> Situation:
    """A drawn store as known on a day."""
    return Situation(store(**given), dt.date.fromisoformat(as_of))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Item:
    """A due contact in words."""

    rule: str
    key: str
    window: str
    role: str
    stopped: bool

    @property
    def due(self) -> str:
        """Its due day."""
        return self.window.split()[1]


def in_words(known: Situation, items: Items) -> list[Item]:
    """Due contacts sorted by their keys; a window is `open due deadline expire`, or `never` for the last."""
    keys = items.keys(known.identities.ids, known.identities.car_ids)
    found = []
    for place, key in enumerate(keys):
        expire = items.expire[place]
        days = [str(column[place]) for column in (items.open, items.due, items.deadline)]
        window = " ".join([*days, "never" if expire == NEVER else str(expire)])
        found.append(Item(items.rule[place], key, window, items.role[place], bool(items.stopped[place])))
    return sorted(found, key=lambda item: item.key)


def laid(as_of: str, rule: str, **given: object) -> list[Item]:
    """The items of one rule with the windows of DOM 3.8, before any logged contact; stopped ones too."""
    known = situation(as_of, **given)
    return in_words(known, items_of(known, known.rules[rule]))


def listed(as_of: str, **given: object) -> list[Item]:
    """What is open or overdue on a day, before the global stops."""
    known = situation(as_of, **given)
    return in_words(known, due_contacts(known).listed())


def codes(as_of: str, **given: object) -> list[str]:
    """The rules of what is open or overdue on a day."""
    return sorted(item.rule for item in listed(as_of, **given))


def days_listed(what: str, first: str, last: str, **given: object) -> str:
    """
    The days from *first* to *last* on which *what* (a rule, or a due key) is listed.

    Each day is asked for as `as_of`, so later rows are not known yet.

    Returns:
        Such as `2025-03-02..2025-03-18`; several stretches are separated by blanks.
    """
    drawn = store(**given)  # type: ignore[arg-type]
    stretches: list[list[dt.date]] = []
    day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    while day <= end:
        known = Situation(drawn, day)
        if any(what in (item.rule, item.key) for item in in_words(known, due_contacts(known).listed())):
            if stretches and stretches[-1][1] == day - dt.timedelta(days=1):
                stretches[-1][1] = day
            else:
                stretches.append([day, day])
        day += dt.timedelta(days=1)
    return " ".join(f"{begin}..{finish}" for begin, finish in stretches)


def worklist(as_of: str, **given: object) -> Worklist:
    """Today's calls of a drawn store."""
    return todays_calls(situation(as_of, **given))


def calls(as_of: str, **given: object) -> list[Call]:
    """The rows of today's calls."""
    return list(worklist(as_of, **given).calls)
