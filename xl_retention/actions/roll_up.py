"""Roll up a group: the key figures of many stores together, recomputed from their rows (DOM 5); command `roll-up`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from xl_retention import __version__
from xl_retention.actions.generate_calls import all_problems
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.actions.tasks import each_done
from xl_retention.books.closed import ClosedBook
from xl_retention.books.fresh import workbook_of
from xl_retention.domain.dates import Period
from xl_retention.domain.group.known import Known
from xl_retention.domain.group.share import StoreShare, share_of
from xl_retention.domain.group.together import GroupFigure, figures_together
from xl_retention.domain.kpis.counting import Counting
from xl_retention.errors import RetentionError, StoreNotUnderstood, WrongRequest
from xl_retention.sheets import group_sheets
from xl_retention.sheets.group_sheets import Told
from xl_retention.sheets.reading.reader import read_store

OF_STORES = {**NEEDED, "store": ("name", "region")}


@dataclass(frozen=True)
class Order:
    """One store to count.

    Args:
        path: Its workbook.
        kept: File that keeps the answer until all are done; "" for none.
    """

    path: str
    as_of: dt.date
    period: Period
    kept: str = ""


@dataclass(frozen=True)
class NotRead:
    """A workbook that could not be counted, and why."""

    file: str
    reason: str


@dataclass(frozen=True, eq=False)
class RolledUp:
    """
    A group over one period.

    Args:
        stores: In the order of their files.
        failed: Workbooks left out.
    """

    as_of: dt.date
    period: Period
    stores: tuple[StoreShare, ...]
    failed: tuple[NotRead, ...]

    @cached_property
    def known(self) -> Known:
        """Who is known where."""
        return Known(self.stores)

    @cached_property
    def figures(self) -> list[GroupFigure]:
        """Of the whole group."""
        return figures_together(self.stores, self.known)

    @cached_property
    def regions(self) -> dict[str, list[GroupFigure]]:
        """Of each region, by name; empty where no store names one."""
        places: dict[str, list[int]] = {}
        for place, store in enumerate(self.stores):
            places.setdefault(store.region, []).append(place)
        if set(places) == {""}:
            return {}
        return {region: figures_together(self.stores, self.known, among) for region, among in sorted(places.items())}

    @property
    def language(self) -> str:
        """That of most stores; the first one's where they are equally many."""
        languages = [store.language for store in self.stores]
        return max(dict.fromkeys(languages), key=languages.count, default="en")


def roll_up(
    paths: Sequence[Path],
    as_of: dt.date,
    period: Period | None = None,
    *,
    scheduler: str = "",
    workers: int = 0,
    parts: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> RolledUp:
    """
    Counts every store and puts them together; a workbook that cannot be read is named and left out.

    Args:
        paths: Workbooks, a store each.
        period: The month of *as_of* by default.
        scheduler, workers: See `tasks.each_done`.
        parts: Folder that keeps what is counted until the end, so that a run that was stopped goes on from there.
        progress: Called with how many stores are done, and of how many.

    Raises:
        StoreNotUnderstood: None of the workbooks could be counted.
        WrongRequest: The scheduler does not answer.
    """
    period = period or Period.containing(as_of, "month")
    if parts is not None:
        parts.mkdir(parents=True, exist_ok=True)
    orders = [
        Order(str(path), as_of, period, str(parts / _kept_as(path, as_of, period)) if parts else "") for path in paths
    ]
    answers: dict[str, StoreShare | NotRead] = {}
    for number, (order, answer) in enumerate(each_done(count_store, orders, scheduler, workers), 1):
        answers[order.path] = answer
        progress(number, len(orders))
    in_order = [answers[order.path] for order in orders]
    stores = tuple(answer for answer in in_order if isinstance(answer, StoreShare))
    failed = tuple(answer for answer in in_order if isinstance(answer, NotRead))
    if not stores:
        if parts is not None:
            with suppress(OSError):  # not empty: of a run that was stopped
                parts.rmdir()
        reasons = "; ".join(f"{each.file}: {each.reason}" for each in failed[:3])
        raise StoreNotUnderstood(f"None of the workbooks could be counted. {reasons}")
    return RolledUp(as_of, period, stores, failed)


def count_store(order: Order) -> StoreShare | NotRead:
    """What one store gives to the group; a task that may run on another computer."""
    path, kept = Path(order.path), Path(order.kept)
    if order.kept:
        with suppress(OSError, ValueError, KeyError, TypeError):  # not there, or half written
            return StoreShare.from_plain(json.loads(kept.read_text("utf-8")))
    try:
        with ClosedBook(path) as book:
            store = read_store(book, OF_STORES)
            counting = Counting(store, order.as_of)
            share = share_of(path.name, store, counting, order.period, all_problems(store, counting.situation))
    except RetentionError as error:
        return NotRead(path.name, str(error))
    except OSError as error:
        return NotRead(path.name, error.strerror or str(error))
    if order.kept:
        half = kept.with_suffix(".tmp")
        half.write_text(json.dumps(share.as_plain(), ensure_ascii=False), "utf-8")
        half.replace(kept)
    return share


def write_group(path: Path, made: RolledUp, language: str = "") -> Path | None:
    """Writes the group's workbook; gives back the backup of the one that was there."""
    failed = [(each.file, each.reason) for each in made.failed]
    told = Told(
        made.stores, made.known, made.figures, made.regions, failed, made.period, made.as_of, language or made.language
    )
    return workbook_of(path, [(sheet.name, sheet.rows, sheet.layout) for sheet in group_sheets.lay_out(told)])


def write_parquet(path: Path, made: RolledUp) -> None:
    """
    Writes the figures of every store, a row each, as Parquet for other tools.

    Raises:
        WrongRequest: pyarrow is not installed (extra `group`).
    """
    if find_spec("pyarrow") is None:
        raise WrongRequest("--parquet needs pyarrow: pip install 'xl-retention[group]'.")
    import pyarrow
    from pyarrow import parquet

    rows = [
        {
            "file": store.file, "store": store.name, "region": store.region, "as_of": store.as_of,
            "start": made.period.start.isoformat(), "end": made.period.end.isoformat(), "code": figure.code,
            "group": figure.group, "numerator": figure.above.number, "denominator": figure.below.number,
            "value": figure.value, "target": figure.target, "status": figure.status,
        }
        for store in made.stores
        for figure in store.figures
    ]  # fmt: skip
    numbers = {name: pyarrow.float64() for name in ("numerator", "denominator", "value", "target")}
    schema = pyarrow.schema([(name, numbers.get(name, pyarrow.string())) for name in rows[0]] if rows else [])
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema), path)


def forget_parts(parts: Path) -> None:
    """Deletes what a finished run kept on the way: it holds phones."""
    shutil.rmtree(parts, ignore_errors=True)


def _kept_as(path: Path, as_of: dt.date, period: Period) -> str:
    """A name that changes with the workbook, the day, the period and our version."""
    try:
        state = path.stat()
        changed = (state.st_size, state.st_mtime_ns)
    except OSError:
        changed = (0, 0)
    told = repr((str(path.resolve()), changed, as_of.isoformat(), period.label, __version__))
    return f"{path.stem}-{hashlib.sha256(told.encode()).hexdigest()[:16]}.json"
