"""The office itself: its windows, its messages, its calculation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_retention.books.libreoffice.asking import ask_hidden
from xl_retention.books.libreoffice.books import Book, Books
from xl_retention.books.libreoffice.ranges import Range
from xl_retention.books.libreoffice.structs import Area, enumerated, properties
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.engine import Engine

# com.sun.star.awt.MessageBoxButtons and MessageBoxResults. As in Excel the first button has the keyboard.
_OK_FIRST, _YES_FIRST = 0x10000, 0x40000
_BUTTONS = {"ok": 1 | _OK_FIRST, "ok_cancel": 2 | _OK_FIRST, "yes_no": 3 | _YES_FIRST, "yes_no_cancel": 4 | _YES_FIRST}
_RESULTS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_CALCULATION = {True: "automatic", False: "manual"}


@named_refusals
class App(base_classes.App):
    """
    A running LibreOffice.

    Screen updating and calculation are properties of each workbook there; here they are set for the one that the
    app works on (`Books.active`).

    Args:
        engine: The engine that it is of.
        context: The UNO component context.
        pid: Of its process; xlwings tells apps apart by it.
        document: The UNO document to work on; None for the one in front.
    """

    def __init__(self, engine: Engine, context: Any, pid: int, document: Any = None) -> None:
        self.engine = engine
        self.context = context
        self._pid = pid
        self.document = document
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self._locked: Any = None
        self._indicator: Any = None
        self._status: str | bool = False

    # What LibreOffice has no switch for is kept, so that it can be put back: nothing that we call asks questions.
    display_alerts = True
    enable_events = True
    interactive = True
    cut_copy_mode: str | bool | None = False

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._pid

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @property
    def api(self) -> Any:
        """The UNO desktop."""
        return self.desktop

    @property
    def books(self) -> Books:
        """Its open workbooks."""
        return Books(self)

    @property
    def _book(self) -> Book:
        return self.books.active

    @property
    def _window(self) -> Any:
        return self._book.controller.Frame.ContainerWindow

    @property
    def hwnd(self) -> None:
        """There is none."""
        return

    @property
    def version(self) -> str:
        """Such as `7.4`."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        product = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(product.ooSetupVersion)

    @property
    def path(self) -> str:
        """The folder of the program."""
        import uno

        folder = self._service("com.sun.star.util.PathSubstitution").substituteVariables("$(prog)", True)
        return str(uno.fileUrlToSystemPath(folder))

    @property
    def visible(self) -> bool:
        """Whether the window is on the screen."""
        return bool(self._window.isVisible())

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._window.setVisible(visible)

    def activate(self, steal_focus: bool = False) -> None:
        """Bring the window to the front."""
        self._window.toFront()

    def quit(self) -> None:
        """End the office, unsaved."""
        self.desktop.terminate()

    @property
    def selection(self) -> Range | None:
        """The marked cells; None if something else or more than one range is marked."""
        book = self._book
        marked = book.controller.getSelection()
        if marked is None or not hasattr(marked, "RangeAddress"):
            return None
        return Range(book.sheets.active, Area.of(marked.RangeAddress))

    @property
    def screen_updating(self) -> bool:
        """Whether the window shows what changes."""
        return self._locked is None

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value and self._locked is not None:
            document, self._locked = self._locked, None
            with suppress(_disposed()):  # closed meanwhile
                document.removeActionLock()
                document.unlockControllers()
        elif not value and self._locked is None:
            self._locked = self._book.xl
            self._locked.lockControllers()
            self._locked.addActionLock()

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        return _CALCULATION[bool(self._book.xl.isAutomaticCalculationEnabled())]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in _CALCULATION.values():
            raise NotInLibreOffice(f"the calculation mode {value}")
        self._book.xl.enableAutomaticCalculation(value == _CALCULATION[True])

    def calculate(self) -> None:
        """Calculate all formulas of the workbook."""
        self._book.xl.calculateAll()

    @property
    def status_bar(self) -> str | bool:
        """The text shown below the sheets; False when it is LibreOffice's own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        if value is None or value is False:
            self._status = False
            if self._indicator is not None:
                indicator, self._indicator = self._indicator, None
                with suppress(_disposed()):
                    indicator.end()
            return
        self._status = str(value)
        if self._indicator is None:
            self._indicator = self._book.controller.Frame.createStatusIndicator()
            self._indicator.start(self._status, 0)
        else:
            self._indicator.setText(self._status)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any = None) -> str:
        """A message box in front of the workbook; what was pressed: `ok`, `cancel`, `yes` or `no`."""
        choice = buttons or "ok"
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX" if choice == "ok" else "QUERYBOX"
        box = self._service("com.sun.star.awt.Toolkit").createMessageBox(
            self._window, enumerated("awt.MessageBoxType", kind), _BUTTONS[choice], title or "", prompt or ""
        )
        try:
            answer = _RESULTS[box.execute()]
        finally:
            box.dispose()
        offered = choice.split("_")
        return answer if answer in offered else offered[-1]  # Escape is the last button

    def ask_password(self, title: str, prompt: str, buttons: tuple[str, str]) -> str:
        """What is typed, unseen, into a window in front of the workbook; "" if it is closed. Not of xlwings."""
        return ask_hidden(self._service, self._window, title, prompt, buttons)

    def run(self, macro: str, args: Any) -> Any:
        """
        Run a macro of the workbook's VBA, named `Module.Procedure`.

        Returns:
            What a function gives back.
        """
        document = self._book.xl
        library = document.BasicLibraries.ProjectName if hasattr(document.BasicLibraries, "ProjectName") else "Standard"
        script = document.getScriptProvider().getScript(
            f"vnd.sun.star.script:{library}.{macro.rpartition('!')[2]}?language=Basic&location=document"
        )
        return script.invoke(tuple(args), (), ())[0]


def _disposed() -> type[Exception]:
    import uno

    kind: type[Exception] = uno.getClass("com.sun.star.lang.DisposedException")
    return kind
