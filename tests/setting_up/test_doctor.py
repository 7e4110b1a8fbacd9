"""Every finding can be brought about, and is gone once its action was taken."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.setting_up.button_books import SHEETS, button_book, edit, saved_by_libreoffice
from tests.setting_up.computers import AddIns, Programs, computer, put_libreoffice, trusting_excel
from xl_retention import __version__
from xl_retention.setting_up import (
    bridge,
    computer_checks,
    copied_packages,
    doctor,
    excel,
    install,
    web_marks,
    xlwings_conf,
)
from xl_retention.setting_up.doctor import Finding, examine
from xl_retention.setting_up.install import Installation
from xl_retention.setting_up.libreoffice import Office, offices
from xl_retention.setting_up.repair import repair
from xl_retention.setting_up.surroundings import Surroundings, TrustedFolder
from xl_retention.setting_up.words import FINDINGS


@dataclass
class Patient:
    """A store's computer, all set up, and its workbook."""

    folder: Path
    platform: str
    here: Surroundings
    programs: Programs
    book: Path
    model: Path

    @property
    def office(self) -> Office:
        return offices(self.here)[0]

    def found(self, address: str | None = None) -> list[Finding]:
        return list(examine(self.here, address or str(self.book), known=[self.model] if self.model.exists() else []))

    def findings(self, address: str | None = None) -> set[str]:
        return {finding.key for finding in self.found(address)}

    def install(self) -> None:
        lines = Installation(self.here, AddIns(self.here)).install(self.book.parent)
        assert not any(line.failed for line in lines)

    def repair(self) -> None:
        repair(self.book, known=[self.model])


@pytest.fixture
def patient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Patient]:
    def well(platform: str) -> Patient:
        programs = Programs()
        here = computer(tmp_path, platform, programs)
        put_libreoffice(tmp_path, platform)
        store, shipped = here.home / "Store", tmp_path / "shipped"
        store.mkdir()
        shipped.mkdir()
        model = button_book(shipped / "Retention.xlsm", ribbon=True)
        book = Path(shutil.copyfile(model, store / "Store.xlsm"))
        addin = Path(shutil.copyfile(model, shipped / excel.OUR_ADDIN))
        for module in (install, computer_checks):
            monkeypatch.setattr(module, "shipped", lambda name: addin if addin.exists() else None)
        monkeypatch.setattr(copied_packages, "requirements", list)
        if platform == "win32":
            here = trusting_excel(here, TrustedFolder(str(here.home), True))
        made = Patient(tmp_path, platform, here, programs, book, model)
        made.install()
        return made

    return well


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_computer_that_was_set_up_is_well(patient: Callable[[str], Patient], platform: str) -> None:
    assert {finding.state for finding in patient(platform).found()} <= {"ok", "skipped"}


@dataclass(frozen=True)
class Ill:
    """How a finding comes about, and what its action does."""

    platform: str
    key: str
    happen: Callable[[Patient], object]
    act: Callable[[Patient], object]


def conf(patient: Patient, value: str | None) -> None:
    path = xlwings_conf.place(patient.here)
    key = xlwings_conf.INTERPRETER[patient.platform]
    xlwings_conf.write(path, xlwings_conf.with_value(xlwings_conf.read(path), key, value))


def older_xlwings(patient: Patient) -> None:
    from pyopenvba import ExcelFile

    path = excel.start_folder(patient.here) / excel.XLWINGS_ADDIN
    with ExcelFile(excel.xlwings_addin()) as file:
        main = re.sub(r'(XLWINGS_VERSION As String = )"[^"]+"', r'\1"0.30.1"', file.get_module("Main"))
        file.set_module("Main", main)
        file.save(path, allow_protected=True)


def our_python(patient: Patient, python: tuple[int, int]) -> None:
    patient.here = replace(patient.here, python=python)


def office_python(patient: Patient, python: tuple[int, int] | None) -> None:
    put_libreoffice(patient.folder, patient.platform, python)


def rewrite_bridge(patient: Patient, **values: object) -> None:
    place = bridge.place(patient.office)
    installed = bridge.read(place)
    assert installed
    place.write_text(bridge.script(replace(installed, **values), patient.here.log), "utf-8")


def older_copy(patient: Patient) -> None:
    office_python(patient, (3, 12))
    patient.install()
    (copied_packages.folder(patient.office, patient.here) / copied_packages.COMPLETE).write_text("0.0.1")


def mark(patient: Patient) -> None:
    if patient.platform == "darwin":
        patient.programs.quarantined.add(str(patient.book))
    else:
        Path(f"{patient.book}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://x\r\n")


def unblock(patient: Patient) -> None:
    assert web_marks.lift(patient.book, patient.here)


def move(patient: Patient, folder: str) -> None:
    (patient.here.home / folder).mkdir(parents=True, exist_ok=True)
    target = patient.here.home / folder / patient.book.name
    patient.book = Path(shutil.move(patient.book, target))
    if patient.platform == "linux":
        return
    patient.install()


def settings_forgotten(patient: Patient) -> None:
    patient.office.settings.unlink()


def made(**how: object) -> Callable[[Patient], object]:
    """The workbook is another one, see `button_book`."""
    return lambda patient: button_book(patient.book, **{"ribbon": True, **how})  # type: ignore[arg-type]


def assign(patient: Patient) -> None:
    wired = b"<x:FmlaMacro>[0]!A</x:FmlaMacro><x:AutoFill>"
    edit(patient.book, edits={r"xl/drawings/vml.*": lambda data: data.replace(b"<x:AutoFill>", wired)})


def foreign_buttons(patient: Patient) -> None:
    button_book(patient.book, {"Other": [("A", "A")]}, ribbon=True)
    saved_by_libreoffice(patient.book, macros_named=False)


def unbind(patient: Patient) -> None:
    name = b' codeName="ThisWorkbook"'
    edit(patient.book, edits={"xl/workbook.xml": lambda data: data.replace(name, b"")})


def damage(patient: Patient) -> None:
    edit(patient.book, edits={"xl/vbaProject.bin": lambda data: data[: len(data) // 2]})


def lose(name: str) -> Callable[[Patient], object]:
    return lambda patient: (excel.start_folder(patient.here) / name).unlink()


def older_addin(patient: Patient) -> None:
    button_book(excel.start_folder(patient.here) / excel.OUR_ADDIN, version="0.0.1")


def called(name: str) -> Callable[[Patient], object]:
    return lambda patient: setattr(patient, "book", patient.book.with_name(name))


def excel_trusts(*folders: str) -> Callable[[Patient], object]:
    def trust(patient: Patient) -> None:
        trusted = [TrustedFolder(str(patient.here.home / folder), False) for folder in folders]
        patient.here = trusting_excel(patient.here, *trusted)

    return trust


def answers(name: str, value: object) -> Callable[[Patient], object]:
    return lambda patient: setattr(patient.programs, name, value)


def shipped_workbooks(there: bool) -> Callable[[Patient], object]:
    def change(patient: Patient) -> None:
        for path in (patient.model, patient.model.with_name(excel.OUR_ADDIN)):
            away = path.with_name(path.name + ".away")
            (away if there else path).rename(path if there else away)

    return change


install_again = Patient.install
mend = Patient.repair
ILLS = [
    Ill("linux", "python_old", lambda p: our_python(p, (3, 9)), lambda p: our_python(p, (3, 11))),
    Ill("win32", "interpreter_not_set", lambda p: conf(p, None), install_again),
    Ill("win32", "interpreter_gone", lambda p: conf(p, "C:\\gone\\python.exe"), install_again),
    Ill("darwin", "interpreter_silent", answers("starts", False), answers("starts", True)),
    Ill("win32", "interpreter_lacks_us", answers("version", "0.0.1"), answers("version", __version__)),
    Ill("win32", "addin_missing", lose(excel.XLWINGS_ADDIN), install_again),
    Ill("darwin", "addin_missing", lose(excel.OUR_ADDIN), install_again),
    Ill("darwin", "addin_missing", lambda p: excel.mac_script(p.here).unlink(), install_again),
    Ill("win32", "addin_other", older_xlwings, install_again),
    Ill("darwin", "addin_other", older_addin, install_again),
    Ill("linux", "office_python_none", lambda p: office_python(p, None), lambda p: office_python(p, (3, 11))),
    Ill("linux", "office_python_old", lambda p: office_python(p, (3, 9)), lambda p: office_python(p, (3, 11))),
    Ill("linux", "bridge_missing", lambda p: bridge.place(p.office).unlink(), install_again),
    Ill("linux", "bridge_damaged", lambda p: bridge.place(p.office).write_text("x = ("), install_again),
    Ill("linux", "bridge_other_python", lambda p: office_python(p, (3, 12)), install_again),
    Ill("linux", "bridge_folder_gone", lambda p: rewrite_bridge(p, folders=("/gone",)), install_again),
    Ill("linux", "bridge_other_version", lambda p: rewrite_bridge(p, version="0.0.1"), install_again),
    Ill("linux", "bridge_other_version", older_copy, install_again),
    Ill("linux", "address_missing", called("Stroe.xlsm"), called("Store.xlsm")),
    Ill("win32", "address_cloud", lambda p: move(p, "OneDrive/Store"), lambda p: move(p, "Store")),
    Ill("darwin", "address_cloud", lambda p: move(p, "Library/CloudStorage/OneDrive"), lambda p: move(p, "Store")),
    Ill("linux", "unreadable", lambda p: p.book.write_text("text"), lambda p: shutil.copyfile(p.model, p.book)),
    Ill("win32", "blocked_yes", mark, unblock),
    Ill("darwin", "blocked_yes", mark, unblock),
    Ill("linux", "trust_not_office", settings_forgotten, install_again),
    Ill("win32", "trust_not_office", settings_forgotten, install_again),
    Ill("win32", "trust_not_excel", excel_trusts("Other"), excel_trusts("Other", "Store")),
    Ill("linux", "version_older", made(version="0.0.9"), mend),
    Ill("linux", "version_newer", made(version="99.0"), made()),
    Ill("linux", "buttons_lost", lambda p: saved_by_libreoffice(p.book), mend),
    Ill("linux", "buttons_not_ours", foreign_buttons, assign),
    Ill("linux", "modules_differ", made(modules={"RetentionButtons": "' older\n"}), mend),
    Ill("linux", "modules_unbound", unbind, mend),
    Ill("linux", "modules_locked", damage, lambda p: shutil.copyfile(p.model, p.book)),
    Ill("linux", "ribbon_differs", made(ribbon=False), mend),
    Ill("win32", "not_shipped", shipped_workbooks(False), shipped_workbooks(True)),
]


@pytest.mark.parametrize("ill", ILLS, ids=[f"{ill.key}-{ill.platform}" for ill in ILLS])
def test_a_finding_comes_with_its_cause_and_goes_with_its_action(patient: Callable[[str], Patient], ill: Ill) -> None:
    case = patient(ill.platform)
    assert ill.key not in case.findings()
    ill.happen(case)
    started = time.monotonic()
    (found,) = {finding.key: finding for finding in case.found() if finding.key == ill.key}.values()

    assert time.monotonic() - started < 5
    _, english, action = found.texts("en")
    assert english
    assert action
    ill.act(case)
    assert ill.key not in case.findings()


def test_every_finding_that_asks_for_something_is_tried() -> None:
    assert {ill.key for ill in ILLS} == {key for key, row in FINDINGS.items() if row.state in ("bad", "warn")}


def test_a_web_address_is_told_without_asking_the_server(patient: Callable[[str], Patient]) -> None:
    keys = patient("win32").findings("https://d.docs.live.net/1234/Store.xlsm")
    assert "address_cloud" in keys
    assert "not_read" in keys


def test_a_workbook_from_the_local_network_is_not_blocked(patient: Callable[[str], Patient]) -> None:
    case = patient("win32")
    Path(f"{case.book}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=1\r\n")
    assert "blocked_yes" not in case.findings()
    assert not web_marks.lift(case.book, case.here)


def test_without_a_workbook_only_the_computer_is_looked_at(patient: Callable[[str], Patient]) -> None:
    case = patient("linux")
    assert {finding.check for finding in examine(case.here, known=[])} == set(doctor.OF_THE_COMPUTER)


def test_a_store_s_own_workbook_without_macros_is_well(patient: Callable[[str], Patient]) -> None:
    """It is served by the add-in's ribbon, so it needs neither trust nor buttons."""
    case = patient("win32")
    case.book = button_book(case.book.with_suffix(".xlsx"), {name: [] for name in SHEETS}, modules={}, version="")
    assert {finding.state for finding in case.found()} <= {"ok", "skipped"}


@pytest.mark.parametrize("key", sorted({ill.key for ill in ILLS}))
def test_a_finding_names_one_thing_to_do(key: str) -> None:
    """One sentence in each language, and a command in it is one that there is."""
    from xl_retention import cli

    english, chinese = FINDINGS[key].action
    assert len(re.findall(r"[.;](?:\s|$)", english)) <= 1
    assert chinese.count("。") <= 1
    for text in (english, chinese):
        if command := re.search(r"xl-retention (\w+)(?: (--\w+) )?", text):
            parser = cli.parser()._subparsers._group_actions[0].choices[command[1]]
            assert command[2] is None or command[2] in parser._option_string_actions
