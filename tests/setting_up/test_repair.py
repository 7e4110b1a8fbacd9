"""What a repair writes; that LibreOffice then has the buttons again is in tests/office/test_repair.py."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.setting_up.button_books import (
    CODE,
    MODULES,
    OTHER_CODE,
    RIBBON,
    SHEETS,
    button_book,
    edit,
    parts,
    saved_by_libreoffice,
    saved_twice,
)
from xl_retention import __version__
from xl_retention.errors import BookRefused
from xl_retention.setting_up import macro_modules
from xl_retention.setting_up.form_buttons import buttons_of
from xl_retention.setting_up.opened_book import OpenedBook, made_by
from xl_retention.setting_up.repair import Repaired, repair

START = "xl/drawings/vmlDrawing1.vml"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "shipped").mkdir()
    return button_book(tmp_path / "shipped" / "Retention.xlsm", ribbon=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Store.xlsm"


def macros(path: Path) -> dict[str, list[str]]:
    return {
        name: [button.macro for button in sheet.found]
        for name, sheet in buttons_of(OpenedBook(path)).items()
        if sheet.found
    }


WIRED = {
    "start": ["[0]!GenerateTodaysCalls", "[0]!CheckData"],
    "today's calls": ["[0]!GenerateTodaysCalls"],
}


def test_a_whole_workbook_is_not_touched(path: Path, model: Path) -> None:
    before = button_book(path, ribbon=True).read_bytes()

    assert repair(path, known=[model]) == Repaired(0, 0, False, (), None)
    assert path.read_bytes() == before
    assert list(path.parent.glob("*backup*")) == []


@pytest.mark.parametrize("macros_named", [True, False], ids=["named otherwise", "not named"])
def test_lost_buttons_are_wired_by_macro_or_caption(path: Path, model: Path, macros_named: bool) -> None:
    saved_by_libreoffice(button_book(path), macros_named=macros_named)
    repaired = repair(path, known=[model])

    assert repaired.buttons == 3
    assert macros(path) == WIRED
    assert all(button.is_wired for sheet in buttons_of(OpenedBook(path)).values() for button in sheet.found)


def test_captions_of_the_chinese_workbook_are_known(path: Path) -> None:
    from xl_retention.sheets.wording import both

    captions = [both(f"button_{name}")[1] for name in ("generate_calls", "check_data")]
    sheets = {"开始": [("A", captions[0]), ("B", captions[1])]}
    saved_by_libreoffice(button_book(path, sheets), macros_named=False)
    repair(path, known=[])

    assert macros(path) == {"开始": ["[0]!GenerateTodaysCalls", "[0]!CheckData"]}


def test_everything_else_stays_byte_for_byte_and_the_old_file_is_kept(path: Path, model: Path) -> None:
    broken = saved_by_libreoffice(button_book(path, ribbon=True, note=True))
    edit(broken, edits={}, added={"customUI/customUI14.xml": RIBBON})
    before, old = parts(path), path.read_bytes()
    repaired = repair(path, known=[], clock=lambda: dt.datetime(2026, 11, 21, 8, 30))
    after = parts(path)

    assert {name for name in after if before.get(name) != after[name]} == {START, "xl/drawings/vmlDrawing3.vml"}
    assert list(before) == list(after)
    assert repaired.backup == path.with_name("Store.backup-20261121-083000.xlsm")
    assert repaired.backup.read_bytes() == old


def test_a_second_repair_finds_nothing(path: Path, model: Path) -> None:
    saved_by_libreoffice(button_book(path))
    repair(path, known=[model])

    assert repair(path, known=[model]).backup is None


@pytest.mark.parametrize("note", [True, False], ids=["beside a note", "without a drawing"])
def test_buttons_that_are_gone_are_taken_from_the_workbook_of_the_package(
    path: Path, model: Path, note: bool
) -> None:
    saved_twice(button_book(path, note=note))
    if not note:  # the sheet then has no drawing at all
        drop = r"xl/(drawings/vmlDrawing\d+\.vml|worksheets/_rels/.*)"
        legacy = rb'<legacyDrawing r:id="rId\d"/>'
        import re

        edit(path, edits={drop: lambda data: None, r"xl/worksheets/sheet\d\.xml": lambda d: re.sub(legacy, b"", d)})
    assert macros(path) == {}
    assert repair(path, known=[model]).buttons == 3

    assert macros(path) == WIRED
    assert repair(path, known=[model]).backup is None
    import openpyxl

    openpyxl.load_workbook(path, keep_vba=True).close()


def test_some_lost_and_some_gone_are_both_put_back(path: Path, model: Path) -> None:
    saved_by_libreoffice(button_book(path, {**SHEETS, "Start": SHEETS["Start"][:1]}))
    assert repair(path, known=[model]).buttons == 3

    assert macros(path) == WIRED
    assert all(button.is_wired for sheet in buttons_of(OpenedBook(path)).values() for button in sheet.found)


def test_a_button_of_the_store_s_own_is_wired_by_its_macro_or_told(path: Path, model: Path) -> None:
    sheets = {"Start": [*SHEETS["Start"], ("PrintLabels", "Labels")]}
    saved_by_libreoffice(button_book(path, sheets))
    edit(path, edits={START: lambda d: d.replace(b"RetentionButtons.PrintLabels", b"Labels.PrintLabels")})
    assert repair(path, known=[model]).not_ours == 0
    assert macros(path)["start"][-1] == "[0]!PrintLabels"

    saved_by_libreoffice(button_book(path, sheets), macros_named=False)
    assert repair(path, known=[model]).not_ours == 1


def test_a_caption_that_libreoffice_wrote_as_no_xml_is_understood(path: Path, model: Path) -> None:
    saved_by_libreoffice(button_book(path, {"Start": [("GenerateTodaysCalls", "Calls & more")]}))
    edit(path, edits={START: lambda data: data.replace(b"&amp;", b"&")})
    repair(path, known=[])

    assert macros(path) == {"start": ["[0]!GenerateTodaysCalls"]}
    assert b"Calls &amp; more</font>" in parts(path)[START]


def test_drawings_of_excel_that_are_no_xml_are_left_alone(path: Path) -> None:
    button_book(path)
    edit(path, edits={START: lambda data: data.replace(b"</font>", b"<br></font>")})
    assert repair(path, known=[]).backup is None


def test_the_macros_know_their_workbook_again(path: Path, model: Path) -> None:
    import re

    nameless = re.compile(rb' codeName="\w+"')
    saved_by_libreoffice(button_book(path))
    edit(path, edits={r"xl/(workbook|worksheets/sheet\d)\.xml": lambda data: nameless.sub(b"", data)})
    repair(path, known=[model])

    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"):
        assert nameless.findall(parts(path)[part]) == nameless.findall(parts(model)[part]) != []


@pytest.mark.parametrize("modules", [{**MODULES, "RetentionButtons": "' older\n"}, {"Labels": OTHER_CODE}])
def test_older_or_missing_macros_of_ours_are_renewed_and_others_stay(
    path: Path, model: Path, modules: dict[str, str]
) -> None:
    button_book(path, modules=modules)
    repaired = repair(path, known=[model])

    assert repaired.modules == ("RetentionButtons",)
    assert macro_modules.modules(path) == {"RetentionButtons": CODE.strip()}
    from pyopenvba import ExcelFile

    with ExcelFile(path) as file:
        assert "PrintLabels" in file.get_module("Labels")


def test_macros_locked_with_a_password_are_refused(path: Path, model: Path) -> None:
    from xlwings import __file__ as xlwings_init

    locked = parts(Path(xlwings_init).parent / "addin" / "xlwings.xlam")["xl/vbaProject.bin"]
    button_book(path)
    before = edit(path, edits={"xl/vbaProject.bin": lambda data: locked}).read_bytes()
    with pytest.raises(BookRefused, match=r"Store\.xlsm are locked with a password"):
        repair(path, known=[model])
    assert path.read_bytes() == before


def test_a_lost_or_older_ribbon_tab_is_renewed(path: Path, model: Path) -> None:
    button_book(path)
    assert repair(path, known=[model]).ribbon
    assert parts(path)["customUI/customUI14.xml"] == RIBBON
    edit(path, edits={"customUI/.*": lambda data: b"<customUI/>"})
    assert repair(path, known=[model]).ribbon
    assert parts(path)["customUI/customUI14.xml"] == RIBBON
    assert not repair(path, known=[model]).ribbon


def test_a_repaired_workbook_bears_the_version_of_the_package(path: Path, model: Path) -> None:
    button_book(path, version="0.0.1")
    repair(path, known=[model])
    assert made_by(OpenedBook(path)) == __version__


def test_a_workbook_without_macros_gets_none(path: Path, model: Path) -> None:
    plain = button_book(path.with_suffix(".xlsx"), {"Start": [], "Customers": []}, modules={})
    assert repair(plain, known=[model]) == Repaired(0, 0, False, (), None)


def test_an_open_workbook_is_refused(path: Path, model: Path) -> None:
    before = saved_by_libreoffice(button_book(path)).read_bytes()
    path.with_name(f".~lock.{path.name}#").write_text(",Kim,vm,21.11.2026 08:30;")
    with pytest.raises(BookRefused, match="open in LibreOffice"):
        repair(path, known=[model])
    assert path.read_bytes() == before


def test_what_is_no_workbook_is_refused(path: Path) -> None:
    path.write_text("no workbook")
    with pytest.raises(BookRefused, match="text file"):
        repair(path)
    with pytest.raises(BookRefused, match="is not there"):
        repair(path.with_name("none.xlsm"))
