"""The ribbon tab: the buttons of `push_buttons` once more, for a workbook and for the add-in."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, GROUPS, PushButton
from xl_retention.sheets.wording import both

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
LOADED, PRESSED = "RetentionRibbonLoaded", "RetentionRibbonPress"
"""Callbacks in macros/RetentionRibbon.bas."""

BOTH = "both"
"""Language of the add-in, which serves workbooks of either language."""


def ribbon(language: str) -> str:
    """
    The part customUI14.xml, with a group for each occasion; the first button of a group is a large one.

    Args:
        language: `en`, `zh`, or `BOTH`.
    """
    groups = {**GROUPS, "group_setup": (*GROUPS["group_setup"], *(ADD_IN_BUTTONS if language == BOTH else ()))}
    drawn = "".join(_group(key, buttons, language) for key, buttons in groups.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{NAMESPACE}" onLoad="{LOADED}"><ribbon><tabs>'
        f'<tab id="RetentionTab" label={_words("start_title", language)}>{drawn}</tab></tabs></ribbon></customUI>'
    )


def _group(key: str, buttons: Sequence[PushButton], language: str) -> str:
    name = "".join(map(str.title, key.split("_")))
    drawn = "".join(_button(button, place == 0, language) for place, button in enumerate(buttons))
    return f'<group id="Retention{name}" label={_words(key, language)}>{drawn}</group>'


def _button(button: PushButton, large: bool, language: str) -> str:
    said = _words(f"button_{button.name}", language)
    return (
        f'<button id="{button.macro}" tag="{button.name}" size="{"large" if large else "normal"}" '
        f'imageMso="{button.icon}" label={said} screentip={said} '
        f'supertip={_words(f"tip_{button.name}", language)} onAction="{PRESSED}"/>'
    )


def _words(key: str, language: str) -> str:
    """A text as the value of an attribute."""
    english, chinese = both(key)
    return quoteattr({"en": english, "zh": chinese}.get(language, f"{english} {chinese}"))
