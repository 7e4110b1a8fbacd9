"""LibreOffice and its Python are found without starting anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.setting_up.computers import PROFILE, computer, put_libreoffice
from xl_retention.setting_up.libreoffice import offices, python_of

platform = pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])


@platform
def test_it_is_found_with_the_profile_of_the_user(tmp_path: Path, platform: str) -> None:
    here = computer(tmp_path, platform)
    assert offices(here) == []
    program = put_libreoffice(tmp_path, platform, (3, 12))

    (office,) = offices(here)
    assert office.program == program
    assert office.profile == here.home / PROFILE[platform]
    assert office.python == (3, 12)
    assert not office.shut_in


def test_a_profile_named_by_the_caller_is_used_instead(tmp_path: Path) -> None:
    put_libreoffice(tmp_path, "linux")
    assert offices(computer(tmp_path, "linux"), tmp_path / "mine")[0].profile == tmp_path / "mine"


@platform
def test_an_office_without_its_script_provider_runs_no_python(tmp_path: Path, platform: str) -> None:
    assert python_of(put_libreoffice(tmp_path, platform, None)) is None


@pytest.mark.parametrize(("minor", "too_old"), [(9, True), (10, False)])
def test_python_3_10_is_the_oldest_that_will_do(tmp_path: Path, minor: int, too_old: bool) -> None:
    put_libreoffice(tmp_path, "linux", (3, minor))
    assert offices(computer(tmp_path, "linux"))[0].python_is_too_old == too_old


def test_snap_and_flatpak_are_known_to_see_only_their_own_profile(tmp_path: Path) -> None:
    here = computer(tmp_path, "linux")
    for folder in (
        "snap/libreoffice/current/lib/libreoffice/program",
        "var/lib/flatpak/app/org.libreoffice.LibreOffice/current/active/files/libreoffice/program",
    ):
        (here.root / folder).mkdir(parents=True)

    assert [(office.shut_in, office.profile) for office in offices(here)] == [
        (True, here.home / "snap/libreoffice/current/.config/libreoffice/4"),
        (True, here.home / ".var/app/org.libreoffice.LibreOffice/config/libreoffice/4"),
    ]


def test_it_runs_while_its_lock_lies_in_the_profile(tmp_path: Path) -> None:
    put_libreoffice(tmp_path, "linux")
    (office,) = offices(computer(tmp_path, "linux"))
    assert not office.is_running
    office.profile.mkdir(parents=True)
    (office.profile / ".lock").touch()
    assert office.is_running
