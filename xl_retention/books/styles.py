"""Looks become entries of styles.xml, appended after those that are there.

Existing entries keep their bytes and numbers, so no cell of anybody else changes its look. An entry that was
appended before is found again by its text: writing a second time adds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xl_retention.books.cell_xml import Kind
from xl_retention.books.layout import Look, Mood
from xl_retention.books.limits import MOST_CELL_STYLES
from xl_retention.books.number_formats import Shown, cell_styles
from xl_retention.books.parts import parse_part
from xl_retention.books.xml_edits import DECLARATION, MAIN, Element, XmlPart, escaped
from xl_retention.errors import BookRefused

DATE_FORMAT = "yyyy-mm-dd"
DATETIME_FORMAT = "yyyy-mm-dd hh:mm"
TIME_FORMAT = "hh:mm:ss"
TEXT_FORMAT = "@"
_FORMATS: dict[Kind, str] = {"date": DATE_FORMAT, "datetime": DATETIME_FORMAT, "time": TIME_FORMAT}

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
"""Order of the lists in a style sheet; Excel is strict about it."""

EMPTY = (
    DECLARATION
    + (
        f'<styleSheet xmlns="{MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ).encode()
)
"""Style sheet for a workbook that has none: one plain style, the one its cells already show."""


@dataclass(frozen=True)
class Drawing:
    """What a look is made of; "" means as the workbook's plain cells."""

    font: str = ""
    size: float = 0
    fill: str = ""
    border: str = ""
    number_format: str = ""
    align: str = 'vertical="top"'


_LINE, _SOFT_LINE = "FFBFBFBF", "FFD9D9D9"
_HEADING, _INPUT_HEADING, _INPUT, _SECTION = "FF1F4E78", "FFFFD966", "FFFFF9E0", "FFDDEBF7"

_NUMBER = 'horizontal="right" vertical="top"'
BEHIND_NUMBER = "_)"
"""Ends the format of a number: it keeps the room of a bracket from the text of the next column.

An indent would, too, but LibreOffice 7.4 forgets that of a cell whose left neighbour is a number.
"""

DRAWINGS: dict[Look, Drawing] = {
    "title": Drawing(font='<b/><color rgb="FF1F4E78"/>', size=16, align='vertical="center"'),
    "note": Drawing(font='<i/><color rgb="FF595959"/>'),
    "heading": Drawing(
        font='<b/><color rgb="FFFFFFFF"/>',
        fill=_HEADING,
        border=_LINE,
        align='horizontal="left" vertical="center" wrapText="1"',
    ),
    "input_heading": Drawing(
        font='<b/><color rgb="FF000000"/>',
        fill=_INPUT_HEADING,
        border=_LINE,
        align='horizontal="left" vertical="center" wrapText="1"',
    ),
    "text": Drawing(border=_SOFT_LINE),
    "wrapped": Drawing(border=_SOFT_LINE, align='vertical="top" wrapText="1"'),
    "date": Drawing(border=_SOFT_LINE, number_format=DATE_FORMAT, align='horizontal="left" vertical="top"'),
    "datetime": Drawing(
        border=_SOFT_LINE, number_format=DATETIME_FORMAT, align='horizontal="left" vertical="top"'
    ),
    "integer": Drawing(border=_SOFT_LINE, number_format="#,##0" + BEHIND_NUMBER, align=_NUMBER),
    "decimal": Drawing(border=_SOFT_LINE, number_format="#,##0.00" + BEHIND_NUMBER, align=_NUMBER),
    "percent": Drawing(border=_SOFT_LINE, number_format="0.0%" + BEHIND_NUMBER, align=_NUMBER),
    # As text: what a clerk types stays as typed, `3/4` does not become a day.
    "input": Drawing(
        fill=_INPUT, border=_LINE, number_format=TEXT_FORMAT, align='vertical="top" wrapText="1"'
    ),
    "input_date": Drawing(
        fill=_INPUT, border=_LINE, number_format=DATE_FORMAT, align='horizontal="left" vertical="top"'
    ),
    # Filled: a long code is cut off, it never runs over the next cell.
    "code": Drawing(
        font='<color rgb="FF6E6E6E"/>', size=8, border=_SOFT_LINE, align='horizontal="fill" vertical="top"'
    ),
    "link": Drawing(font='<u/><color rgb="FF0563C1"/>', border=_SOFT_LINE),
    "section": Drawing(font='<b/><color rgb="FF1F4E78"/>', fill=_SECTION, border=_LINE),
}

MOODS: dict[Mood, tuple[str, str]] = {
    # Bold and italic tell the moods apart on a black-and-white print, too.
    "bad": ('<b/><i val="0"/><color rgb="FF9C0006"/>', "FFFFC7CE"),
    "warning": ('<color rgb="FF4D3900"/>', "FFFFEB9C"),
    "good": ('<color rgb="FF006100"/>', "FFC6EFCE"),
    "quiet": ('<b val="0"/><i/><color rgb="FF595959"/>', "FFF2F2F2"),
    "sum": ('<b/><color rgb="FF1F4E78"/>', _SECTION),
}

_BUILT_IN = {
    "General": 0,
    "0": 1,
    "0.00": 2,
    "#,##0": 3,
    "#,##0.00": 4,
    "0%": 9,
    "0.00%": 10,
    TEXT_FORMAT: 49,
}


_FONT_INSIDE = re.compile(rb"<(?:b|i|u|strike|color)\b[^>]*/>")
_FONT_SIZE = re.compile(rb'<sz val="([0-9.]+)"/>')
_XF_NUMBER = re.compile(r'\b(numFmtId|fontId|fillId|borderId)="([0-9]+)"')


def _size(font: bytes) -> float:
    found = _FONT_SIZE.search(font)
    return float(found[1]) if found else 0


class Styles:
    """The style sheet of one workbook.

    Args:
        data: styles.xml, inflated.
        part: Its name, for messages.
        book: File name, for messages.
    """

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self._xml, self._book = XmlPart(data, part=part, book=book), book
        self._root = self._xml.root
        self._prefix = self._root.prefix
        self._lists: dict[str, list[bytes]] = {}
        self._places: dict[str, dict[bytes, int]] = {}
        self._known: dict[str, int] = {}
        for name in ("fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"):
            found = self._root.child(name)
            texts = [self._xml.text(child) for child in found.children] if found else []
            self._lists[name] = texts
            self._places[name] = {}
            for place, text in enumerate(texts):
                self._places[name].setdefault(text, place)
            self._known[name] = len(texts)
        self._formats = {
            int(child.attributes["numFmtId"]): child.attributes.get("formatCode", "")
            for child in _within(self._children("numFmts"))
            if child.attributes.get("numFmtId", "").isdigit()
        }
        self._xfs = [child.attributes for child in self._children("cellXfs")]
        self._shown = cell_styles(parse_part(data, book=book, part=part))
        self._cells: dict[tuple[Look | None, str, bool], int] = {}
        self._variants: dict[tuple[int, str, bool], int] = {}

    def _children(self, name: str) -> list[Element]:
        found = self._root.child(name)
        return list(found.children) if found else []

    def _entry(self, name: str, text: str) -> int:
        """Place of an entry with this text, appended where there is none; *text* comes without prefix."""
        if self._prefix:
            text = re.sub(r"<(/?)(?=\w)", rf"<\g<1>{self._prefix}", text)
        data = text.encode()
        places = self._places[name]
        if data not in places:
            places[data] = len(self._lists[name])
            self._lists[name].append(data)
        return places[data]

    @property
    def line_height(self) -> float:
        """Height of one line in the workbook's own font, in points."""
        fonts = self._children("fonts")
        size = fonts[0].child("sz") if fonts else None
        try:
            return round(float(size.attributes["val"]) * 15 / 11, 2) if size else 15.0
        except (KeyError, ValueError):
            return 15.0

    def _format(self, code: str) -> int:
        if not code:
            return 0
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        for number, known in self._formats.items():
            if known == code:
                return number
        number = max([163, *self._formats]) + 1
        self._formats[number] = code
        self._entry("numFmts", f'<numFmt numFmtId="{number}" formatCode="{escaped(code, quote=True)}"/>')
        return number

    def _font(self, inside: str, size: float) -> int:
        """The workbook's own font with *inside* (bold, colour) and *size* in points, 0 for its own size."""
        fonts = self._children("fonts")
        own = {child.name: child.attributes.get("val", "") for child in fonts[0].children} if fonts else {}
        # The order of the parts of a font is fixed: b, i, u, ..., sz, color, name, family, charset, scheme.
        decoration, _, colour = inside.partition("<color")
        text = decoration + f'<sz val="{f"{size:g}" if size else own.get("sz") or "11"}"/>'
        text += f"<color{colour}" if colour else ""
        text += f'<name val="{escaped(own.get("name") or "Calibri", quote=True)}"/>'
        for name in ("family", "charset", "scheme"):
            text += f'<{name} val="{escaped(own[name], quote=True)}"/>' if own.get(name) else ""
        return self._entry("fonts", f"<font>{text}</font>")

    def cell(self, look: Look | None, number_format: str = "", *, quoted: bool = False) -> int:
        """The number of a cell style.

        Args:
            look: None is a plain cell of the workbook.
            number_format: Instead of the one of the look; "" keeps it.
            quoted: Whether Excel shall keep what the cell holds as text when a clerk edits it.
        """
        key = look, number_format, quoted
        if key not in self._cells:
            drawing = DRAWINGS[look] if look else Drawing(align="")
            code = number_format or drawing.number_format
            if not (look or code or quoted) and self._xfs:
                self._cells[key] = 0
                return 0
            font = self._font(drawing.font, drawing.size) if drawing.font or drawing.size else 0
            fill = 0
            if drawing.fill:
                fill = self._entry(
                    "fills",
                    f'<fill><patternFill patternType="solid"><fgColor rgb="{drawing.fill}"/>'
                    '<bgColor indexed="64"/></patternFill></fill>',
                )
            border = 0
            if drawing.border:
                sides = "".join(
                    f'<{side} style="thin"><color rgb="{drawing.border}"/></{side}>'
                    for side in ("left", "right", "top", "bottom")
                )
                border = self._entry("borders", f"<border>{sides}<diagonal/></border>")
            number = self._format(code)
            text = f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
            text += ' quotePrefix="1"' if quoted else ""
            for name, used in (("NumberFormat", number), ("Font", font), ("Fill", fill), ("Border", border)):
                text += f' apply{name}="1"' if used else ""
            text += f' applyAlignment="1"><alignment {drawing.align}/></xf>' if drawing.align else "/>"
            self._cells[key] = self._entry("cellXfs", text)
        return self._cells[key]

    @property
    def blank_title(self) -> int:
        """A plain style with a number of its own: LibreOffice shows the look of the column in cells of style 0."""
        alignment = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        return self._entry("cellXfs", alignment + '<alignment vertical="top"/></xf>')

    def variant(self, style: int, number_format: str = "", *, quoted: bool = False) -> int:
        """An existing cell style with another number format, or with text kept as text."""
        if not 0 <= style < len(self._xfs):
            return self.cell(None, number_format, quoted=quoted)
        key = style, number_format, quoted
        if key not in self._variants:
            text = self._lists["cellXfs"][style]
            tag_end = text.index(b">")
            tag, rest = text[:tag_end].rstrip(b"/"), text[tag_end:]
            slash = b"/" if text[:tag_end].endswith(b"/") else b""
            changes = (
                {"numFmtId": str(self._format(number_format)), "applyNumberFormat": "1"}
                if number_format
                else {}
            )
            if quoted:
                changes["quotePrefix"] = "1"
            for name, value in changes.items():
                tag, found = re.subn(
                    rf'(\s{name}\s*=\s*)["\'][^"\']*["\']'.encode(), rf'\g<1>"{value}"'.encode(), tag
                )
                if not found:
                    tag = tag.rstrip() + f' {name}="{value}"'.encode()
            data = tag + slash + rest
            places = self._places["cellXfs"]
            if data not in places:
                places[data] = len(self._lists["cellXfs"])
                self._lists["cellXfs"].append(data)
            self._variants[key] = places[data]
        return self._variants[key]

    def suited(self, style: int, kind: Kind, *, quoted: bool = False) -> int:
        """An existing cell style, with another number format where it cannot show this kind of value."""
        shown = self._shown[style] if 0 <= style < len(self._shown) else Shown.AS_NUMBER
        if kind in _FORMATS and shown is not Shown.WITH_CLOCK and (kind == "time" or shown is Shown.AS_NUMBER):
            return self.variant(style, _FORMATS[kind])
        if kind == "number" and shown is not Shown.AS_NUMBER:
            return self.variant(style, "General")
        return self.variant(style, quoted=True) if quoted else style

    def taken_over(self, other: Styles) -> tuple[list[int], list[int]]:
        """The looks of another workbook, in this one's own font where that one has its plain font.

        Args:
            other: Styles of a workbook drawn here (`fresh`), whose first style is the plain one.

        Returns:
            Numbers of its cell styles and of its conditional looks (dxfs), each as they are called here.
        """
        plain_size = _size(other._lists["fonts"][0])
        fonts = [0]
        for text in other._lists["fonts"][1:]:
            size = _size(text)
            inside = b"".join(_FONT_INSIDE.findall(text)).decode()
            fonts.append(self._font(inside, 0 if size == plain_size else size))
        fills = [self._entry("fills", text.decode()) for text in other._lists["fills"]]
        borders = [self._entry("borders", text.decode()) for text in other._lists["borders"]]
        cells = [0]
        for text in other._lists["cellXfs"][1:]:
            places = {"fontId": fonts, "fillId": fills, "borderId": borders}

            def renumbered(found: re.Match[str], places: dict[str, list[int]] = places) -> str:
                name, number = found[1], int(found[2])
                if name == "numFmtId":
                    number = self._format(other._formats[number]) if number in other._formats else number
                else:
                    number = places[name][number]
                return f'{name}="{number}"'

            cells.append(self._entry("cellXfs", _XF_NUMBER.sub(renumbered, text.decode())))
        return cells, [self._entry("dxfs", text.decode()) for text in other._lists["dxfs"]]

    def mood(self, mood: Mood) -> int:
        """The number of the conditional format's look (dxf)."""
        return self._entry("dxfs", _mood_text(mood))

    def moods_there(self) -> frozenset[int]:
        """Numbers of those looks of ours that the style sheet already has."""
        found = set()
        for mood in MOODS:
            text = _mood_text(mood)
            if self._prefix:
                text = re.sub(r"<(/?)(?=\w)", rf"<\g<1>{self._prefix}", text)
            found.add(self._places["dxfs"].get(text.encode(), -1))
        return frozenset(found - {-1})

    def result(self) -> bytes:
        """styles.xml with what was appended; the very same bytes when nothing was.

        Raises:
            BookRefused: There are more cell styles now than Excel takes.
        """
        count = len(self._lists["cellXfs"])
        if count > max(MOST_CELL_STYLES, self._known["cellXfs"]):
            raise BookRefused(
                f"{self._book} has nearly all the {MOST_CELL_STYLES:,} cell formats that Excel takes, so none can be "
                "added; clear those that are of no use (Home, Clear, Clear Formats), save it in Excel and try again."
            )
        for name, texts in self._lists.items():
            added = texts[self._known[name] :]
            if not added:
                continue
            found = self._root.child(name)
            if found:
                self._xml.append(found, b"".join(added))
                self._xml.set_attribute(found, "count", str(len(texts)))
                continue
            tag = self._prefix + name
            whole = f'<{tag} count="{len(texts)}">'.encode() + b"".join(texts) + f"</{tag}>".encode()
            later = _ORDER[_ORDER.index(name) + 1 :]
            follower = next((c for c in self._root.children if c.name in later), None)
            if follower:
                self._xml.insert_before(follower, whole)
            else:
                self._xml.append(self._root, whole)
        return self._xml.result()


def _within(elements: list[Element]) -> list[Element]:
    """The elements and all below them; a number format may lie inside an `mc:AlternateContent`."""
    return [below for element in elements for below in (element, *_within(element.children))]


def _mood_text(mood: Mood) -> str:
    font, fill = MOODS[mood]
    return f'<dxf><font>{font}</font><fill><patternFill><bgColor rgb="{fill}"/></patternFill></fill></dxf>'
