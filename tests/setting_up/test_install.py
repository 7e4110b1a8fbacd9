"""What install writes on each system, that doing it twice changes nothing, and that remove leaves nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.setting_up.computers import AddIns, Programs, computer, files, put_libreoffice
from xl_retention import __version__
from xl_retention.errors import WrongRequest
from xl_retention.setting_up import bridge, copied_packages, excel, install, office_toolbar
from xl_retention.setting_up.install import Installation, Line
from xl_retention.setting_up.libreoffice import offices
from xl_retention.setting_up.surroundings import Surroundings

platform = pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
THEIR_CONF = (
    '"PYTHONPATH","X"\n"INTERPRETER_WIN","C:\\theirs.exe"\n'
    '"INTERPRETER_MAC","/theirs"\n"UDF MODULES","theirs"\n'
)


@pytest.fixture(autouse=True)
def our_addin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "shipped" / excel.OUR_ADDIN
    path.parent.mkdir()
    path.write_bytes(b"our add-in")
    monkeypatch.setattr(install, "shipped", lambda name: path)
    monkeypatch.setattr(copied_packages, "requirements", lambda: ["numpy>=1"])
    return path


def installation(here: Surroundings, failure: str = "") -> Installation:
    return Installation(here, AddIns(here, failure))


def keys(lines: list[Line]) -> list[str]:
    return [line.key for line in lines]


def conf_of(here: Surroundings) -> Path:
    from xl_retention.setting_up.xlwings_conf import place

    return place(here)


@platform
def test_a_second_install_writes_the_same_files_and_says_that_all_is_there(tmp_path: Path, platform: str) -> None:
    here = computer(tmp_path, platform)
    put_libreoffice(tmp_path, platform)
    list(installation(here).install())
    first = files(here.home)
    again = list(installation(here).install())

    assert files(here.home) == first
    assert all(line.key.endswith("_there") for line in again)


@platform
@pytest.mark.parametrize("python", [(3, 11), (3, 12)])
@pytest.mark.parametrize("conf", ["", THEIR_CONF])
def test_remove_leaves_the_user_s_files_as_they_were_byte_for_byte(
    tmp_path: Path, platform: str, python: tuple[int, int], conf: str
) -> None:
    here = computer(tmp_path, platform)
    put_libreoffice(tmp_path, platform, python)
    if conf:
        conf_of(here).parent.mkdir(parents=True)
        conf_of(here).write_text(conf)
    excel.start_folder(here).mkdir(parents=True)  # Excel has been started once
    if script := excel.mac_script(here):
        script.parent.mkdir(parents=True)
    before = files(here.home)
    list(installation(here).install(here.home))
    assert files(here.home) != before
    lines = list(installation(here).remove())

    assert files(here.home) == before
    assert not any(line.failed for line in lines)
    assert keys(list(installation(here).remove())) == ["nothing_to_undo"]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_the_user_s_own_settings_of_xlwings_survive(tmp_path: Path, platform: str) -> None:
    here = computer(tmp_path, platform)
    conf_of(here).parent.mkdir(parents=True)
    conf_of(here).write_text(THEIR_CONF)
    list(installation(here).install())

    key, theirs = {"win32": ("INTERPRETER_WIN", "C:\\theirs.exe"), "darwin": ("INTERPRETER_MAC", "/theirs")}[platform]
    wanted = THEIR_CONF.replace(f'"{key}","{theirs}"', f'"{key}","{here.interpreter}"')
    if platform == "win32":  # cell functions are Windows' alone
        wanted = wanted.replace('"UDF MODULES","theirs"', '"UDF MODULES","theirs;retention_udfs"')
    assert conf_of(here).read_text() == wanted


def test_what_the_user_changed_since_is_not_taken_away(tmp_path: Path) -> None:
    here = computer(tmp_path, "win32")
    list(installation(here).install())
    with conf_of(here).open("a") as conf:
        conf.write('"SHOW CONSOLE","True"\n')
    list(installation(here).remove())

    assert conf_of(here).read_text() == '"SHOW CONSOLE","True"\n'


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_both_add_ins_go_into_excel_s_start_folder(tmp_path: Path, platform: str, our_addin: Path) -> None:
    here = computer(tmp_path, platform)
    list(installation(here).install())
    folder = excel.start_folder(here)

    assert (folder / excel.XLWINGS_ADDIN).read_bytes() == excel.xlwings_addin().read_bytes()
    assert (folder / excel.OUR_ADDIN).read_bytes() == our_addin.read_bytes()


def test_an_add_in_that_excel_refuses_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    here = computer(tmp_path, "win32")
    put_libreoffice(tmp_path, "win32")
    lines = list(installation(here, failure="com_error: no Excel").install())

    assert [line.key for line in lines if line.failed] == ["addin_failed", "addin_failed"]
    assert "com_error: no Excel" in lines[2].text("zh")
    assert keys(lines)[-2:] == ["bridge_written", "toolbar_written"]


def test_an_add_in_that_was_there_before_stays_after_remove(tmp_path: Path) -> None:
    """It was only renewed; the user had xlwings for other work."""
    here = computer(tmp_path, "win32")
    there = excel.start_folder(here) / excel.XLWINGS_ADDIN
    there.parent.mkdir(parents=True)
    there.write_bytes(b"older")
    list(installation(here).install())
    list(installation(here).remove())

    assert there.exists()
    assert not (there.parent / excel.OUR_ADDIN).exists()


def test_what_cannot_be_undone_now_can_be_undone_later(tmp_path: Path) -> None:
    here = computer(tmp_path, "win32")
    excel.start_folder(here).mkdir(parents=True)
    before = files(here.home)
    list(installation(here).install())
    lines = list(installation(here, failure="close Excel first").remove())

    assert [line.values["reason"] for line in lines if line.failed] == ["close Excel first"] * 2
    list(installation(here).remove())
    assert files(here.home) == before


def test_the_bridge_leads_to_our_own_packages_where_the_pythons_are_equal(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    put_libreoffice(tmp_path, "linux")
    list(installation(here).install())
    (office,) = offices(here)

    assert bridge.read(bridge.place(office)) == bridge.Bridge(bridge.our_folders(), (3, 11), __version__)
    assert not (here.data / "python-3.11").exists()


def test_another_python_gets_packages_of_its_own(tmp_path: Path) -> None:
    programs = Programs()
    here = computer(tmp_path, "linux", programs)
    put_libreoffice(tmp_path, "linux", (3, 12))
    lines = list(installation(here).install())
    copy = here.data / "python-3.12"

    assert keys(lines) == ["packages_copied", "bridge_written", "toolbar_written"]
    assert bridge.read(bridge.place(offices(here)[0])) == bridge.Bridge((str(copy),), (3, 12), __version__)
    assert (copy / "xl_retention" / "__init__.py").is_file()
    (command,) = programs.asked
    assert command[command.index("--python-version") + 1] == "3.12"
    assert "--only-binary=:all:" in command
    assert command[-1] == "numpy>=1"


def test_an_office_that_sees_only_its_profile_gets_its_packages_there(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    program = here.root / "snap/libreoffice/current/lib/libreoffice/program"
    program.mkdir(parents=True)
    (program / "pythonscript.py").touch()
    (program / "libpyuno.so").write_bytes(b"libpython3.11.so.1.0")
    list(installation(here).install())
    (office,) = offices(here)
    installed = bridge.read(bridge.place(office))

    assert installed is not None
    assert all(Path(folder).is_relative_to(office.profile) for folder in installed.folders)


def test_packages_of_an_older_version_of_ours_are_made_anew(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    put_libreoffice(tmp_path, "linux", (3, 12))
    list(installation(here).install())
    (here.data / "python-3.12" / copied_packages.COMPLETE).write_text("0.0.1")

    assert keys(list(installation(here).install())) == ["packages_copied", "bridge_there", "toolbar_there"]


def test_packages_that_cannot_be_fetched_leave_no_bridge(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux", Programs(pip_fails=True))
    put_libreoffice(tmp_path, "linux", (3, 12))
    before = files(here.home)
    with pytest.raises(WrongRequest, match=r"Python 3\.12 could not be fetched \(ERROR: no network\)"):
        list(installation(here).install())
    list(installation(here).remove())

    assert files(here.home) == before


@pytest.mark.parametrize(("python", "key"), [((3, 9), "office_old_python"), (None, "office_no_python")])
def test_a_libreoffice_that_cannot_run_us_is_refused_clearly(
    tmp_path: Path, python: tuple[int, int] | None, key: str
) -> None:
    here = computer(tmp_path, "linux")
    put_libreoffice(tmp_path, "linux", python)
    before = files(here.home)
    (line,) = installation(here).install()

    assert (line.key, line.failed) == (key, True)
    assert files(here.home) == before


def test_a_computer_with_neither_program_is_told_so(tmp_path: Path) -> None:
    (line,) = installation(computer(tmp_path, "linux")).install()
    assert line.failed
    assert "neither Excel nor LibreOffice" in line.text("en")


def test_a_windows_without_excel_is_set_up_for_libreoffice_alone(tmp_path: Path) -> None:
    here = replace(computer(tmp_path, "win32"), has_excel=False)
    put_libreoffice(tmp_path, "win32")

    assert keys(list(installation(here, failure="no Excel").install())) == ["bridge_written", "toolbar_written"]


def test_a_missing_folder_is_not_trusted(tmp_path: Path) -> None:
    put_libreoffice(tmp_path, "linux")
    with pytest.raises(WrongRequest, match="is no folder"):
        list(installation(computer(tmp_path, "linux")).install(tmp_path / "none"))


def test_the_receipt_names_every_step(tmp_path: Path) -> None:
    here = computer(tmp_path, "win32")
    put_libreoffice(tmp_path, "win32")
    list(installation(here).install(here.home))
    kept = json.loads((here.data / install.RECEIPT).read_text("utf-8"))

    assert [step["kind"] for step in kept["steps"]] == ["trust", "conf", "conf", "add-in", "add-in", "file", "file"]


def test_a_receipt_that_cannot_be_read_is_not_guessed_at(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    here.data.mkdir()
    (here.data / install.RECEIPT).write_text("{")
    with pytest.raises(WrongRequest, match="cannot be read"):
        list(installation(here).remove())


def test_python_s_own_copies_of_the_bridge_go_with_it(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    put_libreoffice(tmp_path, "linux")
    before = files(here.home)
    list(installation(here).install())
    place = bridge.place(offices(here)[0])
    (place.parent / "__pycache__").mkdir()
    (place.parent / "__pycache__" / "xl_retention_bridge.cpython-311.pyc").touch()
    list(installation(here).remove())

    assert files(here.home) == before


def test_xlwings_own_commands_are_called_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Excel: only xlwings' question to it, where the start folder is, is answered here."""
    from xlwings import cli

    monkeypatch.setattr(cli, "get_addin_dir", lambda global_location=False: str(tmp_path))
    monkeypatch.setattr(cli.xw, "USER_CONFIG_FILE", str(tmp_path / "conf" / "xlwings.conf"))
    monkeypatch.setattr(cli.xw, "apps", [])
    commands = excel.XlwingsCommands()
    ours = tmp_path / "shipped" / excel.OUR_ADDIN

    assert commands.install(None) == ""
    assert commands.install(ours) == ""
    assert excel.same(tmp_path / excel.XLWINGS_ADDIN, excel.xlwings_addin())
    assert excel.same(tmp_path / excel.OUR_ADDIN, ours)
    monkeypatch.setattr(cli, "WindowsError", PermissionError, raising=False)
    assert commands.remove(excel.XLWINGS_ADDIN) == ""
    assert commands.remove(excel.OUR_ADDIN) == ""
    assert not list(tmp_path.glob("*.xlam"))


def test_what_xlwings_could_not_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from xlwings import cli

    def no_excel(global_location: bool = False) -> str:
        raise RuntimeError("no Excel here")

    monkeypatch.setattr(cli, "get_addin_dir", no_excel)
    assert excel.XlwingsCommands().install(None) == "RuntimeError: no Excel here"


def test_the_requirements_are_those_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    import importlib.metadata

    needed = ["numpy>=1.26", 'isal>=1; platform_machine == "x86_64"', 'pytest>=8; extra == "test"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: needed)
    assert copied_packages.requirements() == needed[:2]


def test_both_languages_say_every_line(tmp_path: Path) -> None:
    here = computer(tmp_path, "win32")
    put_libreoffice(tmp_path, "win32", (3, 12))
    lines = [*installation(here).install(here.home), *installation(replace(here)).remove()]
    for line in lines:
        assert line.text("en") != line.text("zh")
        assert "{" not in line.text("zh")


def test_the_toolbar_of_libreoffice_rings_what_the_bridge_answers(tmp_path: Path) -> None:
    """
    Its one button is the add-in's: it names a function that the installed script hands to LibreOffice.
    """
    here = computer(tmp_path, "linux")
    put_libreoffice(tmp_path, "linux")
    list(installation(here).install())
    office = offices(here)[0]
    shown = ElementTree.parse(office_toolbar.place(office)).getroot()
    namespaces = {"toolbar": "http://openoffice.org/2001/toolbar"}
    addresses = [
        item.get("{http://www.w3.org/1999/xlink}href", "") for item in shown.findall("toolbar:toolbaritem", namespaces)
    ]

    assert [address.partition("?")[0] for address in addresses] == [f"vnd.sun.star.script:{bridge.NAME}$adopt"]
    assert "g_exportedScripts = (press, adopt, call)" in bridge.place(office).read_text("utf-8")
