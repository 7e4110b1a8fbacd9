"""`today` asked again about what has not changed: the same answer, at once, and never an old one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions.drawn import TODAY, VIN, shell, workbook
from xl_retention.actions import generate_calls
from xl_retention.cli import remembered

STORE = {
    "Customers": f"""
        Customer ID | Name | Mobile       | VIN   | Delivery Date | Salesperson
        C1          | Ada  | '13900000001 | {VIN} | 2026-11-18    | Ann
    """,
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(remembered.SWITCHED_OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path / "cache" / "answers")
    return workbook(tmp_path / "Store.xlsx", STORE)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one whenever calls are worked out."""
    runs: list[str] = []
    real = generate_calls.generate_calls

    def counted(*given: Any, **more: Any) -> Any:
        runs.append("")
        return real(*given, **more)

    monkeypatch.setattr(generate_calls, "generate_calls", counted)
    return runs


def asked(book: Path, *options: object) -> tuple[int, str]:
    answer = shell("today", book, "--date", TODAY, *options)
    assert answer.code in (0, 1), answer.err
    return answer.code, answer.out


@pytest.mark.parametrize("options", [(), ("--json",), ("--role", "SA"), ("--strict",)])
def test_the_third_run_in_place_answers_as_the_second_without_working_it_out(book, worked_out, options):
    first, second, third = (asked(book, *options) for _ in range(3))

    assert third == second
    assert len(worked_out) == 2
    assert [line for line in first[1].splitlines() if "backup" not in line] == second[1].splitlines()


def test_the_second_run_into_another_file_answers_as_the_first(book, tmp_path, worked_out):
    out = tmp_path / "out.xlsx"

    assert asked(book, "--out", out, "--json") == asked(book, "--out", out, "--json")
    assert len(worked_out) == 1


@pytest.mark.parametrize(
    "options", [("--json", "--date", "2026-11-22"), ("--json", "--role", "CS"), ("--json", "--staff", "Ann"), ()]
)
def test_another_question_is_worked_out(book, worked_out, options):
    for given in (("--json", "--dry-run"), ("--dry-run", *options)):
        asked(book, *given)

    assert len(worked_out) == 2


def test_a_changed_workbook_is_worked_out(book, worked_out):
    asked(book, "--dry-run", "--json")
    workbook(book, {"Customers": STORE["Customers"].replace("2026-11-18", "2026-11-17")})

    asked(book, "--dry-run", "--json")

    assert len(worked_out) == 2


def test_a_written_file_that_was_changed_or_deleted_is_written_again(book, tmp_path, worked_out):
    out = tmp_path / "out.xlsx"
    asked(book, "--out", out)
    out.unlink()

    asked(book, "--out", out)

    assert out.exists()
    assert len(worked_out) == 2


def test_a_changed_program_works_it_out(book, worked_out, monkeypatch):
    asked(book, "--dry-run", "--json")
    monkeypatch.setattr(remembered, "_versions", lambda: ["another"])

    asked(book, "--dry-run", "--json")

    assert len(worked_out) == 2


def test_damaged_memory_is_passed_over(book, tmp_path, worked_out):
    first = asked(book, "--dry-run", "--json")
    (kept,) = (tmp_path / "cache" / "answers").iterdir()
    kept.write_text('{"rows": ')

    assert asked(book, "--dry-run", "--json") == first
    assert len(worked_out) == 2


def test_an_open_workbook_is_refused_as_ever(book):
    for _ in range(2):
        asked(book)
    book.with_name("~$Store.xlsx").write_bytes(b"")

    assert shell("today", book, "--date", TODAY).code == 2


def test_memory_is_for_its_owner_alone_and_bounded(book, tmp_path, monkeypatch):
    monkeypatch.setattr(remembered, "MOST_ANSWERS", 2)
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        shell("today", book, "--date", day, "--dry-run", "--json")

    kept = list((tmp_path / "cache" / "answers").iterdir())
    assert len(kept) == 2
    assert {file.stat().st_mode & 0o077 for file in kept} == {0}


def test_one_command_forgets_all(book, tmp_path):
    asked(book, "--dry-run", "--json")

    assert shell("forget").out == "Answers forgotten: 1.\n"
    assert not (tmp_path / "cache" / "answers").exists()
