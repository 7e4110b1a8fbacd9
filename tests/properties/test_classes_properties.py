# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Whatever a store holds, each row has exactly one label of each scheme, or none where the scheme does not speak of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_retention.domain.cadence import Rulebook
from xl_retention.domain.classes.gaps import class_problems
from xl_retention.domain.classes.grading import GRADES, cuts, grades
from xl_retention.domain.classes.ratio_check import ratio_check
from xl_retention.domain.classes.schemes import BY_KEY, OF_EACH_CUSTOMER, OF_EACH_VEHICLE, SCHEMES, on_cars
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store, Table, blank
from xl_retention.domain.words import WORDS

AS_OF = dt.date(2025, 6, 30)
DAYS = st.none() | st.dates(dt.date(2019, 1, 1), dt.date(2026, 6, 1))
NUMBERS = st.none() | st.sampled_from([0.0, 0.1, 5, 10, 25, 50, 79.9, 80, 100, 999.99, 3000, 50_000, 60_001, 1e6])
TEXTS = st.sampled_from(["", "1985", "80后", "11010119850101123X", "朝阳区", "良朋村", "足球、自驾", "x"])
IDS = {"customer": "customer_id", "vehicle": "vin", "prospect": "prospect_no", "key_account": "account_no"}
USED = ("customer", "vehicle", "service_visit", "complaint", "prospect", "key_account", "contact_log")


def cells(field, count):
    """Values of a field, as its cells are after cleaning."""
    if field.name in ("customer_id", "vin"):
        return st.lists(st.sampled_from(["", "1", "2", "3"]), min_size=count, max_size=count)
    values = {
        Kind.DATE: DAYS, Kind.BIRTHDAY: DAYS, Kind.BOOL: st.booleans(), Kind.ENUM: None, Kind.TEXT: TEXTS, Kind.LIST: TEXTS,
    }.get(field.kind, NUMBERS if blank(field.kind, 0).dtype.kind == "f" else st.just(""))  # fmt: skip
    if values is None:
        values = st.sampled_from(["", *WORDS[field.words].canonical_words])
    return st.lists(values, min_size=count, max_size=count)


@st.composite
def tables(draw, entity):
    """A table of up to four rows in which everything may be blank."""
    count = draw(st.integers(0, 4))
    columns = {}
    for field in ENTITIES[entity].fields:
        column = blank(field.kind, count)
        for place, value in enumerate(draw(cells(field, count))):
            if value is not None:
                column[place] = value
        columns[field.name] = column
    if entity in IDS:
        columns[IDS[entity]] = np.array([str(place) for place in range(count)], object)
    return Table(ENTITIES[entity], columns, np.full(count, entity, object), np.arange(2, count + 2))


@st.composite
def situations(draw):
    parameters = Parameters({"tier_mode": draw(st.sampled_from(["absolute", "quantile"]))})
    found = {name: draw(tables(name)) for name in draw(st.sets(st.sampled_from(USED)))}
    return Situation(Store(found, parameters, Rulebook(parameters)), AS_OF)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_each_row_has_one_label_of_the_scheme_or_none(known):
    for scheme in (*SCHEMES, *OF_EACH_CUSTOMER):
        found = scheme.of(known)
        assert len(found) == len(known.store[scheme.subject.value])
        assert all(len(column) == len(found) for column in found.inputs.values())
        for label in found.labels:
            words = label if scheme.several else (label,) if label else ()
            assert len(set(words)) == len(words)
            assert not scheme.labels or set(words) <= set(scheme.by_word)


@settings(max_examples=40, deadline=None)
@given(situations())
def test_each_car_is_in_every_class_printed_for_it(known):
    """None is left out, and the ratio check counts each once."""
    labels = {key: on_cars(BY_KEY[key], known).labels for key in OF_EACH_VEHICLE}
    for key, found in labels.items():
        assert len(found) == len(known.store.vehicles)
        assert key == "work_item" or all(found)
    counted = sum(tier.count for tier in ratio_check(labels["value_tier"], known.parameters))
    assert counted == (len(known.store.vehicles) if known.store["service_visit"].present else 0)
    class_problems(known, (BY_KEY[key] for key in OF_EACH_VEHICLE))


@given(st.integers(0, 400), st.permutations([5.0, 12.5, 32.5, 50.0]))
def test_every_account_has_a_grade_and_the_cuts_do_not_cross(count, split):
    ends = cuts(count, split)
    assert ends == sorted(ends)
    totals = np.arange(count).astype(float)
    found = grades(totals, totals, np.array([str(place) for place in range(count)], object), split)
    assert set(found) <= set(GRADES)
    assert found.tolist() == sorted(found, reverse=True)
