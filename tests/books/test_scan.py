"""The fast scan against the careful one: equal wherever the fast one does not pass."""

from __future__ import annotations

import datetime as dt
import struct
from xml.sax.saxutils import escape

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xl_retention.books import scan as scanning
from xl_retention.books.careful_scan import careful_scan
from xl_retention.books.cell_values import CellRules, MissingText
from xl_retention.books.found_cells import found_cells
from xl_retention.books.gathering import Gathering, TooSpread
from xl_retention.books.number_formats import Shown, shown
from xl_retention.books.scan import scan
from xl_retention.books.shared_strings import parsed_texts, plain_texts
from xl_retention.books.spelling import Irregular
from xl_retention.books.texts import Texts

SHARED = ["Customer", "", "沪A12345", "a & b"]
STYLES = [Shown.AS_NUMBER, Shown.AS_DAY, Shown.WITH_CLOCK, Shown.AS_NUMBER]
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="2" width="9"/></cols><sheetData>'
)
TAIL = '</sheetData><rowBreaks count="1"><brk id="3"/></rowBreaks></worksheet>'


def read(how, rows_xml, *, columns=None, size=1 << 16, head=HEAD, tail=TAIL, rows=None, date1904=False):
    """The grid, and the texts are looked up so that two ways of reading can be compared."""
    xml = (head + rows_xml + tail).encode()
    texts = Texts(list(SHARED))
    rules = CellRules(STYLES, texts)
    into = Gathering(texts, date1904, columns)
    pieces = (xml[place : place + size] for place in range(0, len(xml), size))
    if how == "fast":
        scan(found_cells(pieces, columns), rules, texts, into, rows)
    else:
        careful_scan(pieces, rules, into, columns, rows)
    return into.grid(rows)


def same(rows_xml, **options):
    """All ways of reading, which must agree to the last bit; the fast one must not pass."""
    fast, careful = read("fast", rows_xml, **options), read("careful", rows_xml, **options)
    assert_equal(fast, careful)
    # Column by column, as cells are read where a block holds many of each column.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "_ENOUGH", 0)
        assert_equal(read("fast", rows_xml, **options), careful)
    return fast


def assert_equal(fast, careful):
    assert (fast.height, fast.width) == (careful.height, careful.width)
    for mine, other in zip(fast.columns, careful.columns, strict=True):
        assert mine.kind.tolist() == other.kind.tolist()
        assert mine.number.astype(float).tobytes() == other.number.astype(float).tobytes()
        assert [mine.texts[place] if place >= 0 else None for place in mine.text] == [
            other.texts[place] if place >= 0 else None for place in other.text
        ]


def row(number, *cells):
    return f'<row r="{number}" spans="1:3">{"".join(cells)}</row>'


def test_the_usual_shapes_of_a_cell():
    grid = same(
        row(
            1,
            '<c r="A1" t="s"><v>0</v></c>',
            '<c r="B1" s="1"><v>45418</v></c>',
            '<c r="C1" s="2"><v>45418.645138888889</v></c>',
            '<c r="D1"><v>12</v></c>',
            '<c r="E1" s="3" t="b"><v>1</v></c>',
            '<c r="F1" t="e"><v>#N/A</v></c>',
            '<c r="G1" s="2"><v>0.5</v></c>',
            '<c r="H1" t="str"><f>A1&amp;"x"</f><v>Customerx</v></c>',
            '<c r="I1" s="3"><f>A1*2</f><v>-1.25</v></c>',
            '<c r="J1" t="inlineStr"><is><t xml:space="preserve"> in &lt;line&gt; </t></is></c>',
            '<c r="K1" t="d"><v>2024-05-06T07:08:09</v></c>',
            '<c r="L1" t="s" s="1"><v>2</v></c>',
            '<c r="M1" t="n"><v>7</v></c>',
        )
    )
    assert grid.rows() == [
        [
            "Customer",
            dt.datetime(2024, 5, 6),
            dt.datetime(2024, 5, 6, 15, 29),
            12,
            True,
            "#N/A",
            dt.time(12),
            "Customerx",
            -1.25,
            " in <line> ",
            dt.datetime(2024, 5, 6, 7, 8, 9),
            "沪A12345",
            7,
        ]
    ]


def test_formatted_but_empty_cells_and_rows_do_not_count():
    """
    A dimension that lies, styled blanks and a shared text of length nothing leave no trace.
    """
    grid = same(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="3"/></row><row r="2"/>'
        + row(3, '<c r="A3" s="1"/>', '<c r="Z3" t="s"><v>1</v></c>')
        + '<row r="9" ht="20" customHeight="1"/><row r="1048576"><c r="A1048576" s="1"></c></row>'
    )
    assert grid.rows() == [[1]]


def test_columns_of_one_two_and_three_letters():
    cells = "".join(
        f'<c r="{name}7"><v>1</v></c>' for name in ("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD")
    )
    grid = same(f'<row r="7">{cells}</row>')
    used = [place for place, column in enumerate(grid.columns) if column.kind[6]]
    assert used == [0, 25, 26, 51, 52, 701, 702, 16383]


NUMBERS = [
    "0", "-0", "1", "12345678", "123456789", "1234567890123456", "12345678901234567", "99999999999999999999",
    "1.5", "-1.5", "0.1", "1234.56", "123456.78", "1234567.8", "12345678.9", "123456789.01",
    "0.30000000000000004", "-0.1234567890123", "45418.645138888889", "1E-3", "1.5E+300",
    "4.9406564584124654E-324", "1e5", "100.", ".5",
    "-12345678", "-123456789012345", "9007199254740993", "0000012", "9999999.99999999", "123.4567890123456",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_those_that_float_reads(text):
    grid = same(row(1, f'<c r="A1"><v>{text}</v></c>'))
    assert struct.pack("d", grid.columns[0].number[0]) == struct.pack("d", float(text))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20), st.integers(0, 17)
)
def test_any_number_is_read_exactly(numbers, places):
    texts = [f"{number:.{places}f}" if abs(number) < 1e12 else repr(number) for number in numbers]
    grid = same(
        "".join(row(place + 1, f'<c r="A{place + 1}"><v>{text}</v></c>') for place, text in enumerate(texts))
    )
    assert grid.columns[0].number.tobytes() == np.array([float(text) for text in texts]).tobytes()


@pytest.mark.parametrize(
    "text", ["1.2.3", "--1", "1-", ".", "-", "1,5", "nan", "inf", "1_000", "0x1", "½", "12 3"]
)
def test_what_is_no_number_stays_text(text):
    """
    Nothing that stands in the file is lost, and nothing is guessed from it.
    """
    assert same(row(1, f'<c r="A1"><v>{text}</v></c>')).rows() == [[text]]


IRREGULAR = {
    "cells without an address": "<row r='1'><c><v>1</v></c><c><v>2</v></c></row>",
    "rows without a number": '<row><c r="A1"><v>1</v></c></row><row><c r="A2"><v>2</v></c></row>',
    "nothing has an address": "<row><c><v>1</v></c><c t='s'><v>0</v></c></row><row><c><v>3</v></c></row>",
    "style before address": row(1, '<c s="1" r="A1"><v>45418</v></c>'),
    "single quotes": "<row r='1'><c r='A1' t='s'><v>0</v></c></row>",
    "a comment with a cell": row(1, '<c r="A1"><v>1</v></c><!-- <c r="B1"><v>2</v></c> -->'),
    "a comment in a number": row(1, '<c r="A1"><v>1<!-- 5 -->2</v></c>'),
    "character data": row(1, '<c r="A1" t="str"><v><![CDATA[<v>]]></v></c>'),
    "line breaks between": '\n<row r="1">\n  <c r="A1">\n <v>1</v>\n</c>\n</row>\n',
    "cells out of order": row(1, '<c r="B1"><v>2</v></c>', '<c r="A1"><v>1</v></c>'),
    "rows out of order": row(2, '<c r="A2"><v>2</v></c>') + row(1, '<c r="A1"><v>1</v></c>'),
    "a cell twice": row(1, '<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>'),
    "a cell of another row": row(1, '<c r="A2"><v>1</v></c>'),
    "small letters": row(1, '<c r="a1"><v>1</v></c>'),
    "blanks in the tag": row(1, '<c  r="A1" ><v>1</v></c >'),
    "a wrong flag": row(1, '<c r="A1" t="b"><v>2</v></c>'),
    "an extension": row(1, '<c r="A1"><v>1</v><extLst><ext uri="x"/></extLst></c>'),
    "a rich text in the cell": row(
        1, '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>'
    ),
    "a processing instruction": row(1, '<c r="A1"><v>1</v></c><?hidden <c r="B1"><v>2</v></c>?>'),
}  # fmt: skip


@pytest.mark.parametrize("rows_xml", IRREGULAR.values(), ids=IRREGULAR.keys())
def test_what_the_fast_scan_does_not_know_it_leaves_to_the_careful_one(rows_xml):
    with pytest.raises(Irregular):
        read("fast", rows_xml)
    assert read("careful", rows_xml).height > 0


def test_cells_without_addresses_follow_each_other():
    rows = read("careful", IRREGULAR["nothing has an address"]).rows()
    assert rows == [[1, "Customer"], [3, None]]


def test_of_two_cells_at_one_place_the_later_counts():
    assert read("careful", IRREGULAR["a cell twice"]).rows() == [[2]]


def prefixed(xml):
    xml = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    return xml.replace("xmlns=", "xmlns:x=")


PREFIXED_HEAD, PREFIXED_TAIL = prefixed(HEAD), prefixed(TAIL)


def test_prefixed_names():
    """
    Exports of some dealer systems bear a prefix before every name.
    """
    options = {"head": PREFIXED_HEAD, "tail": PREFIXED_TAIL, "size": 100}
    sheet = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="inlineStr"><is><t>no</t></is></c>'
        f'<c r="C{n}" s="1"><f>A1</f><v>45418</v></c><c r="D{n}" s="3"/></row>'
        for n in range(1, 9)
    )
    assert same(prefixed(sheet), **options).rows() == [["Customer", "no", dt.datetime(2024, 5, 6)]] * 8


@pytest.mark.parametrize(
    "rows_xml",
    [
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><c r="B1"><v>2</v></c></x:row>',
        '<x:row r="1"><x:c t="s" r="B1"><x:v>0</x:v></x:c></x:row>',
    ],
)
def test_prefixes_of_another_kind_are_left_to_the_careful_scan(rows_xml):
    with pytest.raises(Irregular):
        read("fast", rows_xml, head=PREFIXED_HEAD, tail=PREFIXED_TAIL)
    assert read("careful", rows_xml, head=PREFIXED_HEAD, tail=PREFIXED_TAIL).width == 2


def test_the_main_namespace_under_two_names_is_left_to_the_careful_scan():
    twice = HEAD.replace("<worksheet ", '<worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" ')
    with pytest.raises(Irregular):
        read("fast", row(1, '<c r="A1"><v>1</v></c>'), head=twice)


@pytest.mark.parametrize("place", ["4", "-1", "0.5", "1e999", "-1e999"])
def test_a_missing_shared_text_is_said(place):
    cell = row(1, f'<c r="A1" t="s"><v>{place}</v></c>')
    with pytest.raises(Irregular):
        read("fast", cell)
    with pytest.raises(MissingText):
        read("careful", cell)


def test_a_lone_cell_far_away_takes_no_memory_or_is_refused():
    corner = row(1048576, '<c r="XFD1048576"><v>1</v></c>')
    with pytest.raises(TooSpread):
        read("fast", corner)
    right = same(row(1, '<c r="A1"><v>1</v></c>', '<c r="XFD1"><v>2</v></c>'))
    assert (right.height, right.width) == (1, 16384)
    below = same(row(1, '<c r="A1"><v>1</v></c>') + row(1048576, '<c r="B1048576"><v>2</v></c>'))
    assert below.columns[1].value(1048575) == 2


def test_cells_on_a_diagonal():
    """
    A block whose cells share neither row nor column goes another way through the gathering.
    """
    letters = [a + b for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    grid = same(
        "".join(
            row(place + 1, f'<c r="{name}{place + 1}"><v>{place}</v></c>')
            for place, name in enumerate(letters)
        )
    )
    assert [grid.columns[place + 26].number[place] for place in range(676)] == list(range(676))


def test_only_the_columns_asked_for():
    sheet = "".join(
        row(
            n,
            f'<c r="A{n}"><v>{n}</v></c>',
            f'<c r="B{n}" t="s"><v>0</v></c>',
            f'<c r="C{n}"><v>{n}.5</v></c>',
        )
        for n in range(1, 50)
    ) + row(60, '<c r="A60"><v>1</v></c>')
    grid = same(sheet, columns=[2, 5])
    assert (grid.height, grid.width) == (49, 6)
    assert [column.kind.any() for column in grid.columns] == [False, False, True, False, False, False]
    assert grid.columns[2].value(48) == 49.5


def test_only_the_first_rows():
    sheet = "".join(row(n, f'<c r="A{n}"><v>{n}</v></c>') for n in range(1, 500))
    assert [line[0] for line in same(sheet, rows=5).rows()] == [1, 2, 3, 4, 5]
    assert same(sheet, rows=5, size=300).height == 5


@pytest.mark.parametrize("place", ["-1", "0.5", "4", "123456789"])
def test_a_shared_text_that_is_not_there_is_passed_on(place, monkeypatch):
    rows = "".join(row(n, f'<c r="A{n}" t="s"><v>{place if n == 7 else 0}</v></c>') for n in range(1, 100))
    for enough in (0, 64):
        monkeypatch.setattr(scanning, "_ENOUGH", enough)
        with pytest.raises(Irregular):
            read("fast", rows)


UNLIKE = [
    '<c r="B{n}"/>', '<c r="B{n}" s="1"/>', '<c r="B{n}" s="1"><v>45418</v></c>', '<c r="B{n}" t="s"><v>0</v></c>',
    '<c r="B{n}" t="s"><v>1</v></c>', '<c r="B{n}"><v>1.5</v></c>', '<c r="B{n}"><v>0.30000000000000004</v></c>',
    '<c r="B{n}"><v>-12</v></c>', '<c r="B{n}"><v></v></c>', '<c r="B{n}"><v> 1</v></c>', '<c r="B{n}" ><v>1</v></c>',
    '<c r="B{n}"><f>A1</f><v>1</v></c>', '<c r="B{n}" t="str"><v>x</v></c>', '<c r="B{n}"><is><t>x</t></is></c>', "",
]  # fmt: skip


@pytest.mark.parametrize("unlike", UNLIKE)
def test_a_cell_unlike_the_others_of_its_column(unlike):
    """
    First, last or between them; the other columns are not touched by it.
    """
    for odd in (10, 50, 98):
        sheet = "".join(
            row(
                n,
                f'<c r="A{n}" t="s"><v>0</v></c>',
                unlike.format(n=n) if n == odd else f'<c r="B{n}"><v>{n}</v></c>',
                f'<c r="ABC{n}" s="2"><v>{n}.25</v></c>',
            )
            for n in range(10, 99)
        )
        same(sheet)


@pytest.mark.parametrize(
    "broken", ['<c r="B50"><v>5</v></c><v>5</v>', '<c r="B51"><v>5</v></c>', '<c s="B50"><v>5</v></c>']
)
def test_a_broken_cell_in_a_column_is_passed_on(broken, monkeypatch):
    sheet = "".join(row(n, broken if n == 50 else f'<c r="B{n}"><v>{n}</v></c>') for n in range(10, 99))
    monkeypatch.setattr(scanning, "_ENOUGH", 0)
    with pytest.raises(Irregular):
        read("fast", sheet)


CELLS = st.one_of(
    st.none(),
    st.integers(0, 3).map(lambda place: ("s", str(place))),
    st.integers(-(10**9), 10**9).map(lambda number: ("", str(number))),
    st.floats(0, 60000).map(lambda number: ("", repr(number))),
    st.decimals(-99999, 99999, places=2).map(lambda number: ("", str(number))),
    st.booleans().map(lambda flag: ("b", str(int(flag)))),
    st.sampled_from([("e", "#DIV/0!"), ("str", "a&b"), ("str", ""), ("inlineStr", "x<y"), ("inlineStr", "")]),
    st.just(("blank", "")),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5).map(
        lambda text: ("str", text)
    ),
)


def cell_xml(column, number, cell, style, formula):
    head = f'<c r="{column}{number}"' + (f' s="{style}"' if style is not None else "")
    kind, text = cell
    text = escape(text).replace("\ufffe", "").replace("\uffff", "")
    if kind == "blank":
        return head + "/>"
    head += f' t="{kind}">' if kind else ">"
    if kind == "inlineStr":
        return f"{head}<is><t>{text}</t></is></c>"
    return f"{head}{'<f>A1+1</f>' if formula else ''}<v>{text}</v></c>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(st.tuples(CELLS, st.sampled_from([None, 0, 1, 2, 3]), st.booleans()), max_size=6),
        max_size=12,
    ),
    st.integers(1, 300),
    st.integers(1, 3),
    st.sampled_from([None, [0], [1, 3]]),
    st.booleans(),
)
def test_both_ways_agree_on_any_sheet(rows, size, step, columns, date1904):
    names = ["A", "B", "Z", "AA", "ZZ", "AAA"]
    xml = ""
    for place, cells in enumerate(rows):
        number = 8 + place * step
        xml += row(
            number,
            *(
                cell_xml(names[column], number, cell, style, formula)
                for column, (cell, style, formula) in enumerate(cells)
                if cell is not None
            ),
        )
    same(xml, size=size, columns=columns, date1904=date1904)


SHAPES = {
    "shared text": '<c r="{c}{n}" t="s"><v>0</v></c>',
    "another style": '<c r="{c}{n}" s="12" t="s"><v>2</v></c>',
    "number": '<c r="{c}{n}"><v>{n}.5</v></c>',
    "day, type first": '<c r="{c}{n}" t="n" s="1"><v>4541{d}</v></c>',
    "nothing": '<c r="{c}{n}" s="3"/>',
    "text of a cell": '<c r="{c}{n}" t="inlineStr"><is><t>VIN {n}</t></is></c>',
    "one text of a cell": '<c r="{c}{n}" s="3" t="inlineStr"><is><t>是 &amp; 否</t></is></c>',
    "long text of a cell": '<c r="{c}{n}" t="inlineStr"><is><t>{d} of a text of more than 24 bytes</t></is></c>',
    "text with blanks kept": '<c r="{c}{n}" s="3" t="inlineStr"><is><t xml:space="preserve"> {d}</t></is></c>',
    "no letter in a cell": '<c r="{c}{n}" t="inlineStr"><is><t></t></is></c>',
    "text as a value": '<c r="{c}{n}" t="str"><v>{d}_x000D_</v></c>',
    "no letter as a value": '<c r="{c}{n}" t="str"><v></v></c>',
    "runs": '<c r="{c}{n}" t="inlineStr"><is><r><t>{d}</t></r></is></c>',
    "text of no kind": '<c r="{c}{n}"><is><t>{d}</t></is></c>',
    "text of two": '<c r="{c}{n}" t="inlineStr"><is><t>{d}</t><t>{n}</t></is></c>',
    "computed": '<c r="{c}{n}" t="str"><f>A{n}</f><v>x</v></c>',
}


LEFT_TO_THE_CAREFUL = {"runs", "text of two"}


@settings(max_examples=100, deadline=None)
@given(
    shapes=st.lists(st.lists(st.sampled_from(sorted(SHAPES)), min_size=1, max_size=6), min_size=1, max_size=4),
    start=st.sampled_from([1, 5, 95, 9_990]),
    order=st.randoms(use_true_random=False),
    columns=st.sampled_from([None, [0], [27, 0]]),
)
def test_columns_of_a_few_shapes(shapes, start, order, columns):
    """As in a table of two colours, with gaps, and with the heading above."""
    names = ["A", "B", "AB", "ABC"]
    xml = "".join(
        row(n, *(SHAPES[order.choice(some)].format(c=names[place], n=n, d=n % 3) for place, some in enumerate(shapes)))
        for n in range(start, start + 20)
    )
    try:
        same(xml, columns=columns)
    except Irregular:
        assert any(LEFT_TO_THE_CAREFUL & {*some} for some in shapes)


@pytest.mark.parametrize("enough", [0, 64])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_sheet_is_never_read_differently(enough, data):
    """
    One byte changed, dropped or doubled anywhere: the fast way agrees, or passes.
    """
    good = "".join(
        row(
            n,
            f'<c r="A{n}" s="1"><v>4541{n % 10}</v></c>',
            f'<c r="AB{n}" t="s"><v>0</v></c>',
            f'<c r="AC{n}" s="3"><f>A{n}</f><v>1.5</v></c>',
            f'<c r="AD{n}" s="3"/>',
            f'<c r="AE{n}" t="inlineStr"><is><t>in {n}</t></is></c>',
            f'<c r="AF{n}" s="1" t="inlineStr"><is><t xml:space="preserve"> in</t></is></c>',
            f'<c r="AG{n}" t="str"><f>1</f><v>so</v></c>',
            f'<c r="AH{n}" t="e"><v>#N/A</v></c>',
            f'<c r="AI{n}" t="str"><v>as it is</v></c>',
        )
        for n in range(9, 12)
    )
    place = data.draw(st.integers(0, len(good) - 1))
    new = data.draw(
        st.sampled_from(['"', "<", ">", "/", " ", "1", "A", "s", "c", "", good[place] * 2, "!", "&", "."])
    )
    broken = good[:place] + new + good[place + 1 :]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scanning, "_ENOUGH", enough)
            fast = read("fast", broken)
    except (Irregular, TooSpread, MissingText):
        return
    try:
        careful = read("careful", broken)
    except Exception:
        # What no parser accepts: only the fast way has an opinion, on what it passes over.
        assert fast.height <= 12
        return
    assert_equal(fast, careful)


FORMATS = {
    "yyyy-mm-dd": Shown.AS_DAY,
    'yyyy"年"m"月"d"日"': Shown.AS_DAY,
    "[$-409]d/mmm/yy;@": Shown.AS_DAY,
    "mmm\\-yy": Shown.AS_DAY,
    "yyyy/m/d h:mm": Shown.WITH_CLOCK,
    "[h]:mm:ss": Shown.WITH_CLOCK,
    "[mm]:ss": Shown.WITH_CLOCK,
    "h:mm AM/PM": Shown.WITH_CLOCK,
    "General": Shown.AS_NUMBER,
    "0.00": Shown.AS_NUMBER,
    '0" days"': Shown.AS_NUMBER,
    "#,##0.00_);[Red](#,##0.00)": Shown.AS_NUMBER,
    "0.00E+00": Shown.AS_NUMBER,
    "[$USD] #,##0": Shown.AS_NUMBER,
    '"[h]"0': Shown.AS_NUMBER,
    "0\\d": Shown.AS_NUMBER,
    "@": Shown.AS_NUMBER,
    "": Shown.AS_NUMBER,
}


@pytest.mark.parametrize(("code", "wanted"), FORMATS.items())
def test_which_formats_show_a_date(code, wanted):
    assert shown(code) == wanted


ITEMS = {
    "<si><t>plain</t></si>": "plain",
    '<si><t xml:space="preserve"> kept </t></si>': " kept ",
    "<si><t>a &amp; b &lt;c&gt; &#20013;&#x6587;</t></si>": "a & b <c> 中文",
    "<si><r><t>ri</t></r><r><rPr><b/><sz val=\"9\"/></rPr><t xml:space='preserve'>ch </t></r></si>": "rich ",
    '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>': "課",
    "<si><t>a_x000D_b_x005F_x000D_c</t></si>": "a\rb_x000D_c",
    "<si><t>_xD83D__xDE00_</t></si>": "😀",
    "<si><t>line\r\nbreak</t></si>": "line\nbreak",
    '<si><r><rPr><sz val="11"/><rFont val="Noto Sans CJK SC"/></rPr><t xml:space="preserve">沪</t></r>'
    '<r><rPr><sz val="11"/></rPr><t xml:space="preserve">A0</t></r></si>': "沪A0",
    '<si><t>张三</t><phoneticPr fontId="1" type="noConversion"/></si>': "张三",
    '<si><t/><phoneticPr fontId="1" type="noConversion"/></si>': "",
    '<si><r><t>李</t></r><r><rPr><b/></rPr><t>四</t></r><phoneticPr fontId="2"/></si>': "李四",
    "<si><r><rPr><t>no</t></rPr><t>no font</t></r></si>": "nono font",
    "<si><t/></si>": "",
    "<si/>": "",
    "<si></si>": "",
}
SST = '<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def in_pieces(xml, size):
    raw = xml.encode()
    return [raw[place : place + size] for place in range(0, len(raw), size)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(ITEMS)), max_size=12), st.integers(1, 400))
def test_shared_texts(items, size):
    xml = SST + "".join(items) + "</sst>"
    wanted = [ITEMS[item] for item in items]
    assert plain_texts(in_pieces(xml, size)) == wanted
    assert parsed_texts(in_pieces(xml, size)) == wanted
    assert plain_texts(in_pieces(prefixed(xml), size)) == wanted


@pytest.mark.parametrize(
    "item",
    [
        "<si><t><![CDATA[a<b]]></t></si>",
        "<si><!-- <t>no</t> --><t>a&lt;b</t></si>",
        "<x:si xmlns:x='urn:x'><x:t>a&lt;b</x:t></x:si>",
        "<si ><t >a&lt;b</t ></si >",
    ],
)
def test_unusual_shared_texts_are_parsed(item):
    with pytest.raises(Irregular):
        plain_texts(in_pieces(SST + item + "</sst>", 1000))
    assert parsed_texts(in_pieces(SST + item + "</sst>", 1000)) == ["a<b"]
