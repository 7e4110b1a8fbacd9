"""What xlwings asks of an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xlwings import base_classes

from xl_retention.books.libreoffice.app import App
from xl_retention.books.libreoffice.reading import clean
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals


class Engine:
    """LibreOffice, as xlwings sees it. It knows the offices that `connecting` has met, the latest first."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:
        """Nothing: `writing.Block` sees to all values of a block at once."""
        return value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """See `reading.clean`."""
        return clean(data, datetime_builder, empty_as, number_builder, err_to_str)


@named_refusals
class Apps(base_classes.Apps):
    """The offices, by the number of their process."""

    def __init__(self) -> None:
        self._apps: dict[int, App] = {}

    def remember(self, app: App) -> None:
        """Make it the first one, which xlwings takes for the active one."""
        self._apps = {app.pid: app} | {pid: one for pid, one in self._apps.items() if pid != app.pid}

    def keys(self) -> list[int]:
        """Their process numbers."""
        return list(self._apps)

    def add(self, *_: Any, **__: Any) -> App:
        """Not from here."""
        raise NotInLibreOffice("starting an app")

    def __iter__(self) -> Iterator[App]:
        return iter(self._apps.values())

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return self._apps[pid]
