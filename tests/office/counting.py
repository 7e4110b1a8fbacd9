"""Counts the calls that go to the office."""

from __future__ import annotations

from collections import Counter
from typing import Any

_PLAIN = (str, bytes, int, float, bool, type(None))


class Calls:
    """How often each member was asked for or set, by its name."""

    def __init__(self) -> None:
        self.by_name: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return self.by_name.total()


class Counted:
    """
    A UNO object that counts what it is asked, and hands out objects that count too.

    Values, tuples of values and structs come as they are: they cost nothing once they are here.
    """

    def __init__(self, inner: Any, calls: Calls) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_calls", calls)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if callable(value) and not _is_object(value):

            def call(*arguments: Any) -> Any:
                self._calls.by_name[name] += 1
                return counted(value(*(uncounted(one) for one in arguments)), self._calls)

            return call
        self._calls.by_name[name] += 1
        return counted(value, self._calls)

    def __setattr__(self, name: str, value: Any) -> None:
        self._calls.by_name[name] += 1
        setattr(self._inner, name, uncounted(value))


def counted(value: Any, calls: Calls) -> Any:
    """The value, counting if it is a UNO object."""
    return Counted(value, calls) if _is_object(value) else value


def uncounted(value: Any) -> Any:
    """What the office itself has handed out."""
    return value._inner if isinstance(value, Counted) else value


def _is_object(value: Any) -> bool:
    return not isinstance(value, (*_PLAIN, tuple, Counted)) and type(value).__name__ == "pyuno"


def counting_book(opened: Any) -> tuple[Any, Calls]:
    """A workbook of the engine whose calls are counted, and the count."""
    from xl_retention.books.libreoffice import connecting

    calls = Calls()
    office = opened.office
    document, context = Counted(opened.model, calls), Counted(office.context, calls)
    return connecting.book_in(context, document, office.process.pid), calls
