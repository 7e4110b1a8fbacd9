"""The contact log, in the order in which it happened (DOM 2.7, 0.3 "Matching a log row")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from xl_retention.domain.identity import Identities
from xl_retention.domain.store import Days, Flags, Places, Store, Texts
from xl_retention.domain.words import rule_codes

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
        result, rule_text, keys, staff, typed_role, objection, channel: Cleaned texts.
        reason_given: Whether a reason for staying away is filled.
        row: Place in the contact_log table.
    """

    party: Places
    car: Places
    moment: Days
    day: Days
    agreed: Days
    result: Texts
    rule_text: Texts
    keys: Texts
    staff: Texts
    typed_role: Texts
    objection: Texts
    channel: Texts
    reason_given: Flags
    row: Places
    staff_roles: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.party)

    @classmethod
    def of(cls, store: Store, identities: Identities) -> ContactLog:
        """The log of a store as known on its day; rows without contact_at are left out."""
        table = store["contact_log"]
        moments = table.moments("contact_at")
        dated = np.flatnonzero(~np.isnat(moments))
        order = dated[np.argsort(moments[dated], kind="stable")]
        rows = identities.log
        staff = store["staff"]
        roles: dict[str, str] = {}
        for name, role in zip(staff.texts("name"), staff.texts("role"), strict=True):
            if name and role:
                roles.setdefault(name, role)
        return cls(
            party=rows.party[order],
            car=rows.car[order],
            moment=moments[order],
            day=moments[order].astype("datetime64[D]"),
            agreed=table.days("next_contact_date")[order],
            result=table.texts("result")[order],
            rule_text=table.texts("rule_code")[order],
            keys=table.texts("due_key")[order],
            staff=table.texts("staff")[order],
            typed_role=table.texts("role")[order],
            objection=table.texts("objection_type")[order],
            channel=table.texts("channel")[order],
            reason_given=np.asarray(table.texts("no_visit_reason") != "")[order],
            row=order,
            staff_roles=roles,
        )

    def role(self, place: int, owners: Mapping[str, str]) -> str:
        """
        Role of whoever made the contact (DOM 0.3).

        Args:
            place: Row of this log.
            owners: The customer's own people by role: SA, CS, SV.
        """
        if self.typed_role[place]:
            return str(self.typed_role[place])
        name = self.staff[place]
        if name in self.staff_roles:
            return self.staff_roles[name]
        if name:
            for role, owner in owners.items():
                if owner == name:
                    return role
        return DEFAULT_ROLE

    def codes(self, place: int, role: str) -> tuple[str, ...]:
        """Rule codes that the row's own rule column names; empty where it names none that is known."""
        return named_rules(str(self.rule_text[place]), role)

    def naming(self, *codes: str) -> Flags:
        """Rows that name one of *codes* by word, code or due key."""
        wanted = set(codes)
        texts = {text: bool(wanted & set(named_rules(text, ""))) for text in self._different_rule_texts}
        by_word = np.fromiter((texts[text] for text in self.rule_text), np.bool_, len(self))
        by_key = np.zeros(len(self), np.bool_)
        for place in self._with_keys:
            by_key[place] = any(key_rule(key) in wanted for key in split_keys(self.keys[place]))
        return by_word | by_key

    @cached_property
    def _different_rule_texts(self) -> set[str]:
        return set(self.rule_text)

    @cached_property
    def _with_keys(self) -> Places:
        return np.flatnonzero(self.keys != "")


_NAMED: dict[tuple[str, str], tuple[str, ...]] = {}


def named_rules(text: str, role: str) -> tuple[str, ...]:
    """`words.rule_codes`, remembered: a log holds few different words in many rows."""
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
