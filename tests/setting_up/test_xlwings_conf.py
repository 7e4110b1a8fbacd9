"""Of xlwings' settings one line changes; whatever else is in the file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_retention.setting_up.xlwings_conf import modules_with_ours, read, value_of, with_value, write

THEIRS = '"PYTHONPATH","C:\\tools;D:\\ä"\r\n"INTERPRETER_WIN","C:\\old\\python.exe"\r\n\r\n"SHOW CONSOLE","True"\r\n'


def test_a_value_is_changed_in_its_place() -> None:
    assert with_value(THEIRS, "INTERPRETER_WIN", "C:\\new.exe") == THEIRS.replace("C:\\old\\python.exe", "C:\\new.exe")


def test_a_new_setting_comes_last_with_the_line_ends_of_the_file() -> None:
    assert with_value(THEIRS, "UDF MODULES", "a") == THEIRS + '"UDF MODULES","a"\r\n'
    assert with_value('"A","1"', "B", "2") == '"A","1"\n"B","2"\n'
    assert with_value("", "B", "2") == '"B","2"\n'


def test_a_setting_taken_away_leaves_the_others() -> None:
    assert with_value(with_value(THEIRS, "UDF MODULES", "a"), "UDF MODULES", None) == THEIRS
    assert with_value(THEIRS, "NOT THERE", None) == THEIRS


def test_values_are_read_whatever_the_capitals_of_the_key() -> None:
    assert value_of(THEIRS, "INTERPRETER_WIN") == "C:\\old\\python.exe"
    assert value_of(THEIRS.lower(), "SHOW CONSOLE") == "true"
    assert value_of(THEIRS, "INTERPRETER") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "retention_udfs"),
        ("", "retention_udfs"),
        ("theirs;", "theirs;retention_udfs"),
        ("retention_udfs;theirs", "retention_udfs;theirs"),
    ],
)
def test_our_cell_functions_join_those_of_others(before: str | None, after: str) -> None:
    assert modules_with_ours(before) == after


def test_unknown_bytes_and_line_ends_survive_a_round(tmp_path: Path) -> None:
    path = tmp_path / "xlwings.conf"
    path.write_bytes(b'"A","\xff\xfe"\r\n"B","1"\n')
    write(path, read(path))
    assert path.read_bytes() == b'"A","\xff\xfe"\r\n"B","1"\n'
    assert read(tmp_path / "none") == ""
