"""The contact log, in the order in which it happened (DOM 2.7, 0.3 "Matching a log row")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from xl_retention.domain.coded import Coded
from xl_retention.domain.identity import Identities
from xl_retention.domain.ordering import order_of
from xl_retention.domain.outcomes import Outcome, Outcomes
from xl_retention.domain.rule_words import rule_codes
from xl_retention.domain.store import Days, Flags, Places, Store, Table, Texts

CONNECTED, REFUSED, SENT, MOVED = "接通", "拒访", "已发送", "改约"
UNREACHED = ("未接", "关机", "空号")
DEFAULT_ROLE = "CS"


@dataclass(frozen=True)
class ContactLog:
    """The dated rows of the log, sorted by contact_at (no clock = start of day), then as in the sheet.

    Args:
        party, car: Places in `Identities`.
        moment, day: When.
        agreed: next_contact_date, as a day; NaT where blank.
        typed_results: Column result as numbers.
        results: What these mean, in the words of DOM 2.7 (`Outcome.acts_as`).
        rules, objections: Columns rule_code and objection_type as numbers.
        reason_given: Whether a reason for staying away is filled.
        row: Place in the contact_log table.
        staff_roles: Role of everybody on the staff sheet.
        table: The contact_log table.
        outcomes: What each result does.
    """

    party: Places
    car: Places
    moment: Days
    day: Days
    agreed: Days
    typed_results: Coded
    results: Coded
    rules: Coded
    objections: Coded
    reason_given: Flags
    row: Places
    staff_roles: Mapping[str, str]
    table: Table
    outcomes: Outcomes

    def __len__(self) -> int:
        return len(self.party)

    @classmethod
    def of(cls, store: Store, identities: Identities) -> ContactLog:
        """The log of a store as known on its day; rows without contact_at are left out."""
        table = store["contact_log"]
        moments = table.moments("contact_at")
        dated = np.flatnonzero(~np.isnat(moments))
        order = dated[order_of(moments[dated].astype(np.int64))]
        # As a rule the log is in order of time already.
        those = slice(None) if np.array_equal(order, np.arange(len(table))) else order
        rows = identities.log
        staff = store["staff"]
        roles: dict[str, str] = {}
        for name, role in zip(staff.texts("name"), staff.texts("role"), strict=True):
            if name and role:
                roles.setdefault(name, role)
        outcomes = store.outcomes
        typed = table.words("result").where(those)
        return cls(
            party=rows.party[those],
            car=rows.car[those],
            moment=moments[those],
            day=moments[those].astype("datetime64[D]"),
            agreed=table.days("next_contact_date")[those],
            typed_results=typed,
            results=typed.renamed(lambda word: outcomes[word].acts_as if word else ""),
            rules=table.words("rule_code").where(those),
            objections=table.words("objection_type").where(those),
            reason_given=~table.words("no_visit_reason").is_any("")[those],
            row=order,
            staff_roles=roles,
            table=table,
            outcomes=outcomes,
        )

    def until(self, day: np.datetime64) -> ContactLog:
        """The rows up to the end of *day*."""
        known = int(np.searchsorted(self.day, day, "right"))
        rows: dict[str, Any] = {
            each.name: value.first(known) if isinstance(value, Coded) else value[:known]
            for each in fields(self)
            if isinstance(value := getattr(self, each.name), Coded | np.ndarray)
        }
        return replace(self, **rows)

    @cached_property
    def result(self) -> Texts:
        """What the result of each row means, as a word of DOM 2.7; "" where there is none."""
        return self.results.texts

    @cached_property
    def typed_result(self) -> Texts:
        """Result of each row, as a word of the store."""
        return self.typed_results.texts

    def with_outcome(self, fits: Callable[[Outcome], bool]) -> Flags:
        """The rows whose outcome *fits*."""
        return self.typed_results.those(lambda word: bool(word) and fits(self.outcomes[word]))

    @cached_property
    def rule_text(self) -> Texts:
        """The rule column, as a word of each row."""
        return self.rules.texts

    @cached_property
    def keys(self) -> Texts:
        """The due keys of each row, as one text."""
        return self.table.texts_at("due_key", self.row)

    @cached_property
    def staff(self) -> Texts:
        """Who made the contact."""
        return self.table.texts_at("staff", self.row)

    @cached_property
    def typed_role(self) -> Texts:
        """The role that the row itself gives."""
        return self.table.texts_at("role", self.row)

    @cached_property
    def channel(self) -> Texts:
        """How the contact was made."""
        return self.table.texts_at("channel", self.row)

    def texts(self, name: str, places: Places) -> Texts:
        """A column of the log sheet, at some rows; those of a whole log are seldom wanted."""
        return self.table.texts_at(name, self.row[places])

    def role(self, place: int, owners: Callable[[int], Mapping[str, str]]) -> str:
        """
        Role of whoever made the contact (DOM 0.3).

        Args:
            place: Row of this log.
            owners: A party's own people by role: SA, CS, SV.
        """
        at = np.array([place])
        if typed := self.texts("role", at)[0]:
            return str(typed)
        name = self.texts("staff", at)[0]
        if name in self.staff_roles:
            return self.staff_roles[name]
        if name:
            for role, owner in owners(int(self.party[place])).items():
                if owner == name:
                    return role
        return DEFAULT_ROLE

    def codes(self, place: int, role: str) -> tuple[str, ...]:
        """Rule codes that the row's own rule column names; empty where it names none that is known."""
        return named_rules(str(self.rule_text[place]), role)

    def naming(self, *codes: str) -> Flags:
        """Rows that name one of *codes* by word, code or due key."""
        wanted = set(codes)
        named = self.rules.those(lambda text: not wanted.isdisjoint(named_rules(text, "")))
        for place in self.with_keys.tolist():
            named[place] |= any(key_rule(key) in wanted for key in split_keys(self.keys[place]))
        return named

    @cached_property
    def with_keys(self) -> Places:
        """The rows that hold due keys."""
        return np.flatnonzero(self.keys != "") if "due_key" in self.table.columns else np.empty(0, np.int64)


_NAMED: dict[tuple[str, str], tuple[str, ...]] = {}


def named_rules(text: str, role: str) -> tuple[str, ...]:
    """`rule_words.rule_codes`, remembered: a log holds few different words in many rows."""
    key = (text, role)
    if key not in _NAMED:
        _NAMED[key] = tuple(rule_codes(text, role)) if text else ()
    return _NAMED[key]


def split_keys(text: str) -> list[str]:
    """The due keys of a cell, which may hold several separated by `;` (DOM 2.7)."""
    return [key.strip() for key in text.replace("；", ";").split(";") if key.strip()]


def key_rule(key: str) -> str:
    """The rule code inside `customer_id/vin/rule_code/anchor_date/sequence`; "" where it is no due key."""
    parts = key.split("/")
    return parts[-3] if len(parts) >= 5 else ""
