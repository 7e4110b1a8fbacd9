"""Tables, fields and headings are those of DOM 2."""

import dataclasses

import pytest

from tests.domain.headings_of_dom import CHINESE, ENGLISH, headings
from xl_retention.domain.schema import AMBIGUOUS, ENTITIES, InfoClass, Kind
from xl_retention.domain.words import WORDS
from xl_retention.sheets.headers import clean_heading

SHARED_ON_WIDE_SHEETS = {"customer_id"}


@pytest.mark.parametrize("source", [CHINESE, ENGLISH], ids=["DOM 2.3-2.12", "DOM 2.17"])
def test_every_heading_of_dom_is_an_alias_of_its_field(source):
    """
    The canonical name in any spelling is a heading too, so it need not be listed again.
    """
    missed = []
    for entity, field, heading in headings(source):
        known = ENTITIES[entity].field(field)
        if clean_heading(heading) not in {clean_heading(alias) for alias in (known.name, *known.aliases)}:
            missed.append((entity, field, heading))

    assert missed == []


@pytest.mark.parametrize("entity", CHINESE)
def test_every_field_of_dom_is_there(entity):
    """
    And what is there besides is a way to find whose row it is, or a key (DOM 2.19).
    """
    of_dom = {field for name, field, _ in headings(CHINESE) if name == entity}
    ways_to_find_the_owner = {"customer_id", "customer_name", "mobile", "vin", "plate_no", "checked_at"}
    ours = set(ENTITIES[entity].field_names) - of_dom

    assert ours <= ways_to_find_the_owner | set(ENTITIES[entity].key) | {"interest"}


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_no_heading_means_two_fields_of_one_table(entity):
    """
    A heading belongs to one field, or it is asked about (DOM 2.16).
    """
    owner: dict[str, str] = {}
    for field in entity.fields:
        for heading in (field.name, *field.aliases):
            assert owner.setdefault(clean_heading(heading), field.name) == field.name, heading


def test_no_heading_means_a_customer_and_a_vehicle_field_unless_it_is_known_to_be_ambiguous():
    """
    They share one wide sheet (DOM 2.2).
    """
    ambiguous = {clean_heading(heading) for row in AMBIGUOUS for heading in row.headings}
    spellings = {
        name: {
            clean_heading(heading): field.name
            for field in ENTITIES[name].fields
            if field.name not in SHARED_ON_WIDE_SHEETS
            for heading in (field.name, *field.aliases)
        }
        for name in ("customer", "vehicle")
    }
    both = spellings["customer"].keys() & spellings["vehicle"].keys()

    assert {"登记日期"} == both
    assert both <= ambiguous


def test_ambiguous_headings_lead_to_fields_that_exist():
    """
    A candidate that is no field could never be answered.
    """
    for row in AMBIGUOUS:
        for meaning in row.meanings.values():
            for entity, field in meaning.fields:
                assert ENTITIES[entity].has(field)


def test_sheet_names_are_told_apart():
    """
    A name that two tables claim would give the sheet to the wrong one.
    """
    owner: dict[str, str] = {}
    for entity in ENTITIES.values():
        for name in entity.sheet_names:
            assert owner.setdefault(clean_heading(name), entity.name) == entity.name, name


def test_every_enumerated_field_has_its_words_and_no_other_has():
    """
    `words` names a table of `domain.words`.
    """
    for entity in ENTITIES.values():
        for field in entity.fields:
            assert (field.kind is Kind.ENUM) == bool(field.words), (entity.name, field.name)
            assert not field.words or field.words in WORDS


def test_keys_are_fields():
    """
    A row is told from the others by fields that it has.
    """
    for entity in ENTITIES.values():
        assert all(entity.has(name) for name in entity.key), entity.name


@pytest.mark.parametrize(
    ("entity", "needed"),
    [
        ("service_visit", "vin plate_no customer_name mobile"),
        ("booking", "customer_id vin plate_no customer_name mobile"),
        ("contact_log", "customer_id vin plate_no customer_name mobile"),
        ("complaint", "customer_id vin plate_no customer_name mobile"),
        ("maintenance_reminder", "customer_id vin plate_no customer_name mobile"),
        ("renewal", "customer_id vin plate_no customer_name mobile"),
        ("prospect", "name mobile"),
    ],
)
def test_rows_carry_what_tells_whose_they_are(entity, needed):
    """
    DOM 2.19: by customer_id, by VIN, by plate, by mobile with the name.
    """
    assert set(needed.split()) <= set(ENTITIES[entity].field_names)


def test_visits_carry_no_customer_id():
    """
    Their customer is the owner of the car (DOM 2.19).
    """
    assert not ENTITIES["service_visit"].has("customer_id")


def test_sensitive_fields_are_marked():
    """
    Hidden by default (DOM 2.3), and dropped from what is mailed (DOM 6.8).
    """
    sensitive = {field.name for field in ENTITIES["customer"].fields if field.sensitive}

    assert {"id_number", "ethnicity", "religion", "income_band"} == sensitive


def test_fields_carry_their_information_class():
    """
    Who somebody is, what happened in contact, what was bought (DOM 2.1).
    """
    customer, vehicle = ENTITIES["customer"], ENTITIES["vehicle"]

    assert customer.field("hobbies").info_class is InfoClass.DESCRIPTIVE
    assert customer.field("do_not_contact").info_class is InfoClass.PROCESS
    assert customer.field("points").info_class is InfoClass.TRANSACTION
    assert {InfoClass.TRANSACTION, InfoClass.PROCESS} == {field.info_class for field in vehicle.fields}


def test_a_misspelt_field_is_an_error_of_the_caller():
    """
    It must not read as blank.
    """
    with pytest.raises(KeyError):
        ENTITIES["customer"].field("custmer_id")


def test_the_schema_cannot_be_changed_by_accident():
    """
    Every module shares it.
    """
    with pytest.raises(dataclasses.FrozenInstanceError):
        ENTITIES["customer"].name = "other"
