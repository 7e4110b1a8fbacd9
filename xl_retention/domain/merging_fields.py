"""What the fields mean when two people changed the same cell: some answer for themselves, the others are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xl_retention.domain.schema import ENTITIES, Kind

LOGS = frozenset({"contact_log", "survey_answer", "handover", "do_not_contact"})
"""Tables that only grow: rows of both sides stay, none is deleted by a copy that lacks it."""
STAMPS: Mapping[str, str] = {"customer": "last_update", "customer with car": "last_update"}
"""By table the field that says when a row was last worked on."""


@dataclass(frozen=True)
class Note:
    """
    Who wrote a text when.

    Args:
        author: Name of the copy it came with; "" where nobody knows.
        day: ISO day; "" where nobody knows.
    """

    author: str = ""
    day: str = ""

    def stamped(self, text: str) -> str:
        """A line with author and day before it: `[East 2026-03-01] moved`; a line that begins with its day keeps it."""
        known = " ".join(filter(None, (self.author, "" if _OWN_DAY.match(text) else self.day)))
        return f"[{known}] {text}" if known else text


NOBODY = Note()
"""Nobody knows who wrote it, nor when."""


@dataclass(frozen=True)
class Sides:
    """
    One cell that both sides changed, or that differs and nobody knows who changed it.

    Args:
        base: What it said before; None where that is not known.
        mine: What it says here.
        theirs: What it says in the copy.
        my_note: Who wrote here, and when.
        their_note: Who wrote in the copy, and when.
    """

    base: str | None
    mine: str
    theirs: str
    my_note: Note = NOBODY
    their_note: Note = NOBODY


Meaning = Callable[[Sides], str | None]
"""What the cell is to say; None asks."""


def _yes_wins(sides: Sides) -> str:
    return "yes" if "yes" in (sides.mine, sides.theirs) else sides.mine or sides.theirs


def _no_wins(sides: Sides) -> str | None:
    return "no" if "no" in (sides.mine, sides.theirs) else None


def _later(sides: Sides) -> str | None:
    days = [text for text in (sides.mine, sides.theirs) if text]
    return max(days) if all(map(_is_day, days)) else None


def _earlier(sides: Sides) -> str | None:
    days = [text for text in (sides.mine, sides.theirs) if text]
    return min(days) if all(map(_is_day, days)) else None


def _higher(sides: Sides) -> str | None:
    numbers = [_number(text) for text in (sides.mine, sides.theirs) if text]
    known = [number for number in numbers if number is not None]
    return plain(max(known)) if known and len(known) == len(numbers) else None


def _counted(sides: Sides) -> str | None:
    """What both sides counted since; where nobody knows from what on, the higher count."""
    base = None if sides.base is None else _number(sides.base or "0")
    mine, theirs = _number(sides.mine or "0"), _number(sides.theirs or "0")
    if mine is None or theirs is None:
        return None
    return plain(max(mine, theirs) if base is None else mine + theirs - base)


def _added_up(sides: Sides) -> str | None:
    return None if sides.base is None else _counted(sides)


def _listed(sides: Sides) -> str:
    """The entries of both sides, each once; what one side took off goes."""
    base = set(_entries(sides.base or ""))
    mine, theirs = _entries(sides.mine), _entries(sides.theirs)
    gone = (base - set(mine)) | (base - set(theirs))
    return ", ".join(sorted({*mine, *theirs} - gone))


def _joined(sides: Sides) -> str:
    """Both texts, a line each, with author and day; a text that the other holds already is not said twice."""
    base = _lines(sides.base or "")
    known = {_bare(line) for line in base}
    lines = [line for line in base if line in _lines(sides.mine) or line in _lines(sides.theirs)]
    new: dict[str, str] = {}
    for text, note in ((sides.mine, sides.my_note), (sides.theirs, sides.their_note)):
        for line in _lines(text):
            if _bare(line) not in known:
                stamped = line if _STAMPED.match(line) else note.stamped(line)
                new[_bare(line)] = min(stamped, new.get(_bare(line), stamped))
    return "\n".join([*lines, *sorted(new.values())])


MEANINGS: Mapping[str, Meaning] = {
    "customer.do_not_contact": _yes_wins,
    "customer.consent_marketing": _no_wins,
    "customer.last_update": _later,
    "customer.first_contact_date": _earlier,
    "customer.age": _higher,
    "customer.points": _added_up,
    "customer.remark": _joined,
    "vehicle.last_service_date": _later,
    "vehicle.odometer_date": _later,
    "vehicle.last_odometer": _higher,
    "vehicle.avg_daily_km": _higher,
    "contact_log.feedback": _joined,
    "complaint.facts": _joined,
    "prospect.last_follow_date": _later,
    "prospect.follow_count": _counted,
    "maintenance_reminder.first_reminded_on": _earlier,
    "maintenance_reminder.last_reminded_on": _later,
    "maintenance_reminder.times": _counted,
}
"""By table and field; fields of a kind that is listed below need no row."""
KINDS: Mapping[Kind, Meaning] = {Kind.LIST: _listed}


def meaning_of(table: str, name: str) -> Meaning | None:
    """How a field answers for itself; None where a person has to."""
    owner, _, field = name.rpartition(".")
    owner = owner or ("customer" if table == "customer with car" else table)
    if found := MEANINGS.get(f"{owner}.{field}"):
        return found
    if field == "remark":
        return _joined
    entity = ENTITIES.get(owner)
    return KINDS.get(entity.field(field).kind) if entity and entity.has(field) else None


def is_counted(table: str, name: str) -> bool:
    """Whether what both sides added to a field is added up, so that what it said before has to be known."""
    return meaning_of(table, name) in (_counted, _added_up)


def plain(number: float) -> str:
    """A number as text; a whole one without decimals."""
    return str(int(number)) if number.is_integer() else repr(number)


_STAMPED = re.compile(r"\[[^\]]*\] ")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OWN_DAY = re.compile(
    r"\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|20\d{6}(?!\d)"  # 2026-3-1, 2026年3月1日, 20260301
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d{2}(?!\d)"  # 1.3.2026, 3/1/26
    r"|\d{1,2}\.? ?[A-Za-z]{3,9}\.? 20\d\d|[A-Za-z]{3,9}\.? \d{1,2},? 20\d\d"  # 1 March 2026, Mar 1, 2026
)
"""
How a remark begins that says its own day; as the stamp knows the year, a day without one needs the stamp.
"""


def _is_day(text: str) -> bool:
    return bool(_DAY.match(text))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _entries(text: str) -> list[str]:
    return [entry for part in re.split(r"[,，、;；/\n]", text) if (entry := part.strip())]


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := part.strip())]


def _bare(line: str) -> str:
    return _STAMPED.sub("", line, count=1)
