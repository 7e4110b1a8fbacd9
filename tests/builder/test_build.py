"""`xl-retention build`: which files come out, and that they are always the same."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builder.conftest import SHIPPED
from xl_retention import cli
from xl_retention.builder.build import SHIPPED as NAMES
from xl_retention.builder.build import build_shipped


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_files_are_what_a_fresh_build_gives(name, built):
    """
    Part by part: another version of zlib may compress the same content to other bytes.

    To make them anew: python -m xl_retention.builder
    """
    committed, fresh = parts(SHIPPED / name), parts(built / name)

    assert list(committed) == list(fresh)
    assert [part for part in fresh if committed[part] != fresh[part]] == []


def test_a_second_build_gives_the_same_bytes(built, tmp_path):
    build_shipped(tmp_path)

    assert {name: (built / name).read_bytes() for name in NAMES} == {
        name: (tmp_path / name).read_bytes() for name in NAMES
    }


def test_the_command_builds_a_workbook_in_the_language_asked_for(built, tmp_path, capsys):
    out = tmp_path / "Ours.xlsm"

    assert cli.run(["build", "--lang", "zh", "--out", str(out)]) == 0
    assert out.read_bytes() == (built / "Retention.zh.xlsm").read_bytes()
    assert str(out) == capsys.readouterr().out.strip()


def test_the_ending_xlam_asks_for_the_add_in(built, tmp_path):
    out = tmp_path / "Ours.xlam"

    assert cli.run(["build", "--out", str(out)]) == 0
    assert out.read_bytes() == (built / "Retention.xlam").read_bytes()


def test_a_file_that_is_there_is_not_replaced(tmp_path, capsys):
    out = tmp_path / "Ours.xlsm"
    out.write_text("mine")

    assert cli.run(["build", "--out", str(out)]) == 2
    assert out.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_another_ending_is_refused(tmp_path, capsys):
    assert cli.run(["build", "--out", str(tmp_path / "Ours.xlsx")]) == 2
    assert ".xlsm" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
