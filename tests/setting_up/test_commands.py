"""The commands install and doctor: what they print and how they exit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.setting_up.button_books import button_book, parts, saved_by_libreoffice
from tests.setting_up.computers import computer, files, put_libreoffice
from xl_retention import cli
from xl_retention.setting_up.surroundings import Surroundings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    """A Linux with LibreOffice."""
    put_libreoffice(tmp_path, "linux")
    made = computer(tmp_path, "linux")
    monkeypatch.setattr(Surroundings, "here", lambda: made)
    return made


@pytest.fixture
def book(here: Surroundings) -> Path:
    return saved_by_libreoffice(button_book(here.home / "Store.xlsm"))


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_install_says_line_by_line_what_it_did_and_remove_undoes_it(
    here: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(here.home)
    assert cli.run(["install"]) == cli.DONE
    script, toolbar, following = capsys.readouterr().out.splitlines()
    assert script.endswith("xl_retention_bridge.py")
    assert toolbar.endswith("custom_toolbar_xl_retention.xml")
    assert following == "Now run: xl-retention doctor"

    assert cli.run(["install", "--remove", "--lang", "zh"]) == cli.DONE
    assert capsys.readouterr().out.startswith("已删除：")
    assert files(here.home) == before


def test_install_into_another_profile(
    here: Surroundings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "profile"
    assert cli.run(["install", "--libreoffice-profile", str(profile), "--json"]) == cli.DONE
    assert not answer(capsys)["failed"]
    assert [Path(file).name for file in files(profile)] == [
        "xl_retention_bridge.py",
        "custom_toolbar_xl_retention.xml",
    ]

    assert cli.run(["install", "--remove"]) == cli.DONE
    assert not profile.exists()


def test_what_could_not_be_set_up_is_an_error(
    here: Surroundings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_libreoffice(tmp_path, "linux", (3, 9))
    assert cli.run(["install", "--json"]) == cli.COULD_NOT
    assert answer(capsys)["failed"]


def test_a_running_libreoffice_is_told_in_one_sentence(
    here: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = here.home / ".config/libreoffice/4"
    profile.mkdir(parents=True)
    (profile / ".lock").touch()

    assert cli.run(["install", "--trust", str(here.home)]) == cli.COULD_NOT
    assert capsys.readouterr().err.startswith("xl-retention: LibreOffice is running")


def test_doctor_answers_in_json_with_one_action_per_finding(
    here: Surroundings, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["doctor", str(book), "--json"]) == cli.DONE
    findings = {finding["check"]: finding for finding in answer(capsys)["findings"]}

    assert findings["python"]["state"] == "ok"
    assert findings["python"]["action"] == ""
    assert findings["bridge"] == {
        "check": "bridge",
        "state": "bad",
        "found": f"There is no bridge in {here.home / '.config/libreoffice/4'}.",
        "action": "Run: xl-retention install",
    }
    assert "--repair" in findings["buttons"]["action"]


def test_strict_turns_what_is_bad_into_an_exit_code(
    here: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["doctor", "--strict"]) == cli.FAULTS
    cli.run(["install"])
    assert cli.run(["doctor", "--strict"]) == cli.DONE


@pytest.mark.parametrize(
    ("language", "title", "word"), [("en", "What was looked at", "bad"), ("zh", "检查结果", "异常")]
)
def test_the_table_speaks_the_language_asked_for(
    here: Surroundings, capsys: pytest.CaptureFixture[str], language: str, title: str, word: str
) -> None:
    assert cli.run(["doctor", "--lang", language]) == cli.DONE
    out = capsys.readouterr().out
    assert title in out
    assert word in out


def test_repair_says_what_it_did_and_where_the_old_file_is(
    here: Surroundings, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["doctor", "--repair", str(book)]) == cli.DONE
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Store.xlsm: ")
    assert first.endswith(" buttons wired again.")
    (backup,) = here.home.glob("*.backup-*")
    assert last.endswith(str(backup))
    assert b"[0]!CheckData" in parts(book)["xl/drawings/vmlDrawing1.vml"]

    assert cli.run(["doctor", "--repair", str(book), "--lang", "zh"]) == cli.DONE
    assert capsys.readouterr().out.strip() == "Store.xlsm：无需修复。"


def test_repair_and_a_look_at_the_workbook_go_together(
    here: Surroundings, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["doctor", str(book), "--repair", str(book), "--unblock", str(book), "--json"]) == cli.DONE
    said = answer(capsys)
    assert said["done"][0] == "Store.xlsm was not blocked."
    assert {f["check"]: f["state"] for f in said["findings"]}["buttons"] == "ok"


@pytest.mark.parametrize("option", ["--unblock", "--repair"])
def test_a_file_that_is_not_there_is_told(
    here: Surroundings, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert cli.run(["doctor", option, "none.xlsm"]) == cli.COULD_NOT
    assert "is not there" in capsys.readouterr().err


def test_doctor_answers_within_seconds_without_loading_what_buttons_need(here: Surroundings) -> None:
    """In a process of its own, on the real computer, whatever there is."""
    import subprocess
    import sys
    import time

    started = time.monotonic()
    code = "import sys; from xl_retention import cli; cli.run(['doctor', '--json']); print('pandas' in sys.modules)"
    repository = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=repository)
    assert time.monotonic() - started < 20
    assert done.stdout.splitlines()[-1] == "False"
