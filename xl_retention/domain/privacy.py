"""What leaves the store masked, and how the masks of a copy that comes back are taken off again (DOM 6.8).

A phone is shown as 138****1234. Names, plates, chassis and identity numbers are replaced by a mark that the
sender's key makes: the same for the same text, so that rows still belong together, and of no use without the key.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_pairs import ROW_ID, WIDE, Rows
from xl_retention.domain.phone_masks import masked as masked_phone
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.secrets_in_text import (
    EMAIL,
    IDENTITY,
    LONG_NUMBER,
    PHONE,
    SHORTEST,
    VIN,
    KnownSecrets,
    narrow,
    replaced,
)
from xl_retention.domain.words import WORDS

DROPPED = frozenset({"id_number", "ethnicity", "religion", "income_band"})
"""Fields that no copy carries, masked or not."""
PEOPLE_NAMES: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer_name", "contact_person", "legal_rep"),
    "referral": ("friend_name", "customer_name"),
    "prospect": ("name",),
    "key_account": ("name", "contact_person"),
}
"""Names of people outside the store, beside `customer_name` of every table."""
NUMBERS_OF_PEOPLE = frozenset(
    {"email", "wechat_id", "address", "policy_no", "engine_no", "licence_docs", "employer", "fax", "membership_no"}
)
"""Further texts that lead to a person."""
ALPHABET = "23456789ABCDEFGHJKLMNPRSTUVWXYZ"
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET + ALPHABET[0])
"""Base 32 without the letters that look like digits."""
VIN_MARK, PLATE_MARK, TEXT_MARK = "MASK", "MK", "MX"
MOBILE = 11
"""Digits of a mobile number."""
_MASKED = re.compile(
    rf"\*{{3,}}|\*[{ALPHABET}]{{6}}|{VIN_MARK}[{ALPHABET}]{{13}}|{PLATE_MARK}[{ALPHABET}]{{6}}|{TEXT_MARK}[{ALPHABET}]{{8}}"
)
_MARKS = re.compile(
    rf"\d*\*{{4,}}\d*|.\*[{ALPHABET}]{{6}}|{VIN_MARK}[{ALPHABET}]{{13}}|{PLATE_MARK}[{ALPHABET}]{{6}}|{TEXT_MARK}[{ALPHABET}]{{8}}"
)
_TRADE_WORDS = frozenset(word for table in WORDS.values() for word in table.canonical_words)

Mask = Callable[[str, str], str]
"""Key and text to what is shown."""


def is_masked(text: str) -> bool:
    """Whether a text holds a mask, which nobody types."""
    return bool(_MASKED.search(text))


def _mark(key: str, text: str, length: int) -> str:
    digest = hashlib.blake2b(text.encode(), key=key.encode()[:64], digest_size=10).digest()
    return b32encode(digest).decode().translate(_LETTERS)[:length]


def _phone(key: str, text: str) -> str:
    digits = "".join(filter(str.isdigit, text))
    return masked_phone(digits[-MOBILE:] if digits[:-MOBILE] in ("86", "0086") else digits)


def _vin(key: str, text: str) -> str:
    return VIN_MARK + _mark(key, text, 13)


def _plate(key: str, text: str) -> str:
    return PLATE_MARK + _mark(key, text, 6)


def _name(key: str, text: str) -> str:
    return f"{text[:1]}*{_mark(key, text, 6)}"


def _other(key: str, text: str) -> str:
    return TEXT_MARK + _mark(key, text, 8)


_SHAPES: tuple[tuple[re.Pattern[str], Mask], ...] = (
    (IDENTITY, _other), (VIN, _vin), (PHONE, _phone), (LONG_NUMBER, _other),
)  # fmt: skip
"""What is masked by its looks, wherever it stands; mail addresses go first, for they hold names."""


def mask_of(table: str, name: str) -> Mask | None:
    """How a field is masked; None for one that is shown."""
    if table == DO_NOT_CONTACT:
        return _DO_NOT_CONTACT.get("".join(name.split()).casefold())
    owner, _, bare = name.rpartition(".")
    owner = owner or ("customer" if table == WIDE else table)
    bare = bare.partition(" (")[0]
    entity = ENTITIES.get(owner)
    if entity is None or not entity.has(bare):
        return None
    if bare == "customer_name" or bare in PEOPLE_NAMES.get(owner, ()):
        return _name
    kind = entity.field(bare).kind
    if kind is Kind.PHONE or (owner, bare) == ("key_account", "contact"):
        return _phone
    by_kind: dict[Kind, Mask] = {Kind.VIN: _vin, Kind.PLATE: _plate}
    return by_kind.get(kind) or (_other if bare in NUMBERS_OF_PEOPLE else None)


DO_NOT_CONTACT = "do_not_contact"
_DO_NOT_CONTACT: Mapping[str, Mask] = {
    **dict.fromkeys(("name", "customername", "客户姓名", "姓名", "客户名称"), _name),
    **dict.fromkeys(("phone", "mobile", "电话", "手机", "手机号", "联系电话"), _phone),
    **dict.fromkeys(("plate", "plateno", "车牌", "车牌号"), _plate),
    **dict.fromkeys(("vin", "vin码", "车架号"), _vin),
}
"""Headings of the sheet Do Not Contact, which may name people who stand nowhere else."""


def is_dropped(name: str) -> bool:
    """Whether a field leaves no workbook."""
    return name.rpartition(".")[2] in DROPPED


@dataclass(frozen=True)
class Masking:
    """
    The masks of one copy.

    Args:
        key: The sender's.
        masks: What is shown for each text that must not be seen.
    """

    key: str
    masks: Mapping[str, str]

    @classmethod
    def of(cls, tables: Iterable[Rows], key: str) -> Masking:
        """All that must not be seen in these tables."""
        found: dict[str, str] = {}
        for text, mask in _secrets(tables):
            found.setdefault(text, mask(key, text))
        return cls(key, found)

    def text(self, text: str) -> str:
        """A text with all that must not be seen in it masked; one without any stays as it is."""
        if (whole := self.masks.get(text)) is not None:
            return whole
        before = narrow(text)
        shown = self._known.masked(replaced(before, EMAIL, self._once(_other)))
        for pattern, mask in _SHAPES:
            shown = replaced(shown, pattern, self._once(mask))
        return text if shown == before else shown

    def _once(self, mask: Mask) -> Callable[[str], str]:
        """A mask for what is not masked yet."""
        return lambda found: found if is_masked(found) else mask(self.key, found)

    @cached_property
    def _known(self) -> KnownSecrets:
        return KnownSecrets(self.masks)

    def rows(self, rows: Rows) -> Rows:
        """A table as it leaves: masked, without the fields that no copy carries."""
        fields = {
            name: column if name == ROW_ID else column.renamed(self.shown_in(rows.table, name))
            for name, column in rows.fields.items()
            if not is_dropped(name)
        }
        return Rows(rows.table, fields, rows.count, rows.key)

    def shown_in(self, table: str, name: str) -> Callable[[str], str]:
        """How the texts of a field are shown."""
        mask = mask_of(table, name)
        if mask:
            return lambda text: mask(self.key, text) if text else ""
        return self.number if _is_number(table, name) else self.text

    def number(self, text: str) -> str:
        """A number that tells rows apart; one that is a phone or a name gets a mark that is as good a number."""
        return text if self.text(text) == text else _other(self.key, text)


@dataclass(frozen=True)
class Unmasking:
    """
    What the masks of a copy stand for.

    Args:
        texts: By mask the text; masks that may be several texts are missing.
    """

    texts: Mapping[str, str]

    @classmethod
    def of(cls, tables: Iterable[Rows], key: str) -> Unmasking:
        """What is known in these tables of the sender's."""
        known = list(tables)
        found: dict[str, set[str]] = {}
        for text, mask in _secrets(known):
            found.setdefault(mask(key, text), set()).add(text)
        masking = Masking.of(known, key)
        for rows in known:
            for name, column in rows.fields.items():
                if _is_number(rows.table, name):
                    for text in column.different.tolist():
                        found.setdefault(masking.number(text), set()).add(text)
        return cls({mark: next(iter(texts)) for mark, texts in found.items() if len(texts) == 1})

    def text(self, text: str) -> str:
        """A text with its masks taken off, as far as it is known what they stand for."""
        if not is_masked(text):
            return text
        return self.texts.get(text) or _MARKS.sub(lambda found: self.texts.get(found[0], found[0]), text)

    def rows(self, rows: Rows) -> Rows:
        """A table as the sender knows it."""
        fields = {
            name: column if name == ROW_ID else Coded.of(column.renamed(self.text).texts)
            for name, column in rows.fields.items()
        }
        return Rows(rows.table, fields, rows.count, rows.key)


def _is_number(table: str, name: str) -> bool:
    owner, _, bare = name.rpartition(".")
    entity = ENTITIES.get(owner or ("customer" if table == WIDE else table))
    return entity is not None and entity.has(bare) and entity.field(bare).kind is Kind.ID


def _secrets(tables: Iterable[Rows]) -> Iterator[tuple[str, Mask]]:
    """Every text that must not be seen, with its mask; a word of the trade is none, even as somebody's name."""
    for rows in tables:
        for name, column in rows.fields.items():
            mask = mask_of(rows.table, name) or (_other if is_dropped(name) else None)
            if mask:
                for text in column.different.tolist():
                    if len(text) >= SHORTEST and text not in _TRADE_WORDS:
                        yield text, mask

