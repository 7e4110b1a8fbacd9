"""Memory is asked back from the C library where it can be, and nothing else happens where it cannot."""

from __future__ import annotations

import ctypes
import sys

import pytest

from xl_retention.books import one_heap


class Library:
    def __init__(self, *names: str) -> None:
        self.asked: list[tuple[object, ...]] = []
        for name in names:
            setattr(self, name, lambda *settings, name=name: self.asked.append((name, *settings)))


@pytest.mark.parametrize(("names", "asked"), [(("malloc_trim",), [("malloc_trim", 0)]), ((), [])])
def test_a_library_that_cannot_is_left_alone(names, asked, monkeypatch):
    library = Library(*names)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(sys, "platform", "linux")

    one_heap.give_back()

    assert library.asked == asked


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_left_alone(platform, monkeypatch):
    library = Library("malloc_trim")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(sys, "platform", platform)

    one_heap.give_back()

    assert library.asked == []
