"""Push buttons of sheets (form controls), as they lie in the file, and their wiring.

A button is a VML shape with the macro in its client data. LibreOffice, on saving, gives all shapes of a sheet
one id, names the macro in a way of its own (`Module.Macro`, or not at all) and leaves out the font without
which it shows no caption. Opening such a file it finds no buttons; saving it once more, they are gone.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xl_retention.books.parts import SheetPart
from xl_retention.books.xml_edits import OFFICE_RELATIONSHIPS, Element, XmlPart, escaped, unescaped
from xl_retention.errors import BookRefused
from xl_retention.setting_up.opened_book import OpenedBook
from xl_retention.sheets.push_buttons import BUTTONS
from xl_retention.sheets.wording import WORDS

VML = "urn:schemas-microsoft-com:vml"
BUTTON_TYPE = "_x0000_t201"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
CAPTION = (
    '<div style="text-align:center"><font face="Calibri" size="220" color="#000000">{caption}</font></div>'
)
"""A caption as Excel writes it."""
_LATER_IN_SHEET = frozenset(
    (  # noqa: SIM905
        "legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst AlternateContent"
    ).split()
)
_BEFORE_MACRO = ("Anchor", "PrintObject", "AutoFill")
_ID = re.compile(r"_x0000_s(\d+)")


@dataclass(frozen=True)
class FormButton:
    """One button of a sheet.

    Args:
        shape: Its VML.
        caption: As shown.
        macro: As named in the file, such as `[0]!CheckData`; "" where it has none.
        id_is_its_own: No other shape of the sheet has its id.
    """

    shape: Element
    caption: str
    macro: str
    id_is_its_own: bool

    @property
    def target(self) -> str:
        """Name of the Sub it shall call: by its macro, else by its caption; "" where nobody knows."""
        return re.split(r"[!.]", self.macro)[-1] or macro_of_caption(self.caption)

    @property
    def is_wired(self) -> bool:
        """Whether a click does something, in Excel and in LibreOffice."""
        return self.id_is_its_own and "!" in self.macro

    @property
    def is_lost(self) -> bool:
        """Whether it does nothing, but could again."""
        return not self.is_wired and bool(self.target)


def macro_of_caption(caption: str) -> str:
    """The macro of one of our buttons by what is written on it, in either language."""
    for button in BUTTONS:
        if caption in WORDS.get(f"button_{button.name}", ()):
            return button.macro
    return ""


class SheetButtons:
    """
    The buttons of one sheet.

    Args:
        book: The workbook.
        sheet: The sheet.

    Attributes:
        part: The VML part, "" where the sheet has none.
        found: In the order of the file.
    """

    def __init__(self, book: OpenedBook, sheet: SheetPart) -> None:
        self._book, self._sheet = book, sheet
        drawings = book.links(sheet.part, "vmlDrawing")
        self.part = drawings[0].target if drawings else ""
        self._xml = _understood(book, self.part) if self.part else None
        self.found = tuple(_buttons(self._xml)) if self._xml else ()

    @property
    def can_be_read(self) -> bool:
        """Whether the VML, if any, could be understood."""
        return self._xml is not None or not self.part

    def mend(self) -> int:
        """Wires the lost buttons again and returns how many there were."""
        lost = [button for button in self.found if button.is_lost]
        if not lost or self._xml is None:
            return 0
        ids = self._mend_controls()
        number = self._highest_id(self._xml)
        for place, button in enumerate(self.found):
            if not button.is_lost:
                continue
            number += 1
            self._mend_shape(self._xml, button, ids[place] if len(ids) == len(self.found) else str(number))
        self._book.change(self.part, self._xml.result())
        return len(lost)

    def _mend_shape(self, xml: XmlPart, button: FormButton, number: str) -> None:
        shape = button.shape
        if not button.id_is_its_own:
            xml.set_attribute(shape, _id_attribute(shape), f"_x0000_s{number}")
        for textbox in _below(shape, "textbox"):
            if not _below(textbox, "font") and textbox.children:
                xml.replace(textbox.children[0], CAPTION.format(caption=escaped(button.caption)).encode())
        data = next(_client_data(shape))
        macro = f"[0]!{button.target}"
        if there := data.child("FmlaMacro"):
            xml.replace(there, f"<{there.prefix}FmlaMacro>{escaped(macro)}</{there.prefix}FmlaMacro>".encode())
        else:
            earlier = [child for child in data.children if child.name in _BEFORE_MACRO]
            element = f"<{data.prefix}FmlaMacro>{escaped(macro)}</{data.prefix}FmlaMacro>".encode()
            if earlier:
                xml.insert_after(earlier[-1], element)
            else:
                xml.append(data, element)

    def _mend_controls(self) -> list[str]:
        """Wires what the sheet itself says about its buttons, and returns the ids by which it calls them."""
        xml = self._book.xml(self._sheet.part)
        links = {link.rel_id: link.target for link in self._book.links(self._sheet.part, "ctrlProp")}
        controls = [
            control
            for control in _below(xml.root, "control")
            if b'objectType="Button"' in self._book.read(links.get(control.attributes.get("r:id", ""), ""))
        ]
        if len(controls) == len(self.found):
            for control, button in zip(controls, self.found, strict=True):
                for properties in control.all("controlPr"):
                    if button.is_lost:
                        xml.set_attribute(properties, "macro", f"[0]!{button.target}")
            self._book.change(self._sheet.part, xml.result())
        return [control.attributes.get("shapeId", "") for control in controls]

    def _highest_id(self, xml: XmlPart) -> int:
        return max([1024 * self._sheet.sheet_id, *map(int, _ID.findall(xml.data.decode()))])

    def add_missing(self, model: SheetButtons) -> int:
        """Puts back the buttons that *model* has and this sheet lacks, and returns how many."""
        there = {button.target for button in self.found}
        missing = [button for button in model.found if button.target not in there]
        if not missing or not self.can_be_read or model._xml is None:
            return 0
        if self._xml is None:
            self._add_drawing(model, missing)
            return len(missing)
        xml = _understood(self._book, self.part) or self._xml  # as mended
        number = self._highest_id(xml)
        texts = []
        if not _shape_types(xml):
            texts += [model._xml.text(each) for each in _shape_types(model._xml)]
        for button in missing:
            number += 1
            text = model._xml.text(button.shape).decode()
            texts.append(_ID.sub(f"_x0000_s{number}", text, count=1).encode())
        xml.append(xml.root, b"".join(texts))
        self._book.change(self.part, xml.result())
        return len(missing)

    def _add_drawing(self, model: SheetButtons, missing: list[FormButton]) -> None:
        assert model._xml
        kept = {button.shape.start for button in missing}
        drawing = XmlPart(model._xml.data, part=model.part, book=self._book.name)
        for shape in drawing.root.children:
            if shape.name == "shape" and shape.start not in kept:
                drawing.replace(shape, b"")
        part = self._book.free_name("xl/drawings/vmlDrawing{}.vml")
        self._book.change(part, drawing.result())
        self._book.declare(part, VML_TYPE)
        rel_id = self._book.add_link(self._sheet.part, f"{OFFICE_RELATIONSHIPS}/vmlDrawing", part)
        sheet = self._book.xml(self._sheet.part)
        prefix = sheet.root.prefix_of(OFFICE_RELATIONSHIPS)
        declared = "" if prefix else f' xmlns:r="{OFFICE_RELATIONSHIPS}"'
        element = f'<{sheet.root.prefix}legacyDrawing{declared} {prefix or "r:"}id="{rel_id}"/>'.encode()
        later = [child for child in sheet.root.children if child.name in _LATER_IN_SHEET]
        if later:
            sheet.insert_before(later[0], element)
        else:
            sheet.append(sheet.root, element)
        self._book.change(self._sheet.part, sheet.result())


_BARE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")


def _understood(book: OpenedBook, part: str) -> XmlPart | None:
    """A VML part; None where it is no XML, as some of Excel's (`<br>` without end), whose buttons are whole."""
    data = book.read(part)
    for text in (data, _BARE_AMPERSAND.sub(b"&amp;", data)):  # as LibreOffice writes a caption with &
        with contextlib.suppress(BookRefused):
            return XmlPart(text, part=part, book=book.name)
    return None


def buttons_of(book: OpenedBook) -> dict[str, SheetButtons]:
    """The buttons of every sheet, by the sheet's name in small letters."""
    return {
        sheet.name.casefold(): SheetButtons(book, sheet) for sheet in book.parts.worksheets if sheet.part
    }


def missing(sheets: Mapping[str, SheetButtons], model: Mapping[str, SheetButtons]) -> int:
    """How many buttons of *model* are gone from the sheets of the same name."""
    count = 0
    for name, wanted in model.items():
        if name in sheets and sheets[name].can_be_read:
            there = {button.target for button in sheets[name].found}
            count += sum(button.target not in there for button in wanted.found)
    return count


def _buttons(xml: XmlPart) -> list[FormButton]:
    shapes = [shape for shape in _below(xml.root, "shape") if shape.namespace == VML]
    ids = [_id_of(shape) for shape in shapes]
    found = []
    for shape, name in zip(shapes, ids, strict=True):
        for data in _client_data(shape):
            if data.attributes.get("ObjectType") == "Button":
                macro = data.child("FmlaMacro")
                found.append(
                    FormButton(
                        shape,
                        _caption(xml, shape),
                        xml.content(macro).strip() if macro else "",
                        bool(_ID.fullmatch(name)) and ids.count(name) == 1,
                    )
                )
    return found


def _caption(xml: XmlPart, shape: Element) -> str:
    for textbox in _below(shape, "textbox"):
        inside = xml.data[textbox.inside : textbox.inside_end].decode()
        return " ".join(unescaped(re.sub(r"<[^>]*>", "", inside)).split())
    return ""


def _id_attribute(shape: Element) -> str:
    spid = next((name for name in shape.attributes if name.endswith(":spid")), "")
    return spid or "id"


def _id_of(shape: Element) -> str:
    return shape.attributes.get(_id_attribute(shape), "")


def _client_data(shape: Element) -> Iterator[Element]:
    return (child for child in shape.children if child.name == "ClientData")


def _shape_types(xml: XmlPart) -> list[Element]:
    types = (each for each in xml.root.children if each.name == "shapetype")
    return [each for each in types if each.attributes.get("id") == BUTTON_TYPE]


def _below(element: Element, name: str) -> list[Element]:
    found = []
    for child in element.children:
        if child.name == name:
            found.append(child)
        found += _below(child, name)
    return found
