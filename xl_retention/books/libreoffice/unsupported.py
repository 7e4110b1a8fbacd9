"""What our engine leaves out says so by name."""

from __future__ import annotations

from types import FunctionType
from typing import Any, NoReturn, TypeVar

from xlwings import base_classes

from xl_retention.errors import RetentionError

C = TypeVar("C", bound=type)


class NotInLibreOffice(RetentionError):
    """
    A member of xlwings that the LibreOffice engine does not have.

    Args:
        member: Such as `Range.borders`.
    """

    def __init__(self, member: str) -> None:
        super().__init__(f"{member} is not available in LibreOffice")
        self.member = member


def named_refusals(cls: C) -> C:
    """
    Class decorator: members of xlwings that *cls* leaves out raise `NotInLibreOffice`.

    Those are the members of its base in `xlwings.base_classes` that raise NotImplementedError, setters of
    properties that *cls* only reads, and public names that neither of them knows.
    """
    for base in cls.__mro__[1:]:
        if base.__module__ != base_classes.__name__:
            continue
        for name, member in vars(base).items():
            own = next(vars(one)[name] for one in cls.__mro__ if name in vars(one))
            if own is member and _only_raises(member):
                setattr(cls, name, _refusal(f"{cls.__name__}.{name}", isinstance(member, property)))
            elif isinstance(own, property) and own.fset is None and getattr(member, "fset", None):
                setattr(cls, name, own.setter(_refuse(f"setting {cls.__name__}.{name}")))

    def unknown(self: object, name: str) -> Any:
        if name.startswith("_") or hasattr(cls, name):
            return object.__getattribute__(self, name)  # asked by Python itself, or an error within a property
        raise NotInLibreOffice(f"{cls.__name__}.{name}")

    cls.__getattr__ = unknown  # type: ignore[attr-defined]
    return cls


def _only_raises(member: object) -> bool:
    function = member.fget if isinstance(member, property) else member
    function = getattr(function, "__func__", function)  # of a static method
    return isinstance(function, FunctionType) and "NotImplementedError" in function.__code__.co_names


def _refuse(member: str) -> Any:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise NotInLibreOffice(member)

    return refuse


def _refusal(member: str, is_property: bool) -> Any:
    refuse = _refuse(member)
    return property(refuse, refuse) if is_property else refuse
