"""Whom to tell who serves him now: the list on the Hand-over Form, as a table (DOM 6.7, rule HANDOVER)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.schema import Entity, Field, InfoClass, Kind
from xl_retention.domain.store import Store, Table


def _field(name: str, kind: Kind) -> Field:
    return Field(name, kind, (), InfoClass.PROCESS)


INTRODUCTION = Entity(
    "introduction",
    (),
    (),
    (
        _field("customer_id", Kind.ID),
        _field("customer_name", Kind.TEXT),
        _field("mobile", Kind.PHONE),
        _field("old_owner", Kind.TEXT),
        _field("new_owner", Kind.TEXT),
        _field("handed_on", Kind.DATE),
        _field("told_on", Kind.DATE),
    ),
)
"""A customer, prospect or key account with somebody new; known by our own form alone, so no heading leads to it."""


def introductions(store: Store) -> Table:
    """The rows of the form; none without it."""
    nothing = Table(INTRODUCTION, {}, np.empty(0, object), np.empty(0, np.int64), present=False)
    return store.tables.get(INTRODUCTION.name, nothing)
