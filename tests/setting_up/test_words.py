"""What install and doctor say is complete in both languages."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from xl_retention.setting_up.doctor import OF_A_WORKBOOK, OF_THE_COMPUTER
from xl_retention.setting_up.words import CHECKS, FINDINGS, LINES

HAN = re.compile(r"[\u3400-\u9fff]")
PACKAGE = Path(__file__).parents[2] / "xl_retention"


def texts() -> Iterator[tuple[str, str, str]]:
    for key, both in {**LINES, **CHECKS}.items():
        yield key, *both
    for key, row in FINDINGS.items():
        yield key, *row.found
        yield key, *row.action


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_are_there_and_have_the_same_places_to_fill() -> None:
    for key, english, chinese in texts():
        assert bool(english) == bool(chinese), key
        assert places(english) == places(chinese), key
        assert not HAN.search(english), key
        if " " in re.sub(r"\S*\{\w+\}\S*", "", english).strip():
            assert HAN.search(chinese), key


def test_every_text_is_used() -> None:
    setting_up = (path for path in (PACKAGE / "setting_up").glob("*.py") if path.name != "words.py")
    files = [PACKAGE / "cli" / "set_up.py", *setting_up]
    strings = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {f"undone_{kind}" for kind in ("file", "folder", "conf", "trust", "add-in")}
    made |= {f"{what}_{state}" for what in ("bridge", "toolbar") for state in ("written", "there")}
    states = {row.state for row in FINDINGS.values()}
    assert {key for key in [*LINES, *FINDINGS] if key not in strings | made | states} == set()


def test_every_check_has_a_name() -> None:
    assert set(CHECKS) == {*OF_THE_COMPUTER, *OF_A_WORKBOOK}
