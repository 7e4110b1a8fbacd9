"""The script in LibreOffice's profile: what is filled in, and that no error leaves it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xl_retention import __version__
from xl_retention.setting_up.bridge import Bridge, our_folders, read, script

OFFICE = """
import json, sys, types
sys.path.append(sys.argv[2])

shown = []

class Window:
    def __getattr__(self, name):
        return self if name == "ServiceManager" else lambda *arguments: self
    def createMessageBox(self, parent, kind, buttons, title, text):
        shown.append(text)
        return self

uno = types.ModuleType("uno")
uno.Enum = lambda *names: names
sys.modules["uno"] = uno
names = {"XSCRIPTCONTEXT": Window(), "__name__": "ooo_script_framework"}
exec(compile(open(sys.argv[1], encoding="utf-8").read(), "bridge", "exec"), names)
press, adopt, call = names["g_exportedScripts"]
answer = eval(sys.argv[3])
print(json.dumps([answer, shown, sys.path]))
"""
"""A LibreOffice as far as the script sees one: it loads it by its text, with the context among its names."""


def in_libreoffice(folder: Path, packages: str, expression: str) -> Any:
    """Runs *expression* in a Python of its own that has no packages but some of other people's."""
    others = folder / "others" / "dist-packages"
    others.mkdir(parents=True, exist_ok=True)
    (folder / "bridge.py").write_text(script(Bridge((packages,), (3, 11)), folder / "logs" / "log"), "utf-8")
    (folder / "office.py").write_text(OFFICE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", folder / "office.py", folder / "bridge.py", others, expression],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture
def packages(tmp_path: Path) -> str:
    """Modules that answer in the place of ours."""
    folder = tmp_path / "packages"
    (folder / "xl_retention").mkdir(parents=True)
    (folder / "xl_retention" / "__init__.py").touch()
    (folder / "xl_retention" / "buttons.py").write_text(
        "def press_in_libreoffice(context, name):\n    context.createMessageBox(0, 0, 0, '', 'pressed ' + name)\n"
    )
    (folder / "retention_udfs.py").write_text(
        "def call_from_libreoffice(name, arguments):\n    return [name, list(arguments)]\n"
    )
    return str(folder)


def test_what_was_filled_in_is_read_back(tmp_path: Path) -> None:
    bridge = Bridge(("/a b/site-packages", "C:\\Käfer\\店"), (3, 12), "1.2.3")
    path = tmp_path / "bridge.py"
    path.write_text(script(bridge, tmp_path / "log"), "utf-8")

    assert read(path) == bridge
    assert Bridge((), (3, 11)).version == __version__


@pytest.mark.parametrize("text", ["", "FOLDERS = [", "FOLDERS = []\nPYTHON = 3\nVERSION = ''"])
def test_a_script_that_somebody_changed_is_not_believed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bridge.py"
    path.write_text(text)
    assert read(path) is None
    assert read(tmp_path / "none.py") is None


def test_a_button_reaches_our_package(packages: str, tmp_path: Path) -> None:
    _, shown, _ = in_libreoffice(tmp_path, packages, "press('generate_calls')")
    assert shown == ["pressed generate_calls"]
    assert not (tmp_path / "logs").exists()


def test_a_cell_function_gets_its_arguments_as_they_come(packages: str, tmp_path: Path) -> None:
    answer, *_ = in_libreoffice(tmp_path, packages, "call('RETURN_RATE', 3.0, ((1.0,), ('',)))")
    assert answer == ["RETURN_RATE", [3.0, [[1.0], [""]]]]


def test_a_cell_function_reads_a_range_itself(packages: str, tmp_path: Path) -> None:
    cells = "type('Range', (), {'getDataArray': lambda self: ((1.0,), ('二',))})()"

    answer, *_ = in_libreoffice(tmp_path, packages, f"call('RETURN_RATE', {cells})")

    assert answer == ["RETURN_RATE", [[[1.0], ["二"]]]]


def test_several_cells_go_back_as_their_width_and_the_cells_row_by_row(packages: str, tmp_path: Path) -> None:
    Path(packages, "retention_udfs.py").write_text(
        "def call_from_libreoffice(name, arguments):\n    return (('a', 1.0), ('b', 2.0), ('c', 3.0))\n"
    )

    answer, *_ = in_libreoffice(tmp_path, packages, "call('DUE_CONTACTS')")

    assert answer == [2, "a", 1.0, "b", 2.0, "c", 3.0]


def test_a_button_that_finds_no_package_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    _, (text,), _ = in_libreoffice(tmp_path, str(tmp_path / "gone"), "press('generate_calls')")

    assert text.count("xl-retention doctor") == 2
    assert "请" in text
    assert "Traceback" not in text
    assert "ModuleNotFoundError" in (tmp_path / "logs" / "log").read_text("utf-8")


def test_a_cell_function_that_finds_no_package_is_empty_and_shows_nothing(tmp_path: Path) -> None:
    answer, shown, _ = in_libreoffice(tmp_path, str(tmp_path / "gone"), "call('RETURN_RATE')")

    assert (answer, shown) == ("", [])
    assert "retention_udfs" in (tmp_path / "logs" / "log").read_text("utf-8")


def test_our_packages_come_after_the_library_and_before_those_of_others(packages: str, tmp_path: Path) -> None:
    """An older numpy of the system would not fit our pandas."""
    *_, path = in_libreoffice(tmp_path, packages, "[call('A'), call('B')]")

    assert path[-2:] == [packages, str(tmp_path / "others" / "dist-packages")]
    assert path.count(packages) == 1


def test_the_folders_are_those_where_we_and_what_we_need_are_found() -> None:
    import numpy

    import xl_retention

    found = [Path(folder) for folder in our_folders()]
    for module in (xl_retention, numpy):
        assert Path(str(module.__file__)).resolve().parents[1] in found
