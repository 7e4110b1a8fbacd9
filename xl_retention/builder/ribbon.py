"""The ribbon tab: the buttons of `push_buttons` once more, for a workbook and for the add-in."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS
from xl_retention.sheets.wording import both

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
LOADED, PRESSED = "RetentionRibbonLoaded", "RetentionRibbonPress"
"""Callbacks in macros/RetentionRibbon.bas."""

BOTH = "both"
"""Language of the add-in, which serves workbooks of either language."""


def ribbon(language: str) -> str:
    """
    The part customUI14.xml.

    Args:
        language: `en`, `zh`, or `BOTH`.
    """
    buttons = "".join(
        f'<button id="{button.macro}" tag="{button.name}" size="large" imageMso="{button.icon}" '
        f"label={_words(f'button_{button.name}', language)} screentip={_words(f'button_{button.name}', language)} "
        f'supertip={_words(f"tip_{button.name}", language)} onAction="{PRESSED}"/>'
        for button in (*BUTTONS, *(ADD_IN_BUTTONS if language == BOTH else ()))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{NAMESPACE}" onLoad="{LOADED}"><ribbon><tabs>'
        f'<tab id="RetentionTab" label={_words("start_title", language)}>'
        f'<group id="RetentionGroup" label={_words("start_title", language)}>{buttons}</group>'
        "</tab></tabs></ribbon></customUI>"
    )


def _words(key: str, language: str) -> str:
    """A text as the value of an attribute."""
    english, chinese = both(key)
    return quoteattr({"en": english, "zh": chinese}.get(language, f"{english} {chinese}"))
