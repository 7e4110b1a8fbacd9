"""What somebody needs who sees little, no colours, or works with the keyboard or a screen reader."""

import re
import zipfile
from pathlib import Path

import pytest

from xl_retention.books.styles import DRAWINGS, MOODS
from xl_retention.builder.workbook import AFTER_TABLES, BEFORE_TABLES
from xl_retention.sheets import start_sheet
from xl_retention.sheets.wording import WORDS, say

READABLE = 4.5
"""Contrast of text that the guidelines for the web (WCAG 2, level AA) ask for."""
SMALL_SHEETS = [small(language) for _, small in (*BEFORE_TABLES, *AFTER_TABLES) for language in ("en", "zh")]
CHINESE_SHEETS = [small("zh") for _, small in (*BEFORE_TABLES, *AFTER_TABLES)]


def brightness(argb: str) -> float:
    """Relative luminance of a colour, as WCAG defines it."""
    parts = [int(argb[place : place + 2], 16) / 255 for place in (2, 4, 6)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour_of(font: str) -> str:
    found = re.search(r'<color rgb="(\w{8})"', font)
    return found[1] if found else "FF000000"


def parts(book: Path, beginning: str) -> list[str]:
    with zipfile.ZipFile(book) as package:
        return [package.read(name).decode() for name in package.namelist() if name.startswith(beginning)]


def test_black_on_white_has_the_highest_contrast_there_is():
    assert contrast("FF000000", "FFFFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("look", DRAWINGS)
def test_every_look_of_a_cell_can_be_read(look):
    drawing = DRAWINGS[look]

    assert contrast(colour_of(drawing.font), drawing.fill or "FFFFFFFF") >= READABLE


@pytest.mark.parametrize("mood", MOODS)
def test_every_row_colour_can_be_read(mood):
    font, fill = MOODS[mood]

    assert contrast(colour_of(font), fill) >= READABLE


@pytest.mark.parametrize("sheet", SMALL_SHEETS, ids=lambda sheet: sheet.name)
def test_no_meaning_by_colour_alone(sheet):
    """
    A row colour goes by what stands in a cell that is printed: whoever does not see the colour reads the cell.
    """
    printed = sheet.layout.printed_columns or len(sheet.layout.columns)
    for colour in sheet.layout.row_colours:
        columns = {ord(letter) - 65 for letter in re.findall(r"\$([A-Z])\$?\d", colour.formula)}
        assert columns, colour.formula
        assert min(columns) < printed, colour.formula


@pytest.mark.parametrize("sheet", CHINESE_SHEETS, ids=lambda sheet: sheet.name)
def test_headings_are_in_the_language_of_the_workbook(sheet):
    headings = [text for text in sheet.rows[sheet.layout.heading_row - 1] if text]

    assert [text for text in headings if str(text).isascii()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_of_a_new_workbook_are_amber_and_their_candidates_not_printed(language):
    """
    A live book gives a sheet that is there no colours: they have to be there from the beginning.
    """
    drawn = next(sheet for sheet in SMALL_SHEETS if sheet.name == say("mapping_sheet", language))

    assert [colour.mood for colour in drawn.layout.row_colours] == ["warning", "bad"]
    assert 0 < drawn.layout.printed_columns < len(drawn.layout.columns)


def test_every_button_says_what_it_does_in_words(book):
    tips = {text for key, texts in WORDS.items() if key.startswith("tip_") for text in texts}
    buttons = [
        shape for part in parts(book, "xl/drawings/vml") for shape in re.findall(r"<v:shape .*?</v:shape>", part)
    ]
    pressed = [shape for shape in buttons if 'ObjectType="Button"' in shape]

    assert len(pressed) > len(list(start_sheet.button_places()))
    for shape in pressed:
        told = re.search(r' alt="([^"]*)"', shape)[1]
        assert told.replace("&apos;", "'").replace("&quot;", '"').replace("&amp;", "&") in tips


def test_every_chart_says_in_words_what_it_shows_and_where_its_numbers_stand(book):
    named = [tag for part in parts(book, "xl/drawings/drawing") for tag in re.findall(r"<xdr:cNvPr [^>]*>", part)]

    assert len(named) >= 5
    for tag in named:
        assert re.search(r' descr="[^"]{2,} \([A-Z]+\d+:[A-Z]+\d+(, [A-Z]+\d+:[A-Z]+\d+)*\)"', tag), tag
