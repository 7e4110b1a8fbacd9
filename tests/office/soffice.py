"""A real LibreOffice in a real window, for tests.

How to use it in a test (fixtures are in `conftest.py`; the office is started once per session, about 6 seconds)::

    def test_something(office, tmp_path):
        opened = office.open(tmp_path / "Store.xlsx")        # visible, macros allowed
        opened.book.sheets["Calls"]["A1"].value              # an xlwings.Book through our engine, over a pipe
        opened.click("btnGenerate")                          # name or caption of a form button, by mouse
        office.wait_for("the list", lambda: opened.cell("Calls", "A2").String, seconds=60)
        office.screen.press_key("Return")                    # also: type_text, wait_for_window, windows, click_at
        office.screen.screenshot(tmp_path / "list.png")
        opened.close()                                       # what is left open is closed after the test

    opened.model                                             # the UNO document, if xlwings does not do
    office.new()                                             # an empty workbook
    office.scripts                                           # folder of Python scripts (location=user)
    office.restart()                                         # after changes to the profile
    office.log                                               # what soffice and its Python printed

Python scripts placed into `office.scripts` are found without a restart; a changed script may need `restart()`.
A call over the pipe waits while a macro runs in the office. `wait_for` ends the office when that takes too long, so a
test never hangs; the next test gets a new office.
In tests make UNO structs with `uno.createUnoStruct`; `from com.sun.star… import …` is switched off (see `uno_module`).
"""

from __future__ import annotations

import builtins
import importlib
import os
import shutil
import subprocess
import sys
import threading
import time
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from tests.office.virtual_screen import TooSlow, VirtualScreen, end_process, wait_for

PROGRAMS = {
    "soffice": "libreoffice-calc",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
PACKAGES = "libreoffice-calc libreoffice-script-provider-python python3-uno xvfb openbox xdotool imagemagick"

# Set in the private profile: path of the configuration node, property, type and value.
PREFERENCES = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)

T = TypeVar("T")


@cache
def uno_module() -> Any:
    """
    LibreOffice's `uno`, taken from the system's Python, whose folder does not stay on the path.

    `uno` puts an import function of its own into `builtins`. It is taken out again: the other tests of the session
    are to run with Python's.

    Raises:
        ImportError: There is none, or it is made for another version of Python.
    """
    place = subprocess.run(
        [shutil.which("python3", path=os.defpath) or "python3", "-c", "import uno; print(uno.__file__)"],
        env={"PATH": os.defpath}, capture_output=True, text=True, timeout=60, check=False,
    ).stdout.strip()  # fmt: skip
    python_import = builtins.__import__
    sys.path.append(str(Path(place).parent) if place else "")
    try:
        uno = importlib.import_module("uno")
        importlib.import_module("unohelper")
    finally:
        sys.path.pop()
        builtins.__import__ = python_import
    return uno


def need_office() -> None:
    """Skip the test, or fail it where an office is required, if a program is missing."""
    missing = [program for program in PROGRAMS if not shutil.which(program, path=os.defpath)]
    try:
        uno_module()
    except ImportError as error:
        missing.append(f"uno for Python {sys.version_info.major}.{sys.version_info.minor} ({error})")
    if not missing:
        return
    message = f"needs {', '.join(missing)}: apt-get install {PACKAGES}"
    if os.environ.get("XL_RETENTION_REQUIRE_OFFICE") == "1":
        pytest.fail(message)
    pytest.skip(message)


def preferences_xml() -> str:
    """The profile's `registrymodifications.xcu`."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in PREFERENCES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )


def properties(**values: Any) -> tuple[Any, ...]:
    """UNO property values, as `loadComponentFromURL` and `storeToURL` want them."""
    uno = uno_module()
    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Office:
    """
    A running soffice with a private profile on a virtual screen.

    Args:
        folder: An empty folder for the profile, the home folder and the log.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scripts = folder / "profile" / "user" / "Scripts" / "python"
        self.scripts.mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(preferences_xml(), "utf-8")
        (folder / "home").mkdir()
        self._opened: set[Path] = set()
        self.log = folder / "soffice.log"
        self.screen = VirtualScreen(folder / "home")
        try:
            self._start()
        except BaseException:
            self.screen.close()
            raise

    def _start(self) -> None:
        self.pipe = f"xlr{uuid4().hex[:12]}"
        self.process = self.screen.start(
            [
                "soffice", "--norestore", "--nologo", "--nofirststartwizard", "--nodefault",
                f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                f"--accept=pipe,name={self.pipe};urp;",
            ],
            self.log,
        )  # fmt: skip
        try:
            self.context = wait_for("LibreOffice to answer", self._answer, 120, every=0.2)
            self.desktop = wait_for("LibreOffice to be ready", self._ready_desktop, 60, every=0.2)
        except BaseException:
            self.kill()
            raise

    def _ready_desktop(self) -> Any:
        """It answers a little before it can open anything."""
        desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        try:
            desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True)).close(True)
        except uno_module().getClass("com.sun.star.uno.RuntimeException"):
            return None
        return desktop

    def _answer(self) -> Any:
        if self.process.poll() is not None:
            raise AssertionError(f"soffice ended while it started: {self.log.read_text(errors='replace')[-2000:]}")
        uno = uno_module()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        try:
            return resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            return None

    @property
    def alive(self) -> bool:
        """Does it still run?"""
        return self.process.poll() is None

    def kill(self) -> None:
        """End soffice without asking, and take away the marks by which what it had open would look open for ever."""
        end_process(self.process)
        for path in self._opened:
            path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)
        self._opened.clear()

    def restart(self) -> None:
        """A new soffice with the same profile; what was open is lost."""
        self.kill()
        self._start()

    def close(self) -> None:
        """End soffice and the screen."""
        self.kill()
        self.screen.close()

    def within(self, seconds: float, what: str) -> Within:
        """Bound the time of calls over the pipe, which have no limit of their own."""
        return Within(self, seconds, what)

    def wait_for(self, what: str, question: Callable[[], T | None], seconds: float = 30) -> T:
        """
        `virtual_screen.wait_for` for questions to the office, which may be busy with a macro.

        Raises:
            TooSlow: It did not come; the text names the windows on the screen and a picture of it.
        """
        try:
            with self.within(seconds + 5, what):
                return wait_for(what, question, seconds, every=0.1)
        except TooSlow as error:
            picture = self.screen.screenshot(self.folder / f"too-slow-{uuid4().hex[:6]}.png")
            raise TooSlow(f"{error}; on the screen: {self.screen.windows()}; picture: {picture}") from error

    def open(self, path: Path, macros: bool = True, seconds: float = 60, **load: Any) -> Opened:
        """
        Open a file in a window.

        Args:
            path: The file.
            macros: Whether its macros may run; `False` is what a person sees who forbids them.
            load: Further load properties, such as `ReadOnly=True`.
        """
        self._opened.add(path.resolve())
        return self._load(path.resolve().as_uri(), seconds, MacroExecutionMode=4 if macros else 0, **load)

    def new(self) -> Opened:
        """An empty workbook in a window, never saved."""
        return self._load("private:factory/scalc", 60)

    def _load(self, url: str, seconds: float, **load: Any) -> Opened:
        with self.within(seconds, f"LibreOffice to open {url}"):
            model = self.desktop.loadComponentFromURL(url, "_blank", 0, properties(**load))
        if model is None:
            raise AssertionError(f"LibreOffice did not open {url}")
        return Opened(self, model)

    def close_documents(self) -> None:
        """Close whatever is open, unsaved."""
        with self.within(30, "LibreOffice to close its documents"):
            documents = self.desktop.Components.createEnumeration()
            while documents.hasMoreElements():
                document = documents.nextElement()
                if hasattr(document, "close"):
                    document.close(True)


class Within:
    """
    Ends an office whose answers take too long.

    A class and no generator: Python cannot throw LibreOffice's exceptions into a generator.

    Raises:
        TooSlow: At the end, if the office was ended.
    """

    def __init__(self, office: Office, seconds: float, what: str) -> None:
        self._office, self._seconds, self._what = office, seconds, what
        self._late = threading.Event()
        self._guard = threading.Timer(seconds, self._end)

    def _end(self) -> None:
        self._late.set()
        self._office.kill()

    def __enter__(self) -> None:
        self._guard.start()

    def __exit__(self, *_: object) -> None:
        self._guard.cancel()
        self._guard.join()
        if self._late.is_set():
            raise TooSlow(f"waited {self._seconds:g} s for {self._what}; LibreOffice was ended")


class Opened:
    """
    A workbook open in an office.

    Args:
        office: The office.
        model: The UNO document.
    """

    def __init__(self, office: Office, model: Any) -> None:
        self.office = office
        self.model = model

    @property
    def book(self) -> Any:
        """The workbook as an `xlwings.Book` of our engine.

        Over the one connection of the office: after some hundred connections LibreOffice 7.4 mixes up answers.
        """
        from xl_retention.books.libreoffice import connecting

        return connecting.book_in(self.office.context, self.model, self.office.process.pid)

    def cell(self, sheet: str, address: str) -> Any:
        """The UNO cell or range at an address such as `B3`: `.String`, `.Value`, `.Formula`, `.getDataArray()`."""
        return self.model.Sheets.getByName(sheet).getCellRangeByName(address)

    def buttons(self) -> dict[str, list[str]]:
        """For each sheet the captions of its form buttons, in their order."""
        return {sheet.Name: [shape.Control.Label for shape in _button_shapes(sheet)] for sheet in self._sheets()}

    def _sheets(self) -> list[Any]:
        return [self.model.Sheets.getByIndex(at) for at in range(self.model.Sheets.Count)]

    def click(self, button: str, sheet: str | None = None, seconds: float = 30) -> None:
        """
        Click a form button with the mouse, after bringing its sheet to the front and the button into view.

        Args:
            button: Its name or its caption.
            sheet: The sheet to look at; by default the first that has the button, the one in front before others.
            seconds: How long it may take to be in view.
        """
        with self.office.within(seconds + 5, f"the button {button!r} to be in view"):
            x, y = self._middle_of(button, sheet, seconds)
        self.office.screen.click_at(x, y)

    def _middle_of(self, button: str, sheet: str | None, seconds: float) -> tuple[int, int]:
        controller = self.model.CurrentController
        sheets = sorted(self._sheets(), key=lambda one: one.Name != controller.ActiveSheet.Name)
        found = [
            (one, shape)
            for one in sheets
            if sheet in (None, one.Name)
            for shape in _button_shapes(one)
            if button in (shape.Control.Name, shape.Control.Label)
        ]
        if not found:
            raise AssertionError(f"no button {button!r} among {self.buttons()}")
        where, shape = found[0]
        self.model.CurrentController.Frame.ContainerWindow.toFront()
        controller.setActiveSheet(where)
        controller.setFormDesignMode(False)
        controller.setFirstVisibleColumn(max(0, _column_at(where, shape.Position.X) - 2))
        controller.setFirstVisibleRow(max(0, _row_at(where, shape.Position.Y) - 5))

        def resting() -> tuple[int, int] | None:
            first = _middle_on_screen(controller, shape)
            time.sleep(0.2)
            return first if first and first == _middle_on_screen(controller, shape) else None

        return wait_for(f"the button {button!r} to be in view", resting, seconds)

    def save_as(self, path: Path, filter_name: str = "Calc MS Excel 2007 VBA XML") -> Path:
        """Save a copy as a person would with Save As; by default as xlsm."""
        with self.office.within(120, f"LibreOffice to save {path}"):
            self.model.storeAsURL(path.resolve().as_uri(), properties(FilterName=filter_name))
        return path

    def close(self) -> None:
        """Close it, unsaved."""
        with self.office.within(30, "LibreOffice to close the workbook"):
            self.model.close(True)


def _button_shapes(sheet: Any) -> list[Any]:
    page = sheet.DrawPage
    shapes = [page.getByIndex(at) for at in range(page.Count)]
    return [
        shape
        for shape in shapes
        if shape.supportsService("com.sun.star.drawing.ControlShape")
        and shape.Control.supportsService("com.sun.star.form.component.CommandButton")
    ]


def _row_at(sheet: Any, height: int) -> int:
    """0-based row at a height in 1/100 mm. A shape's own anchor may be its sheet instead of a cell."""
    return bisect_right(range(sheet.Rows.Count), height, key=lambda row: sheet.getCellByPosition(0, row).Position.Y) - 1


def _column_at(sheet: Any, width: int) -> int:
    """0-based column at a distance in 1/100 mm from the left."""
    columns = range(sheet.Columns.Count)
    return bisect_right(columns, width, key=lambda column: sheet.getCellByPosition(column, 0).Position.X) - 1


def _middle_on_screen(controller: Any, shape: Any) -> tuple[int, int] | None:
    view = controller.getControl(shape.Control)
    context = view.getAccessibleContext() if view else None
    if context is None:
        return None
    corner, size = context.getLocationOnScreen(), context.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2
