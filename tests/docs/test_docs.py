"""What the documentation shows is what the program does."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from xl_retention import cli
from xl_retention.actions import snapshots
from xl_retention.actions.demo import SAMPLES, sample_path
from xl_retention.actions.snapshots import Snapshot
from xl_retention.cli.calls import DEMO_FOLDER
from xl_retention.domain.cadence import ROLES, Rulebook, RuleOverride, is_known
from xl_retention.domain.parameters import Parameters, parameter_named
from xl_retention.sheets.settings.rules_sheet import NEVER, READERS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
GUIDES = (ROOT / "docs" / "guide.md", ROOT / "docs" / "guide.zh.md")
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
LARGEST_PICTURE = 300_000

page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)


def test_the_page_of_the_rules_is_made_from_the_rule_table():
    """A changed rule shows in the documentation: `python docs/make_rules.py`."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == script("docs/make_rules.py").page()


def test_every_rule_says_in_words_what_it_counts_from():
    make_rules = script("docs/make_rules.py")
    assert {rule.counts_from for rule in make_rules.RULES} <= set(make_rules.COUNTS_FROM)


@page
def test_links_and_pictures_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name) if name else page
        assert other.exists(), f"{page.name} leads to {target}"
        if anchor:
            assert anchor in anchors(other), f"{page.name} leads to {target}"


@page
def test_every_picture_says_in_words_what_it_shows(page: Path):
    assert "![](" not in page.read_text("utf-8")


def test_every_picture_is_made_by_the_scripts_that_one_command_runs():
    """In both languages, so that a change of looks never leaves an old picture behind."""
    folder = ROOT / "docs" / "pictures"
    scripts = [folder / name for name in script("docs/pictures/make_all.py").SCRIPTS]
    made = set(script("docs/pictures/make_pictures.py").PICTURES)
    for path in scripts:
        taken = re.findall(r'HERE / f"([\w-]+)\{ending\}\.png"', path.read_text("utf-8"))
        made |= {f"{name}{ending}.png" for name in taken for ending in ("", ".zh")}

    assert all(path.exists() for path in scripts)
    assert {path.name for path in folder.glob("*.png")} == made


def test_pictures_are_small_and_shown():
    shown = "".join(path.read_text("utf-8") for path in PAGES)
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        assert picture.name in shown
        assert picture.stat().st_size < LARGEST_PICTURE


@page
def test_commands_and_options_that_are_shown_exist(page: Path):
    commands = subcommands()
    for line in command_lines(page):
        parts = shlex.split(line)[1:]
        if not parts or parts[0] == "...":
            continue
        assert parts[0] in commands, line
        known = commands[parts[0]]._option_string_actions
        for part in parts[1:]:
            if part.startswith("-"):
                assert part in known, f"{line}: {part}"


def test_every_command_and_option_is_on_the_page_of_the_commands():
    text = COMMANDS.read_text("utf-8")
    told = [(row[0], re.split(r", ", row[1])) for row in table_rows(COMMANDS, "| `--")]
    for name, parser in subcommands().items():
        assert f"`{name}`" in text or f"xl-retention {name}" in text
        for option in parser._option_string_actions:
            assert option in ("-h", "--help") or any(
                option in re.findall(r"--[a-z-]+", options) and name in commands for options, commands in told
            ), f"{name} {option}"


def test_the_page_of_the_commands_names_no_option_that_is_not_there():
    parsers = subcommands()
    for options, commands, *_ in table_rows(COMMANDS, "| `--"):
        for name in commands.split(", "):
            for option in re.findall(r"(?<![\w-])--[a-z-]+", options):
                assert option in parsers[name]._option_string_actions, f"{name} {option}"


def test_the_readme_has_two_setup_commands():
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert [block.strip() for block in blocks if "pip install" in block] == [
        "pip install . && xl-retention demo",
        "pip install '.[test]' && pytest",
    ]


@page
def test_the_commands_that_are_shown_run(page: Path, tmp_path: Path, monkeypatch, capsys):
    """In process, in an empty folder; a workbook of the reader's own is played by the sample of that language."""
    monkeypatch.chdir(tmp_path)
    for line in dict.fromkeys(command_lines(page)):
        arguments = shlex.split(line)[1:]
        for before, name in pairwise(arguments):
            book = Path(name, "Store.xlsx") if name.endswith("/") else Path(name)
            if before != "--out" and book.suffix in (".xlsx", ".xlsm") and not book.exists():
                book.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(sample_path("zh" if page.name.endswith(".zh.md") else "en"), book)
        if arguments[0] != "demo" and not any(name.endswith((".xlsx", ".xlsm")) for name in arguments):
            continue  # speaks of a command, such as `xl-retention check`
        assert cli.run(arguments) == cli.DONE, f"{line}: {capsys.readouterr().err}"


def test_the_demo_leaves_what_the_readme_says(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["demo"]) == cli.DONE
    left = sorted(path.name for path in (tmp_path / DEMO_FOLDER).iterdir())
    assert len(left) == 2
    assert left[0].startswith("Store-East.backup-")
    assert left[1] == SAMPLES["en"]
    assert f"{DEMO_FOLDER}/{SAMPLES['en']}" in capsys.readouterr().out


@guide
def test_parameters_of_the_guide_have_the_defaults_that_it_gives(guide: Path):
    rows = table_rows(guide, "| `")
    assert len(rows) > 10
    for name, default, *_ in rows:
        parameter = parameter_named(name.strip("`"))
        assert parameter is not None, name
        if parameter.default is None:
            assert default in ("blank", "空", "of the sheets", "随表")
        else:
            assert parameter.reader.read(default) == Parameters()[parameter.name]


@guide
def test_rows_of_a_rules_sheet_in_the_guide_are_understood(guide: Path):
    names = ("on", "role", "priority", "open", "due", "deadline", "expire")
    overrides = {}
    for row in table_rows(guide, "| DLV-", "| BDAY-"):
        code, cells = row[0], dict(zip(names, row[1:], strict=True))
        assert is_known(code)
        given = {name: READERS[name][0](text) for name, text in cells.items() if text and text not in NEVER}
        overrides[code] = RuleOverride(**given, never_expires=cells["expire"] in NEVER)
    rules = Rulebook(Parameters(), overrides)

    assert rules["DLV-3D"].role == "CS"
    assert str(rules["DLV-3D"].due) == "+2d"
    assert not rules["BDAY-0"].on
    assert rules["DLV-M06"].expire is None


@guide
def test_the_guide_names_all_roles(guide: Path):
    """A message of the command line sends the reader there."""
    text = guide.read_text("utf-8")
    assert [role for role in ROLES if not re.search(rf"\b{role}\b", text, re.ASCII)] == []


@guide
def test_the_guide_explains_every_column_of_the_call_sheet(guide: Path):
    from xl_retention.sheets.calls.call_sheet import COLUMNS
    from xl_retention.sheets.wording import say

    text = guide.read_text("utf-8")
    language = "zh" if guide.name.endswith(".zh.md") else "en"
    assert [say(column.name, language) for column in COLUMNS if say(column.name, language) not in text] == []


def test_the_guide_says_how_far_undo_goes_back(tmp_path: Path):
    """
    One run is kept: after Merge a copy and Apply answers that of the answers, and then none.
    """
    for action in ("merge_copy", "apply_answers"):
        snapshots.keep("Store.xlsm", Snapshot(action), tmp_path)
    kept = snapshots.kept("Store.xlsm", tmp_path)
    snapshots.forget("Store.xlsm", tmp_path)

    assert kept == Snapshot("apply_answers", taken=[], put=[])
    assert snapshots.kept("Store.xlsm", tmp_path) is None
    english, chinese = (" ".join(guide.read_text("utf-8").split()) for guide in GUIDES)
    assert "it takes back the answers alone, and pressed once more it says that nothing is left to undo" in english
    assert "只撤销答复；再点一次则提示没有可撤销的操作" in chinese


@guide
def test_the_guide_names_every_button_as_it_is_written_on_it(guide: Path):
    from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS
    from xl_retention.sheets.wording import say

    language = "zh" if guide.name.endswith(".zh.md") else "en"
    text = guide.read_text("utf-8")
    captions = [say(f"button_{button.name}", language) for button in (*BUTTONS, *ADD_IN_BUTTONS)]
    assert [caption for caption in captions if f"**{caption}**" not in text] == []


def script(path: str) -> ModuleType:
    """A kept script, loaded without running it."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """The commands of the program by name."""
    actions = cli.parser()._subparsers._group_actions
    return dict(actions[0].choices)


def command_lines(page: Path) -> list[str]:
    """Every `xl-retention ...` on a page, in running text or in a block."""
    text = page.read_text("utf-8")
    blocks = "".join(re.findall(r"^ *```sh\n(.*?)```", text, re.DOTALL | re.MULTILINE))
    lines = re.findall(r"^ *(?:.*&& )?(xl-retention .*)$", blocks, re.MULTILINE)
    return [*lines, *re.findall(r"`(xl-retention [^`]+)`", text)]


def table_rows(page: Path, *beginnings: str) -> list[list[str]]:
    """Rows of the tables of a page that begin so, as cells."""
    lines = [line for line in page.read_text("utf-8").splitlines() if line.startswith(beginnings)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def anchors(page: Path) -> set[str]:
    """What links may name behind `#`: the headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
