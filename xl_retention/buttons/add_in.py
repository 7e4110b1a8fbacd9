"""The button of the add-in: a workbook of the staff's becomes one of ours."""

from __future__ import annotations

import itertools
from pathlib import Path

from xl_retention.builder.adopting import adopt
from xl_retention.buttons.pressed import Action, Hint, Pressed
from xl_retention.sheets.wording import both, say


def _adopt(pressed: Pressed) -> None:
    """Adopts the file; the open workbook stays as it is, so that nothing of it can be lost."""
    path = Path(pressed.name)
    ours = {name.casefold() for name in both("start_sheet")}
    if path.suffix.lower() == ".xlsm" and any(name.casefold() in ours for name in pressed.book.sheet_names()):
        raise Hint(say("adopted_already", pressed.language, name=path.name))
    if not (path.is_file() and pressed.book.is_saved):
        raise Hint(say("adopt_save_first", pressed.language))
    names = (f"{path.stem} ({number})" if number else path.stem for number in itertools.count())
    out = next(out for name in names if not (out := path.with_name(f"{name} Retention.xlsm")).exists())
    adopted = adopt(path, out, pressed.now.date(), progress=pressed.progress)
    pressed.book.open_beside(out, say("start_sheet", adopted.language))


ACTIONS: dict[str, Action] = {
    "adopt": _adopt,
}
