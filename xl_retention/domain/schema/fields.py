"""What a field of a table is, and the short way in which the tables write one.

A field is written `f(name, kind, class, "Chinese headings", "English headings")`: Chinese headings parted by
blanks, English ones by commas, both as staff spell them. The canonical name in any spelling is a heading of
its own and needs no row. A heading of one table never means two of its fields, but for those of `ambiguous`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property


class Kind(Enum):
    """What the cells of a field hold, and so how `sheets.values` reads them (DOM 2.14)."""

    TEXT = "text"
    ID = "id"  # trimmed, half-width, no inner blanks, upper case; a number loses its `.0`
    PLATE = "plate"
    VIN = "vin"
    PHONE = "phone"
    DATE = "date"  # with or without a clock
    TIME = "time"
    BIRTHDAY = "birthday"  # a date, or month and day without a year
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # yuan
    KM = "km"
    BOOL = "bool"
    ENUM = "enum"  # one word of the table `Field.words` of `domain.words`
    CODES = "codes"  # rule codes or rule words, several parted by signs
    KEYS = "keys"  # due keys, several parted by `;`
    MONTH = "month"  # YYYY-MM
    LIST = "list"


class InfoClass(Enum):
    """The three classes of customer information (DOM 2.1)."""

    DESCRIPTIVE = "D"
    PROCESS = "P"
    TRANSACTION = "T"


@dataclass(frozen=True)
class Field:
    """One field of a table.

    Args:
        name: Canonical name, as in DOM 2 and in every JSON output.
        kind: How its cells are read.
        aliases: Headings that staff write, Chinese first, in their exact spelling.
        info_class: Which of the three classes of DOM 2.1 it belongs to.
        words: Word table of `domain.words` for `Kind.ENUM`, else empty.
        sensitive: Hidden unless somebody asks for it, and left out of masked copies.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    info_class: InfoClass
    words: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Entity:
    """One table of the store.

    Args:
        name: Canonical name, as in DOM 2.2.
        sheet_names: Names under which its sheet is known; the first is the suggested one.
        key: The field or fields that tell its rows apart.
        fields: All its fields, in the order of DOM.
        fewest_headings: A row with fewer recognised headings than this is not its heading row (DOM 2.2).
    """

    name: str
    sheet_names: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    fewest_headings: int = 3

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of all fields, in their order."""
        return tuple(self._by_name)

    def field(self, name: str) -> Field:
        """Return the field called *name*; a `KeyError` means that the caller misspelt it."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether the table has a field called *name*."""
        return name in self._by_name

    def also_called(self, further: Mapping[str, tuple[str, str]]) -> Entity:
        """
        The same table, its fields with the headings that dealers' own systems and lists use beside those of DOM.

        Args:
            further: Chinese and English headings by field. What only says the same words in another way
                (`sheets.heading_forms`) needs no row.
        """
        unknown = further.keys() - self._by_name.keys()
        if unknown:
            raise KeyError(*unknown)
        fields = tuple(
            with_headings(each, *further[each.name]) if each.name in further else each for each in self.fields
        )
        return replace(self, fields=fields)


TEXT, ID, PLATE, VIN, PHONE = Kind.TEXT, Kind.ID, Kind.PLATE, Kind.VIN, Kind.PHONE
DATE, TIME, BIRTHDAY, MONTH = Kind.DATE, Kind.TIME, Kind.BIRTHDAY, Kind.MONTH
INTEGER, DECIMAL, MONEY, KM = Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM
BOOL, ENUM, CODES, KEYS, LIST = Kind.BOOL, Kind.ENUM, Kind.CODES, Kind.KEYS, Kind.LIST
D, P, T = InfoClass.DESCRIPTIVE, InfoClass.PROCESS, InfoClass.TRANSACTION


def f(
    name: str,
    kind: Kind,
    info_class: InfoClass,
    chinese: str = "",
    english: str = "",
    *,
    words: str = "",
    sensitive: bool = False,
) -> Field:
    """A field under its headings, see the beginning of this module."""
    return Field(name, kind, _headings(chinese, english), info_class, words, sensitive)


def with_headings(field: Field, chinese: str, english: str = "") -> Field:
    """The same field with further headings."""
    return replace(field, aliases=(*field.aliases, *_headings(chinese, english)))


def _headings(chinese: str, english: str) -> tuple[str, ...]:
    return (*chinese.split(), *(heading.strip() for heading in english.split(",") if heading.strip()))
