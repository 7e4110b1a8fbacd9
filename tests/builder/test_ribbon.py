"""The ribbon tab of the workbooks and of the add-in: every name in it exists where it has to."""

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from xl_retention.builder.build import SHIPPED as NAMES
from xl_retention.builder.vba import macro_sources
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS
from xl_retention.sheets.wording import both

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
RELATIONSHIP = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
NESTING = {
    # What may stand in what, and with which attributes, of the part of the schema that is used here.
    "customUI": ({"ribbon"}, {"onLoad"}),
    "ribbon": ({"tabs"}, set()),
    "tabs": ({"tab"}, set()),
    "tab": ({"group"}, {"id", "label"}),
    "group": ({"button"}, {"id", "label"}),
    "button": (
        set(),
        {"id", "tag", "size", "imageMso", "label", "screentip", "supertip", "onAction"},
    ),
}


def ribbon(path: Path) -> ElementTree.Element:
    with ZipFile(path) as package:
        return ElementTree.fromstring(package.read("customUI/customUI14.xml"))


def public_subs() -> set[str]:
    return {name for source in macro_sources().values() for name in re.findall(r"^Public Sub (\w+)", source, re.M)}


@pytest.fixture(params=NAMES)
def file(request, built) -> Path:
    return built / request.param


def test_the_part_is_related_to_the_package_and_is_xml(file):
    with ZipFile(file) as package:
        links = ElementTree.fromstring(package.read("_rels/.rels"))
        types = package.read("[Content_Types].xml").decode()

    assert [e.get("Type") for e in links if e.get("Target") == "customUI/customUI14.xml"] == [RELATIONSHIP]
    assert 'Extension="xml" ContentType="application/xml"' in types


def test_elements_and_attributes_are_those_of_the_schema(file):
    def check(element):
        name = element.tag.removeprefix(NAMESPACE)
        children, attributes = NESTING[name]
        assert set(element.attrib) <= attributes
        for child in element:
            assert child.tag.removeprefix(NAMESPACE) in children
            check(child)

    check(ribbon(file))


def test_ids_differ_and_are_names(file):
    ids = [element.get("id") for element in ribbon(file).iter() if element.get("id")]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_]\w*", each) for each in ids)


def test_every_callback_is_a_public_sub(file):
    root = ribbon(file)
    named = {root.get("onLoad"), *(button.get("onAction") for button in root.iter(f"{NAMESPACE}button"))}

    assert named <= public_subs()


def test_the_buttons_are_those_of_the_table_with_their_icons(file):
    shown = [(b.get("tag"), b.get("id"), b.get("imageMso")) for b in ribbon(file).iter(f"{NAMESPACE}button")]

    wanted = (*BUTTONS, *(ADD_IN_BUTTONS if file.suffix == ".xlam" else ()))
    assert [(button.name, button.macro, button.icon) for button in wanted] == shown


def test_the_words_are_in_the_language_of_the_workbook_and_in_both_in_the_add_in(built):
    for place, button in enumerate(BUTTONS):
        labels = [list(ribbon(built / name).iter(f"{NAMESPACE}button"))[place].get("label") for name in NAMES]
        english, chinese = both(f"button_{button.name}")
        assert [english, chinese, f"{english} {chinese}"] == labels


def test_texts_fit_into_what_excel_allows(file):
    """
    1,024 signs, more than which Excel drops the whole tab.
    """
    texts = [value for element in ribbon(file).iter() for value in element.attrib.values()]

    assert max(map(len, texts)) <= 1024


def test_the_add_in_is_of_the_kind_of_an_add_in(built):
    kinds = {}
    for name in NAMES:
        with ZipFile(built / name) as package:
            types = package.read("[Content_Types].xml").decode()
        kinds[name] = re.search(r'/xl/workbook\.xml" ContentType="application/vnd\.ms-excel\.(\w+)\.', types)[1]

    assert kinds == {"Retention.xlsm": "sheet", "Retention.zh.xlsm": "sheet", "Retention.xlam": "addin"}
