"""The workbooks that come with the package: what a store's workbook is compared with and repaired from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

WORKBOOKS = ("Retention.xlsm", "Retention.zh.xlsm")


def shipped(name: str) -> Path | None:
    """A file that came with the package: inside it when installed, else in the source tree beside it."""
    package = Path(str(resources.files("xl_retention")))
    places = (package / "workbook" / name, package.parent / "workbook" / name)
    return next((path for path in places if path.is_file()), None)
