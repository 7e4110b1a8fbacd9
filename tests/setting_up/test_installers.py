"""The scripts that set a clerk's computer up: run with stand-ins of what a Mac has; the other one is read as text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

INSTALLERS = Path(__file__).parents[2] / "installers"
MAC = INSTALLERS / "install-mac.sh"
WINDOWS = INSTALLERS / "install-windows.ps1"

PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >> "$HOME/calls"
case "$1 $2" in
"-m venv")
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    printf '#!/bin/sh\\necho "xl-retention $*" >> "$HOME/calls"\\n' > "$3/bin/xl-retention"
    chmod +x "$3/bin/xl-retention" ;;
"-c import"*) exit "${TOO_OLD:-0}" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="scripts of a shell")


@pytest.fixture
def mac(tmp_path: Path) -> Path:
    """A home folder with a Python in ~/.local/bin, and programs that say what a Mac's would."""
    programs = tmp_path / "programs"
    local = tmp_path / ".local" / "bin"
    for folder in (programs, local):
        folder.mkdir(parents=True)
    for name in ("sh", "dirname", "basename", "mkdir", "cp", "chmod", "rm", "rmdir", "cat"):
        (programs / name).symlink_to(shutil.which(name) or name)
    (programs / "uname").write_text('#!/bin/sh\ncase "$1" in -s) echo Darwin ;; *) echo arm64 ;; esac\n')
    (programs / "curl").write_text('#!/bin/sh\necho "curl" >> "$HOME/calls"\nexit 6\n')
    (local / "python3.12").write_text(PYTHON)
    for program in (programs / "uname", programs / "curl", local / "python3.12"):
        program.chmod(0o755)
    return tmp_path


def run(home: Path, *arguments: str, script: Path = MAC, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": str(home / "programs"), "XL_RETENTION_SOURCE": "the wheel", **more}
    return subprocess.run(
        ["/bin/sh", str(script), *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def calls(home: Path) -> list[str]:
    told = home / "calls"
    return told.read_text().splitlines() if told.exists() else []


def has_python_of_its_own() -> bool:
    """Whether this computer has a Python where a Mac's would be looked for."""
    return any(list(Path(folder).glob("python3*")) for folder in ("/opt/homebrew/bin", "/usr/local/bin"))


def test_it_installs_into_a_folder_of_its_own_and_sets_the_programs_up(mac: Path) -> None:
    answer = run(mac)

    assert answer.returncode == 0, answer.stderr
    done = [call for call in calls(mac) if " -c " not in call]
    assert done[-3:] == [
        "python -m pip install --quiet --disable-pip-version-check --upgrade the wheel",
        "xl-retention install",
        "xl-retention doctor",
    ]
    assert (mac / ".xl_retention" / "python" / "bin" / "xl-retention").exists()


def test_a_second_run_keeps_the_environment(mac: Path) -> None:
    run(mac)
    first = len([call for call in calls(mac) if "-m venv" in call])
    run(mac)

    assert len([call for call in calls(mac) if "-m venv" in call]) == first


def test_remove_takes_away_what_it_made_and_nothing_else(mac: Path) -> None:
    run(mac)
    (mac / ".xl_retention" / "notes.txt").write_text("mine")

    assert run(mac, "--remove").returncode == 0
    assert calls(mac)[-1] == "xl-retention install --remove"
    assert [path.name for path in (mac / ".xl_retention").iterdir()] == ["notes.txt"]


@pytest.mark.skipif(has_python_of_its_own(), reason="the script would find it")
def test_without_python_and_without_a_connection_it_says_so_in_one_sentence(mac: Path) -> None:
    answer = run(mac, TOO_OLD="1")

    assert answer.returncode != 0
    assert "Python could not be fetched" in answer.stderr
    assert calls(mac).count("curl") == 1, "what cannot be fetched is not looked for again"
    assert not (mac / ".xl_retention").exists(), "the sentence says that nothing was changed"


def test_of_several_wheels_beside_it_the_newest_is_installed(mac: Path) -> None:
    """By its day: 0.10 is newer than 0.9, whatever the letters say."""
    folder = mac / "unpacked"
    folder.mkdir()
    script = Path(shutil.copy(MAC, folder))
    for age, version in enumerate(("0.10.0", "0.9.0", "0.8.0")):
        wheel = folder / f"xl_retention-{version}-py3-none-any.whl"
        wheel.touch()
        os.utime(wheel, (1_700_000_000 - age, 1_700_000_000 - age))

    assert run(mac, script=script, XL_RETENTION_SOURCE="").returncode == 0
    installed = next(call for call in calls(mac) if "-m pip" in call)
    assert installed.endswith("/unpacked/xl_retention-0.10.0-py3-none-any.whl")


def test_it_refuses_another_system_and_unknown_words(mac: Path) -> None:
    assert run(mac, "--all").returncode != 0
    (mac / "programs" / "uname").write_text("#!/bin/sh\necho Linux\n")
    answer = run(mac)

    assert answer.returncode != 0
    assert "for a Mac" in answer.stderr
    assert calls(mac) == []


@pytest.mark.parametrize("script", sorted(INSTALLERS.iterdir()), ids=lambda path: path.name)
def test_the_scripts_are_plain_ascii(script: Path) -> None:
    """Windows PowerShell 5 takes a file without a mark for the computer's own code page."""
    assert script.read_bytes().isascii()


def test_the_windows_script_takes_no_python_of_32_bits_while_another_is_there() -> None:
    """Folders of python.org are Python312 and Python312-32; pandas is not to be had for the second."""
    text = WINDOWS.read_text("ascii")
    wanted = re.search(r"\$_\.Name -match '([^']+)'", text)
    assert wanted
    assert [name for name in ("Python312", "Python312-32", "Python312-arm64") if re.search(wanted[1], name)] == [
        "Python312"
    ]


def test_the_windows_script_checks_who_signed_what_it_runs() -> None:
    text = WINDOWS.read_text("ascii")
    fetched, run_at = text.index("Invoke-WebRequest"), text.index("Start-Process")

    assert fetched < text.index("Get-AuthenticodeSignature") < run_at
    assert "InstallAllUsers=0" in text


def test_every_function_that_the_windows_script_calls_is_defined_or_built_in() -> None:
    text = WINDOWS.read_text("ascii")
    defined = set(re.findall(r"^function ([\w-]+)", text, re.M))
    used = set(re.findall(r"(?<![\w'\"-])((?:Invoke|Test|Find|Install|Get|Remove)-(?:[A-Z]\w+))", text))
    built_in = {
        "Invoke-WebRequest", "Test-Path", "Get-ChildItem", "Get-Command", "Get-AuthenticodeSignature", "Remove-Item",
    }  # fmt: skip

    assert used - built_in == defined


def test_the_double_click_runs_the_script_beside_it() -> None:
    text = (INSTALLERS / "install-windows.cmd").read_bytes().decode("ascii")

    assert '"%~dp0install-windows.ps1"' in text
    assert text.count("\r\n") == text.count("\n")
