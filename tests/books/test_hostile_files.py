"""Files that are made to harm, or came to harm: each with a sentence of its own, and none is changed."""

from __future__ import annotations

import os
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.books.workbooks import contents, edit, rewrite
from tests.staff_workbooks import make, staff_workbook
from xl_retention import cli
from xl_retention.books import found_cells, gathering, limits, reading, shared_strings
from xl_retention.books.careful_scan import careful_scan
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import BookRefused

BOMB = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return staff_workbook(tmp_path / "Store.xlsx")


def refusal(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says; it exits with 2 and leaves the file and its folder as they were."""
    before, files = path.read_bytes(), sorted(path.parent.iterdir())
    assert cli.run(["today", str(path)]) == cli.COULD_NOT
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, files)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "should not have happened" not in said.err
    return said.err


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml",
        "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels",
    ],
)  # fmt: skip
def test_entities_are_never_resolved(doctype: str, part: str, path: Path, capsys) -> None:
    edit(path, part, lambda xml: doctype + xml.split("?>", 1)[1].replace(">", ">&b;", 1))
    assert "entities" in (said := refusal(path, capsys)) or "damaged inside" in said


@pytest.mark.parametrize("name", ["../../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "xl\\..\\..\\evil.xml"])
def test_names_that_lead_out_of_the_file(name: str, path: Path, capsys) -> None:
    rewrite(path, {**contents(path), name: b"x"})
    assert "leads out of the file" in refusal(path, capsys)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.XML", "xl\\workbook.xml"])
def test_a_part_that_is_there_twice(name: str, path: Path, capsys) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, b"<workbook/>")
    assert "holds a part twice" in refusal(path, capsys)


def _central(raw: bytearray, name: bytes) -> int:
    return raw.rindex(name) - 46


def test_parts_that_lie_over_each_other(path: Path, capsys) -> None:
    """
    The first of two parts is said to reach into the second.
    """
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first, second = sorted(archive.infolist(), key=lambda entry: entry.header_offset)[:2]
    place = _central(raw, first.filename.encode())
    longer = second.header_offset - first.header_offset + 50
    struct.pack_into("<I", raw, place + 20, longer)
    path.write_bytes(bytes(raw))
    said = refusal(path, capsys)
    assert "lie over each other" in said or "damaged" in said


def test_two_parts_at_one_place(path: Path, capsys) -> None:
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first, second = archive.infolist()[:2]
    struct.pack_into("<I", raw, _central(raw, second.filename.encode()) + 42, first.header_offset)
    path.write_bytes(bytes(raw))
    assert "damaged" in refusal(path, capsys)


def test_a_part_that_unpacks_to_far_more_than_it_says(path: Path, capsys) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (1 << 20))
    parts = contents(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    rewrite(
        path, {**parts, "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", b" " * (8 << 20) + b"</sheetData>")}
    )
    raw = bytearray(path.read_bytes())
    place = _central(raw, b"xl/worksheets/sheet1.xml")
    struct.pack_into("<I", raw, place + 24, len(sheet))
    path.write_bytes(bytes(raw))
    assert "damaged" in refusal(path, capsys)


def test_a_bomb_by_its_ratio(path: Path, capsys) -> None:
    """
    Three hundred megabytes of one sign, packed to three hundred kilobytes.
    """
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as part:
        for _ in range(300):
            part.write(b"\0" * (1 << 20))
    assert "would unpack to 300 MB" in refusal(path, capsys)


@pytest.mark.parametrize("encoding", ["GB2312", "Shift_JIS", "utf-7", "no-such-code"])
@pytest.mark.parametrize("part", ["workbook.xml", "styles.xml", "sharedStrings.xml", "worksheets/sheet1.xml"])
def test_a_part_in_an_encoding_that_is_not_read(part: str, encoding: str, path: Path, capsys) -> None:
    edit(path, f"xl/{part}", lambda xml: f'<?xml version="1.0" encoding="{encoding}"?>' + xml.split("?>", 1)[1])
    assert "damaged inside" in refusal(path, capsys)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"])
def test_elements_within_elements_without_end(part: str, path: Path, capsys) -> None:
    deep = limits.DEEPEST * 400

    def nested(xml: str) -> str:
        place = xml.rindex("</")
        return xml[:place] + "<a>" * deep + "</a>" * deep + xml[place:]

    edit(path, part, nested)
    assert "deeper than any office program does" in refusal(path, capsys)


def test_a_row_without_end_is_left_to_the_patient_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each further piece of it would be searched together with all the pieces before."""
    with ClosedBook(path) as book:
        before = book.read("Customers")
    monkeypatch.setattr(found_cells, "_ROW_LIMIT", 100)
    monkeypatch.setattr(reading, "_SMALL_PIECE", 64)
    given_up = []
    monkeypatch.setattr(reading, "careful_scan", lambda *given: given_up.append(1) or careful_scan(*given))

    with ClosedBook(path) as book:
        assert book.read("Customers") == before
    assert given_up


def test_a_text_without_end_is_left_to_the_patient_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ClosedBook(path) as book:
        before = book.read("Customers")
    monkeypatch.setattr(shared_strings, "_ITEM_LIMIT", 100)
    monkeypatch.setattr(reading, "_SMALL_PIECE", 64)
    edit(path, "xl/sharedStrings.xml", lambda xml: xml.replace("</sst>", f"<si><t>{'a' * 500}</t></si></sst>"))
    given_up = []
    patient = shared_strings.parsed_texts
    monkeypatch.setattr(reading, "parsed_texts", lambda pieces: given_up.append(1) or patient(pieces))

    with ClosedBook(path) as book:
        assert book.read("Customers") == before
    assert given_up


def test_elements_within_elements_in_a_sheet_are_passed_over(path: Path) -> None:
    deep = 100_000
    edit(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</worksheet>", f"{'<a>' * deep}{'</a>' * deep}</worksheet>"),
    )
    with ClosedBook(path) as book:
        assert book.read("Customers")[1][0] == "C1"
        with pytest.raises(BookRefused, match="deeper than any office program does"):
            book.put("Customers", 4, 1, [["C3"]])


@pytest.mark.parametrize("place", ["XFE1", "A1048577", "A99999999", "ZZZZ1", "A0", "1A", "A-1"])
def test_cells_outside_of_every_sheet(place: str, path: Path, capsys) -> None:
    edit(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('<c r="A2"', f'<c r="{place}"'))
    assert "damaged inside" in refusal(path, capsys)


def test_a_used_area_that_is_declared_and_not_there_costs_nothing(path: Path) -> None:
    edit(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<dimension ref="A1:D3"', '<dimension ref="A1:XFD1048576"'),
    )
    with ClosedBook(path) as book:
        assert len(book.read("Customers")) == 3


def test_stray_cells_in_the_far_corner(path: Path, capsys) -> None:
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    edit(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", stray))
    assert "stray cell far away" in refusal(path, capsys)


def test_more_cells_than_memory_holds(path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering.limits, "MOST_CELLS", 11)
    assert "more than 11 filled cells" in refusal(path, capsys)


def test_more_texts_than_memory_holds(path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_TEXTS", 100)
    assert "MB of texts" in refusal(path, capsys)


def test_a_count_of_texts_that_is_not_true_costs_nothing(path: Path) -> None:
    edit(path, "xl/sharedStrings.xml", lambda xml: xml.replace('uniqueCount="', 'uniqueCount="99999999999'))
    with ClosedBook(path) as book:
        assert book.read("Customers")[1][0] == "C1"


@pytest.mark.parametrize("kept", [0, 1, 30, 0.25, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off(kept: float, path: Path, capsys) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    assert any(word in refusal(path, capsys) for word in ("empty", "cut off", "not a workbook", "text file", "damaged"))


OTHERS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a picture": (lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a workbook"),
    "a PDF": (lambda data: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20, "not a workbook"),
    "a text": (lambda data: b"Customer,Phone\nAda,13800000001\n" * 20, "text file (such as CSV)"),
    "a web page": (lambda data: b"<html><body><table></table></body></html>", "web page"),
    "an XML workbook": (lambda data: b"<?xml version='1.0'?><Workbook/>", "XML file"),
    "something in front": (lambda data: b"x" * 99 + data, "not a workbook"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_under_a_false_name(name: str, path: Path, capsys) -> None:
    change, said = OTHERS[name]
    path.write_bytes(change(path.read_bytes()))
    heard = refusal(path, capsys)
    assert said in heard or "text file" in heard


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    No other file is opened and no connection made; the link stays as it is.
    """
    path = make("external links", tmp_path / "Store.xlsx")
    (tmp_path / "Prices.xlsx").write_bytes(b"never read")
    opened = []
    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *mode, **more: (opened.append(self.name), real(self, *mode, **more))[1]
    )
    monkeypatch.setattr("socket.socket", None)
    before = contents(path)
    with ClosedBook(path) as book:
        for sheet in book.sheet_names():
            book.read(sheet)
        book.write("Today's Calls", [["a"]])
        book.save()
    assert set(opened) == {"Store.xlsx"}
    after = contents(path)
    assert all(after[part] == data for part, data in before.items() if "external" in part.lower())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys) -> None:
    path = tmp_path / "Store.xlsx"
    os.mkfifo(path)

    assert cli.run(["today", str(path)]) == cli.COULD_NOT
    assert "is a pipe or a device" in capsys.readouterr().err


def test_a_sheet_that_is_the_workbook_itself(path: Path, capsys) -> None:
    loop = 'Target="workbook.xml"'
    edit(path, "xl/_rels/workbook.xml.rels", lambda xml: re.sub('Target="[^"]*sheet1.xml"', loop, xml))
    assert "lacks the contents of the sheet" in refusal(path, capsys)


def test_adopting_a_workbook_without_content_types(path: Path, capsys) -> None:
    parts = contents(path)
    del parts["[Content_Types].xml"]
    rewrite(path, parts)

    assert cli.run(["adopt", str(path), "--out", str(path.with_suffix(".xlsm"))]) == cli.COULD_NOT
    assert "cannot be kept whole" in capsys.readouterr().err
