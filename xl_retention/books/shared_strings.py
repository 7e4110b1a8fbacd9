"""The shared texts of a workbook: split where the XML is plain, parsed where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from xl_retention.books.spelling import Irregular, resolved, unescaped

_PLAIN_BETWEEN = "</t></si><si><t>"
_PRESERVED = '<t xml:space="preserve">'
_PHONETIC = re.compile(r"<rPh[ >].*?</rPh>", re.DOTALL)
# An attribute may hold a bracket, so that a tag only ends at one outside its quotes.
_ATTRIBUTES = r"(?:\s[\w:.-]+=(?:\"[^\"<]*\"|'[^'<]*'))*\s?"
_RUN = re.compile(rf"<t{_ATTRIBUTES}(?:/>|>([^<]*)</t>)")
_KNOWN = re.compile(
    r"</?(?:t|r|rPr|rPh|phoneticPr|rFont|charset|family|b|i|strike|outline|shadow|condense|extend|color|sz|u"
    rf"|vertAlign|scheme){_ATTRIBUTES}/?>"
)
_FONTS = re.compile(r"<rPr>.*?</rPr>", re.DOTALL)
_SOUND = re.compile(rf"<phoneticPr{_ATTRIBUTES}/>")
_MOST_LOOKS = 64
"""Of a workbook as people make them; each costs a pass over its texts."""
_ITEM_LIMIT = 1 << 22
"""Bytes; no text of a cell takes more, however many looks it has."""
_ITEM = re.compile(r"<si>(.*?)</si>|<si ?/>", re.DOTALL)
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>?]*\?>\s*)?<([A-Za-z_][\w.-]*:)?sst(?: [^<>]*)?>\s*")
_LAST = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?sst>|<(?:[A-Za-z_][\w.-]*:)?extLst[ >]")
_UTF8 = re.compile(rb"encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)


def plain_texts(chunks: Iterable[bytes]) -> list[str]:
    """All shared texts in order, from the inflated part in chunks of any size.

    Raises:
        Irregular: The part is not of the usual shape; nothing can be said about its texts.
    """
    texts: list[str] = []
    carry = prefix = b""
    head_seen = done = False
    for chunk in chunks:
        if done:
            continue  # read on, so that the zip's checksum is looked at
        carry += chunk
        if not head_seen:
            head = _HEAD.match(carry)
            if head is None or head.end() == len(carry):
                if len(carry) > 1 << 16:
                    raise Irregular("head")
                continue
            check_encoding(head[0])
            prefix = head[1] or b""
            if b"<!" in head[0] or head[0].rstrip().endswith(b"/>"):
                raise Irregular("head")
            carry, head_seen = carry[head.end() :], True
        end = carry.rfind(b"</" + prefix + b"si>")
        if end >= 0:
            end += len(prefix) + 5
            _add(without_prefix(carry[:end], prefix), texts)
            carry = carry[end:]
        elif len(carry) > _ITEM_LIMIT:
            raise Irregular("item")
        if last := _LAST.search(carry):
            _add(without_prefix(carry[: last.start()], prefix), texts)
            done = True
    if not done:
        raise Irregular("tail")
    return texts


def rich_text(xml: str) -> str:
    """The text of an item's inner XML: its runs joined, without the phonetic ones.

    Raises:
        Irregular: It holds something unknown.
    """
    if _KNOWN.sub("", _RUN.sub("", xml)).find("<") >= 0:
        raise Irregular("item")
    runs = _RUN.findall(_PHONETIC.sub("", xml) if "<rPh" in xml else xml)
    return unescaped(resolved("".join(runs)))


def parsed_texts(chunks: Iterable[bytes]) -> list[str]:
    """The same by a full XML parser, for any shape.

    Raises:
        expat.ExpatError: The XML is broken, or declares a document type.
    """
    texts: list[str] = []
    parser = guarded_parser()
    pieces: list[str] | None = None
    phonetic = 0
    inside_t = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal pieces, phonetic, inside_t
        tag = name.rpartition("}")[2]
        if tag == "si":
            pieces = []
        elif tag == "rPh":
            phonetic += 1
        elif tag == "t":
            inside_t = not phonetic

    def end(name: str) -> None:
        nonlocal pieces, phonetic, inside_t
        tag = name.rpartition("}")[2]
        if tag == "si" and pieces is not None:
            texts.append(unescaped("".join(pieces)))
            pieces = None
        elif tag == "rPh":
            phonetic -= 1
        elif tag == "t":
            inside_t = False

    def data(text: str) -> None:
        if inside_t and pieces is not None:
            pieces.append(text)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    for chunk in chunks:
        parse(parser, chunk)
    parse(parser, b"", last=True)
    return texts


def guarded_parser() -> expat.XMLParserType:
    """A streaming parser that stops at a document type; names come as `{namespace}name`."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def doctype(*_: object) -> None:
        raise expat.ExpatError("a document type is declared")

    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse(parser: expat.XMLParserType, piece: bytes, *, last: bool = False) -> None:
    """Gives the parser the next piece of a part.

    Raises:
        expat.ExpatError: The XML is broken, or in an encoding that expat does not read.
    """
    try:
        parser.Parse(piece, last)
    except ValueError as unread:
        raise expat.ExpatError(str(unread)) from None


def check_encoding(head: bytes) -> None:
    """Makes sure that the bytes are UTF-8.

    Raises:
        Irregular: The XML declaration names another encoding.
    """
    if b"encoding" in head.partition(b"?>")[0] and not _UTF8.search(head):
        raise Irregular("encoding")


def without_prefix(xml: bytes, prefix: bytes) -> bytes:
    """The XML with *prefix*, such as `x:` or nothing, taken off its names.

    Raises:
        Irregular: Some names bear the prefix and some do not.
    """
    if not prefix:
        return xml
    bare = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    if len(xml) - len(bare) != len(prefix) * bare.count(b"<"):
        raise Irregular("prefix")
    return bare


def _add(raw: bytes, texts: list[str]) -> None:
    """Appends the texts of whole items that follow each other."""
    if not raw:
        return
    try:
        xml = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Irregular("bytes") from None
    if "\r" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    if '"' in xml:
        xml = xml.replace(_PRESERVED, "<t>")
    found = _split(xml)
    if found is None and ("<r>" in xml or "<phoneticPr" in xml):
        xml = _plainer(xml)
        found = _split(xml)
    texts.extend(_mixed(xml) if found is None else found)


def _split(xml: str) -> list[str] | None:
    """The texts of items that are nothing but a text each; None where one is more."""
    if not (xml.startswith("<si><t>") and xml.endswith("</t></si>")):
        return None
    found = xml[7:-9].split(_PLAIN_BETWEEN)
    if xml.count("<") != 4 * len(found):
        return None
    # To look for one sign takes a twentieth of the time of looking for two.
    if "&" in xml or ("_" in xml and "_x" in xml):
        return [unescaped(resolved(text)) if "&" in text or "_x" in text else text for text in found]
    return found


def _plainer(xml: str) -> str:
    """The same without what says how texts look or are read aloud, and with the runs of each joined.

    LibreOffice writes a run for each script, so that every Chinese number plate has two; a Chinese Excel says behind
    each text that its sound is not shown.
    """
    looks = {*_FONTS.findall(xml), *_SOUND.findall(xml)}
    if len(looks) > _MOST_LOOKS or any("<t" in look or "<" in _KNOWN.sub("", look) for look in looks):
        return xml
    for look in looks:
        xml = xml.replace(look, "")
    xml = xml.replace("</t></r><r><t>", "")
    return xml.replace("<si><r><t>", "<si><t>").replace("</t></r></si>", "</t></si>")


def _mixed(xml: str) -> Iterator[str]:
    place = 0
    for item in _ITEM.finditer(xml):
        if xml[place : item.start()].strip():
            raise Irregular("between items")
        place = item.end()
        inner = item[1] or ""
        if inner.startswith("<t>") and inner.endswith("</t>") and inner.count("<") == 2:
            yield unescaped(resolved(inner[3:-4]))
        else:
            yield rich_text(inner)
    if xml[place:].strip():
        raise Irregular("after items")
