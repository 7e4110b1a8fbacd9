"""Sets up what the buttons of a workbook need: in Excel xlwings and its settings, in LibreOffice the bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xl_retention.errors import RetentionError, WrongRequest
from xl_retention.setting_up import bridge, copied_packages, excel, office_toolbar, trusting, xlwings_conf
from xl_retention.setting_up.excel import AddIns, XlwingsCommands
from xl_retention.setting_up.libreoffice import OLDEST_PYTHON, Office, offices
from xl_retention.setting_up.receipt import Receipt, Step, make_folder, take_away, take_folders_away
from xl_retention.setting_up.shipped import shipped
from xl_retention.setting_up.surroundings import Surroundings
from xl_retention.setting_up.words import LINES, say

RECEIPT = "installed.json"


@dataclass(frozen=True)
class Line:
    """One thing that was done or found, to be said: a key of `words.LINES` and what fills its places."""

    key: str
    values: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    def text(self, language: str) -> str:
        """The line in a language."""
        return say(LINES[self.key], language, **self.values)


def version_text(version: tuple[int, int]) -> str:
    """A Python version as people write it."""
    return f"{version[0]}.{version[1]}"


@dataclass
class Installation:
    """
    What is set up for one user.

    Args:
        surroundings: The computer.
        addins: Puts add-ins into Excel.
        profile: A LibreOffice profile to use instead of the user's own.
    """

    surroundings: Surroundings
    addins: AddIns = field(default_factory=XlwingsCommands)
    profile: Path | None = None

    @property
    def receipt(self) -> Receipt:
        """What was done so far."""
        return Receipt.read(self.surroundings.data / RECEIPT)

    # --- doing ----------------------------------------------------------------------------------------------

    def install(self, trust: Path | None = None) -> Iterator[Line]:
        """
        Sets up all that is there; a second time changes nothing. Lines come as things are done.

        Args:
            trust: A folder whose workbooks' macros LibreOffice shall run.
        """
        found = offices(self.surroundings, self.profile)
        receipt = self.receipt
        if trust is not None:
            yield from self._trust(receipt, found, trust)
        if self.surroundings.has_excel:
            yield from self._excel(receipt)
        for office in found:
            yield from self._libreoffice(receipt, office)
        if not self.surroundings.has_excel and not found:
            yield Line("nothing_to_set_up", failed=True)

    def _trust(self, receipt: Receipt, found: list[Office], folder: Path) -> Iterator[Line]:
        if not folder.is_dir():
            raise WrongRequest(f"{folder} is no folder that could be trusted.")
        for office in found:
            if trusting.address(folder) in trusting.trusted(office):
                yield Line("folder_was_trusted", {"path": str(folder)})
                continue
            trusting.refuse_if_running(office)
            made_file = not office.settings.exists()
            made = make_folder(office.settings.parent)
            trusting.trust(office, folder)
            receipt.add(
                Step("trust", str(office.settings), trusting.address(folder), None, made_file, made)
            )
            yield Line("folder_trusted", {"path": str(folder)})
        if self.surroundings.platform == "win32":
            yield Line("trust_in_excel", {"path": str(folder)})

    def _excel(self, receipt: Receipt) -> Iterator[Line]:
        # The settings come first: xlwings makes a file of its own where there is none.
        path = xlwings_conf.place(self.surroundings)
        yield self._setting(
            receipt, path, xlwings_conf.INTERPRETER[self.surroundings.platform],
            lambda _: str(self.surroundings.interpreter),
        )  # fmt: skip
        if self.surroundings.platform == "win32":
            yield self._setting(receipt, path, xlwings_conf.UDF_MODULES, xlwings_conf.modules_with_ours)
        yield self._addin(receipt, excel.XLWINGS_ADDIN, excel.xlwings_addin())
        yield self._addin(receipt, excel.OUR_ADDIN, shipped(excel.OUR_ADDIN))

    def _setting(
        self, receipt: Receipt, path: Path, key: str, value_after: Callable[[str | None], str]
    ) -> Line:
        text = xlwings_conf.read(path)
        before = xlwings_conf.value_of(text, key)
        value = value_after(before)
        if before == value:
            return Line("conf_there", {"key": key, "value": value})
        made_file = not path.exists()
        made = make_folder(path.parent)
        receipt.add(Step("conf", str(path), key, before, made_file, made))
        xlwings_conf.write(path, xlwings_conf.with_value(text, key, value))
        return Line("conf_written", {"key": key, "value": value, "path": str(path)})

    def _addin(self, receipt: Receipt, name: str, source: Path | None) -> Line:
        if source is None:
            return Line("addin_not_shipped", {"name": name}, failed=True)
        there = excel.start_folder(self.surroundings) / name
        script = excel.mac_script(self.surroundings) if name == excel.XLWINGS_ADDIN else None
        script_was_there = script is None or script.exists()
        if excel.same(there, source) and script_was_there:
            return Line("addin_there", {"name": name})
        was_there = there.exists()
        failure = self.addins.install(None if name == excel.XLWINGS_ADDIN else source)
        if failure:
            return Line("addin_failed", {"name": name, "reason": failure}, failed=True)
        if not was_there:  # one that was only renewed was the user's before us and stays
            receipt.add(Step("add-in", name))
        if not script_was_there:
            receipt.add(Step("file", str(script)))
        return Line("addin_installed", {"name": name})

    def _libreoffice(self, receipt: Receipt, office: Office) -> Iterator[Line]:
        if office.python is None:
            yield Line("office_no_python", {"path": str(office.program)}, failed=True)
            return
        python = version_text(office.python)
        if office.python_is_too_old:
            oldest = version_text(OLDEST_PYTHON)
            yield Line(
                "office_old_python", {"path": str(office.program), "python": python, "oldest": oldest}, failed=True
            )
            return
        if office.python == self.surroundings.python and not office.shut_in:
            folders = bridge.our_folders()
        else:
            copy = copied_packages.folder(office, self.surroundings)
            complete = copied_packages.is_complete(copy)
            if not complete:
                receipt.add(Step("folder", str(copy), made_folders=make_folder(copy.parent)))
                copied_packages.copy(office, self.surroundings)
            yield Line("packages_there" if complete else "packages_copied", {"python": python, "path": str(copy)})
            folders = (str(copy),)
        text = bridge.script(bridge.Bridge(folders, office.python), self.surroundings.log)
        yield self._file(receipt, "bridge", bridge.place(office), text)
        yield self._file(receipt, "toolbar", office_toolbar.place(office), office_toolbar.text())

    def _file(self, receipt: Receipt, what: str, path: Path, text: str) -> Line:
        """Writes a file of ours; the lines that say so are `WHAT_there` and `WHAT_written`."""
        if path.exists() and path.read_text("utf-8") == text:
            return Line(f"{what}_there", {"path": str(path)})
        receipt.add(Step("file", str(path), made_folders=make_folder(path.parent)))
        path.write_text(text, "utf-8")
        return Line(f"{what}_written", {"path": str(path)})

    # --- undoing --------------------------------------------------------------------------------------------

    def remove(self) -> Iterator[Line]:
        """Undoes every step of the receipt, the last one first; what fails stays on it for the next time."""
        receipt = self.receipt
        if not receipt.steps:
            yield Line("nothing_to_undo")
        for step in reversed(list(receipt.steps)):
            try:
                _UNDO[step.kind](self, step)
            except (OSError, RetentionError) as error:
                yield Line("not_undone", {"path": step.path, "reason": str(error)}, failed=True)
                continue
            receipt.drop(step)
            yield Line(f"undone_{step.kind}", {"path": step.path, "key": step.key})

    def _undo_file(self, step: Step) -> None:
        take_away(step)

    def _undo_conf(self, step: Step) -> None:
        path = Path(step.path)
        text = xlwings_conf.with_value(xlwings_conf.read(path), step.key, step.before)
        if step.made_file and not text.strip():
            path.unlink(missing_ok=True)
        elif path.exists():
            xlwings_conf.write(path, text)
        take_folders_away(step)

    def _undo_trust(self, step: Step) -> None:
        path = Path(step.path)
        profile = path.parent.parent
        if any(each.profile == profile and each.is_running for each in offices(self.surroundings, profile)):
            raise WrongRequest("LibreOffice is running; close it first")
        trusting.trust_no_more(path, step.key)
        if step.made_file and trusting.is_empty(path):
            path.unlink()
        take_folders_away(step)

    def _undo_addin(self, step: Step) -> None:
        if (excel.start_folder(self.surroundings) / step.path).exists() and (
            failure := self.addins.remove(step.path)
        ):
            raise WrongRequest(failure)


_UNDO: dict[str, Callable[[Installation, Step], None]] = {
    "file": Installation._undo_file,
    "folder": Installation._undo_file,
    "conf": Installation._undo_conf,
    "trust": Installation._undo_trust,
    "add-in": Installation._undo_addin,
}
