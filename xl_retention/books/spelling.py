"""Texts as the XML of a workbook spells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&([^;&]{0,12};?)")
_ENTITIES = {"lt;": "<", "gt;": ">", "amp;": "&", "quot;": '"', "apos;": "'"}


class Irregular(Exception):
    """XML of a shape that the fast path does not know; the careful path decides."""


def read_texts(spelled: Sequence[bytes]) -> list[str]:
    """The texts that the bytes between two tags spell, those of each text by themselves.

    Raises:
        Irregular: There is more than a text between the tags, or something that XML does not know by itself.
    """
    try:
        joined = b"\0".join(spelled).decode("utf-8")
    except UnicodeDecodeError:
        raise Irregular("bytes") from None
    texts = joined.split("\0")
    if len(texts) != len(spelled) or "<" in joined:
        raise Irregular("text")
    if "&" in joined or "_x" in joined or "\r" in joined:
        texts = [unescaped(resolved(text)) if "&" in text or "_x" in text or "\r" in text else text for text in texts]
    return texts


def unescaped(text: str) -> str:
    """Text with the escapes `_xHHHH_` decoded, by which workbooks hold what XML cannot."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two escapes may be the halves of one character; a half alone is no text that could be written again.
    if any("\ud800" <= sign <= "\udfff" for sign in decoded):
        decoded = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return decoded


def resolved(text: str) -> str:
    """Raw XML text as a parser would hand it over: line ends and entities resolved, escapes not.

    Raises:
        Irregular: An entity that XML does not know by itself.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name in _ENTITIES:
        return _ENTITIES[name]
    try:
        if name.startswith("#x") and name.endswith(";"):
            number = int(name[2:-1], 16)
        elif name.startswith("#") and name.endswith(";"):
            number = int(name[1:-1])
        else:
            raise Irregular(name)
        # XML allows neither most control characters nor halves of characters, not even as numbers.
        if number not in (9, 10, 13) and not (
            32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or number > 0xFFFF
        ):
            raise Irregular(name)
        return chr(number)
    except (ValueError, OverflowError):
        raise Irregular(name) from None
