"""Edits of an XML part as text: everything that is not edited stays byte for byte as it was.

A part is never written anew from a tree, because a tree forgets what it does not understand: prefixes, the
order of attributes, `mc:AlternateContent`, white space. Here a part is its bytes plus the places of its
elements, and an edit puts other bytes in a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.limits import DEEPEST
from xl_retention.errors import BookRefused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_START_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_NAMESPACE_MARKUP = "http://www.w3.org/XML/1998/namespace"


@dataclass
class Element:
    """One element and where its bytes lie.

    Args:
        name: Without prefix.
        prefix: With its colon, as `x:`; "" for none.
        namespace: What the prefix stands for here.
        attributes: By their names as written.
        start: Place of its `<`.
        inside: Place after its start tag.
        inside_end: Place of its end tag; equals `inside` where the tag closes itself.
        end: Place after it.
    """

    name: str
    prefix: str
    namespace: str
    attributes: dict[str, str]
    start: int
    inside: int
    namespaces: dict[str, str] = field(repr=False)
    inside_end: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    @property
    def closes_itself(self) -> bool:
        """Whether it is written as `<name/>`."""
        return self.inside == self.end

    def child(self, name: str) -> Element | None:
        """The first child of that name in its own namespace."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Element]:
        """The children of that name in its own namespace."""
        return (c for c in self.children if c.name == name and c.namespace == self.namespace)

    def whole(self, name: str, otherwise: int = 0) -> int:
        """An attribute that is a whole number; *otherwise* where it is missing or says something else."""
        text = self.attributes.get(name, "").strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else otherwise

    def prefix_of(self, namespace: str) -> str | None:
        """The prefix (with colon) that stands for *namespace* here, None when nothing does."""
        found = [prefix for prefix, uri in self.namespaces.items() if uri == namespace and prefix]
        return found[0] + ":" if found else None


@dataclass
class _Edit:
    start: int
    end: int
    text: bytes


class XmlPart:
    """The bytes of a part with the places of its elements, and the edits asked for so far.

    Args:
        data: The part, inflated; UTF-8.
        part: Its name, for messages.
        book: File name, for messages.

    Raises:
        BookRefused: It is not UTF-8, declares a document type or is broken.
    """

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self.data = data
        self._edits: list[_Edit] = []
        self._part, self._book = part, book
        self.root = self._parse()

    def _refuse(self, why: str) -> BookRefused:
        return not_kept_whole(self._book, f"{self._part} {why}")

    def _parse(self) -> Element:
        head = self.data[:200]
        encoding = re.search(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""", head)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or (
            encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
        ):
            raise self._refuse("is not written in UTF-8")
        open_elements: list[Element] = []
        roots: list[Element] = []

        def start(tag: str, attributes: list[str]) -> None:
            place = parser.CurrentByteIndex
            tag_text = _START_TAG.match(self.data, place)
            assert tag_text, "expat saw a start tag here"
            values = dict(zip(attributes[::2], attributes[1::2], strict=True))
            outer = open_elements[-1].namespaces if open_elements else {"xml": _NAMESPACE_MARKUP}
            declared = {
                key.partition(":")[2]: uri
                for key, uri in values.items()
                if key == "xmlns" or key.startswith("xmlns:")
            }
            namespaces = {**outer, **declared} if declared else outer
            prefix, colon, name = tag.rpartition(":")
            element = Element(
                name, prefix + colon, namespaces.get(prefix, ""), values, place, tag_text.end(), namespaces
            )
            if tag_text[0].endswith(b"/>"):
                element.inside_end = element.end = element.inside
            (open_elements[-1].children if open_elements else roots).append(element)
            open_elements.append(element)
            if len(open_elements) > DEEPEST:
                raise self._refuse("nests deeper than any office program does")

        def end(tag: str) -> None:
            element = open_elements.pop()
            if element.end < 0:
                element.inside_end = parser.CurrentByteIndex
                element.end = self.data.index(b">", element.inside_end) + 1

        def doctype(*_: object) -> None:
            raise self._refuse("declares XML entities, as no office program does")

        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = doctype
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError:
            raise self._refuse("is damaged") from None
        return roots[0]

    def text(self, element: Element) -> bytes:
        """The bytes of an element, from `<` to `>`, before any edit."""
        return self.data[element.start : element.end]

    def content(self, element: Element) -> str:
        """The text between the tags of an element without children, unescaped."""
        return unescaped(self.data[element.inside : element.inside_end].decode())

    def replace(self, element: Element, text: bytes) -> None:
        """Puts *text* in the place of an element; b"" takes it away."""
        self._edits.append(_Edit(element.start, element.end, text))

    def set_content(self, element: Element, text: str) -> None:
        """Puts *text*, escaped here, between the tags of an element that has both."""
        self._edits.append(_Edit(element.inside, element.inside_end, escaped(text).encode()))

    def insert_before(self, element: Element, text: bytes) -> None:
        """Puts *text* before an element, after what was put there before."""
        self._edits.append(_Edit(element.start, element.start, text))

    def insert_after(self, element: Element, text: bytes) -> None:
        """Puts *text* after an element, after what was put there before."""
        self._edits.append(_Edit(element.end, element.end, text))

    def append(self, element: Element, text: bytes) -> None:
        """Puts *text* after the last child of an element, opening one that closed itself; once per such."""
        if element.closes_itself:
            tag = f"</{element.prefix}{element.name}>".encode()
            self._edits.append(_Edit(element.inside - 2, element.inside, b">" + text + tag))
        else:
            self._edits.append(_Edit(element.inside_end, element.inside_end, text))

    def set_attribute(self, element: Element, name: str, value: str | None) -> None:
        """Changes one attribute (name as written), adds it last, or takes it away when *value* is None."""
        quoted = b'"' + escaped(value, quote=True).encode() + b'"' if value is not None else b""
        last = element.start + 1 + len(element.prefix.encode()) + len(element.name.encode())
        for found in _ATTRIBUTE.finditer(self.data, last, element.inside):
            last = found.end()
            if found[1] == name.encode():
                if value is None:
                    self._edits.append(_Edit(found.start(), found.end(), b""))
                else:
                    self._edits.append(_Edit(found.start(2), found.end(2), quoted))
                return
        if value is not None:
            self._edits.append(_Edit(last, last, b" " + name.encode() + b"=" + quoted))

    def result(self) -> bytes:
        """The part with all edits; the very same bytes when there was none."""
        if not self._edits:
            return self.data
        pieces: list[bytes] = []
        place = 0
        for edit in sorted(self._edits, key=lambda edit: (edit.start, edit.end)):
            pieces += (self.data[place : edit.start], edit.text)
            place = edit.end
        pieces.append(self.data[place:])
        return b"".join(pieces)


# Not by xml.sax.saxutils, which brings half of the standard library's network modules along.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_QUOTES = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escaped(text: str, *, quote: bool = False) -> str:
    """Text as it stands in XML; with *quote* as it stands between double quotes."""
    return text.translate(_IN_QUOTES if quote else _IN_TEXT)


_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def unescaped(text: str) -> str:
    """The other way of `escaped`."""

    def character(found: re.Match[str]) -> str:
        if found[3]:
            return _NAMED.get(found[3], found[0])
        return chr(int(found[1], 16) if found[1] else int(found[2]))

    return _REFERENCE.sub(character, text)
