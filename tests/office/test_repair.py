"""A save in LibreOffice takes the buttons out of a workbook; the repair puts them back, and a click proves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.office.soffice import Office
from tests.setting_up.button_books import SHEETS, button_book, parts
from xl_retention.builder.workbook import build
from xl_retention.setting_up.bridge import NAME, Bridge, script
from xl_retention.setting_up.form_buttons import buttons_of
from xl_retention.setting_up.install import Installation
from xl_retention.setting_up.libreoffice import offices
from xl_retention.setting_up.opened_book import OpenedBook
from xl_retention.setting_up.repair import repair
from xl_retention.setting_up.surroundings import Surroundings


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "shipped").mkdir()
    return button_book(tmp_path / "shipped" / "Retention.xlsm", note=True, ribbon=True)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """As the model, with a button and a macro of the store's own."""
    sheets = {**SHEETS, "Start": [*SHEETS["Start"], ("PrintLabels", "标签 & more")]}
    return button_book(tmp_path / "Store.xlsm", sheets, note=True, ribbon=True)


def saved(office: Office, path: Path, times: int = 1) -> Path:
    for _ in range(times):
        opened = office.open(path)
        opened.save_as(path)
        opened.close()
    return path


def click(office: Office, path: Path, caption: str, address: str) -> str:
    opened = office.open(path)
    opened.click(caption)
    office.wait_for("the macro", lambda: opened.cell("Start", address).String)
    text = str(opened.cell("Start", address).String)
    opened.close()
    return text


def test_libreoffice_loses_the_buttons_on_a_save(office: Office, book: Path) -> None:
    """If this fails, LibreOffice has learnt it, and the repair is no longer needed for its files."""
    saved(office, book)

    assert office.open(book).buttons() == {"Start": [], "Customers": [], "Today's Calls": []}


def test_after_the_repair_a_click_calls_the_macro_again(office: Office, book: Path, model: Path) -> None:
    saved(office, book)
    repaired = repair(book, known=[model])

    assert (repaired.buttons, repaired.not_ours) == (4, 0)
    assert office.open(book).buttons() == {
        "Start": ["Generate today's calls", "Check data", "标签 & more"],
        "Customers": [],
        "Today's Calls": ["Generate today's calls"],
    }
    assert click(office, book, "Check data", "A31") == "checked"
    assert click(office, book, "标签 & more", "A32") == "printed"


def test_buttons_that_a_second_save_took_out_are_put_back(office: Office, book: Path, model: Path) -> None:
    """What was a store's own is gone with that save; only the backup has it."""
    saved(office, book, times=2)
    repaired = repair(book, known=[model])

    assert repaired.buttons == 3
    assert click(office, book, "Generate today's calls", "A30") == "generated"


def test_a_repaired_workbook_can_be_saved_and_repaired_again(office: Office, book: Path, model: Path) -> None:
    for _ in range(2):
        saved(office, book)
        assert repair(book, known=[model]).buttons == 4

    assert all(button.is_wired for sheet in buttons_of(OpenedBook(book)).values() for button in sheet.found)
    assert click(office, book, "Check data", "A31") == "checked"


def test_libreoffice_keeps_macros_and_ribbon_tab_but_not_what_the_workbook_is_called_by(
    office: Office, book: Path, model: Path
) -> None:
    saved(office, book)
    after = parts(book)

    assert after["customUI/customUI14.xml"] == parts(model)["customUI/customUI14.xml"]
    assert b"codeName" not in after["xl/workbook.xml"]
    repaired = repair(book, known=[model])
    assert (repaired.ribbon, repaired.modules) == (False, ())
    assert b'codeName="ThisWorkbook"' in parts(book)["xl/workbook.xml"]


@pytest.mark.parametrize(("language", "saves"), [("en", 1), ("zh", 2)])
def test_the_workbook_of_the_package_gets_all_its_buttons_back(
    office: Office, tmp_path: Path, language: str, saves: int
) -> None:
    (tmp_path / "shipped").mkdir()
    model, book = tmp_path / "shipped" / "Retention.xlsm", tmp_path / "Store.xlsm"
    build(model, language)
    shutil.copyfile(model, book)
    whole = office.open(book).buttons()
    office.close_documents()
    saved(office, book, times=saves)
    repaired = repair(book, known=[model])

    assert repaired.buttons == sum(len(captions) for captions in whole.values())
    assert (repaired.not_ours, repaired.ribbon, repaired.modules) == (0, False, ())
    assert office.open(book).buttons() == whole
    office.close_documents()
    assert repair(book, known=[model]).backup is None


@pytest.fixture
def no_bridge(office: Office) -> Iterator[None]:
    """The session's profile has no bridge during the test, and afterwards what it had before."""
    place = office.scripts / NAME
    before = place.read_bytes() if place.exists() else None
    place.unlink(missing_ok=True)
    yield
    if before is None:
        place.unlink(missing_ok=True)
    else:
        place.write_bytes(before)


@pytest.mark.usefixtures("no_bridge")
def test_after_install_save_and_repair_a_click_writes_the_call_list(office: Office, tmp_path: Path) -> None:
    here = replace(Surroundings.here(), data=tmp_path / "data", log=tmp_path / "bridge.log")
    installation = Installation(here, profile=office.scripts.parents[2])
    model, book = tmp_path / "Retention.xlsm", tmp_path / "Store.xlsm"
    build(model, "en")
    shutil.copyfile(model, book)
    saved(office, book)
    repair(book, known=[model])
    lines = list(installation.install())
    assert [line.key for line in lines[-2:]] == ["bridge_written", "toolbar_written"]

    opened = office.open(book)
    opened.click("Generate today's calls", "Start")
    title = opened.cell("Today's Calls", "A1")
    office.wait_for("the call list", lambda: title.String.startswith("Today's calls, "), seconds=90)
    opened.close()
    assert not here.log.exists()
    list(installation.remove())
    assert not (office.scripts / NAME).exists()


@pytest.fixture
def fresh_python(office: Office) -> Iterator[None]:
    """The office's Python has imported nothing of ours yet, and keeps nothing of the test."""
    office.restart()
    yield
    office.restart()


@pytest.mark.usefixtures("no_bridge", "fresh_python")
def test_the_bridge_runs_our_package_in_the_python_of_libreoffice(office: Office, tmp_path: Path) -> None:
    """Found without asking it, LibreOffice's Python has the version that it says itself."""
    (tmp_path / "retention_udfs.py").write_text(
        "import sys\n"
        "def call_from_libreoffice(name, arguments):\n"
        "    return f'{name} {arguments} {sys.version_info[:2]}'\n"
    )
    found = offices(Surroundings.here())[0]
    assert found.python
    text = script(Bridge((str(tmp_path),), found.python), tmp_path / "bridge.log")
    (office.scripts / NAME).write_text(text, "utf-8")
    factory = office.context.ServiceManager.createInstanceWithContext(
        "com.sun.star.script.provider.MasterScriptProviderFactory", office.context
    )
    bridge = factory.createScriptProvider("").getScript(
        f"vnd.sun.star.script:{NAME}$call?language=Python&location=user"
    )
    answer, *_ = bridge.invoke(("RETURN_RATE", 3.0, ((1.0, "二"),)), (), ())

    assert answer == f"RETURN_RATE (3.0, ((1.0, '二'),)) {found.python}"
