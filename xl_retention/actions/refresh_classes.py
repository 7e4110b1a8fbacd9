"""Refresh classes: every car, customer, prospect and key account in its classes (DOM 4); the command `classify`.

`classify` only answers. `refresh_classes` writes too: columns of ours beside the staff's rows, listed on the sheet
Mapping, and the sheets Class Changes and Segments.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.actions.written_classes import write_class_columns
from xl_retention.books.book import Book
from xl_retention.domain.classes.gaps import class_problems
from xl_retention.domain.classes.ratio_check import TierShare, ratio_check
from xl_retention.domain.classes.relationship_stage import RepairPlan, repair_plans
from xl_retention.domain.classes.scheme import UNKNOWN, Classified, Scheme
from xl_retention.domain.classes.schemes import BY_KEY, OF_EACH_VEHICLE, SCHEMES, on_cars
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Store
from xl_retention.errors import WrongRequest
from xl_retention.sheets.classes import class_changes_sheet, segments_sheet
from xl_retention.sheets.classes.class_changes_sheet import Change, ChangeLog
from xl_retention.sheets.classes.class_reasons import whys
from xl_retention.sheets.classes.segments_sheet import SavedFilter
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.wording import both, say

NEEDED = {
    # By table the fields that classes depend on; the others are not even cleaned.
    "customer": (
        "customer_id", "customer_name", "customer_type", "mobile", "birth_date", "birth_year", "id_number",
        "occupation", "industry", "hobbies", "address", "region_type", "distance_km", "base_scope", "credit_grade",
    ),
    "vehicle": (
        "vin", "plate_no", "customer_id", "brand", "series", "model", "use_type", "purchase_date", "delivery_date",
        "warranty_end", "last_odometer", "odometer_date", "first_service_done", "first_service_date",
        "last_service_date", "next_service_date", "next_service_km", "vehicle_status",
    ),
    "service_visit": (
        "ro_no", "vin", "plate_no", "customer_name", "mobile", "visit_date", "checkout_date", "odometer_in",
        "work_type", "total_amount", "paid_amount", "pay_type", "next_service_date", "next_service_km",
    ),
    "contact_log": (
        "contact_id", "customer_id", "vin", "plate_no", "customer_name", "mobile", "contact_at",
        "satisfaction_level",
    ),
    "complaint": (
        "complaint_id", "received_at", "customer_id", "vin", "plate_no", "customer_name", "mobile", "resolved_at",
        "followup_at", "status",
    ),
    "prospect": (
        "prospect_no", "created_date", "name", "mobile", "grade", "expected_order_date", "last_follow_date", "status",
    ),
    "key_account": (
        "account_no", "name", "contact", "owner", "annual_frequency", "amount", "margin_pct", "wallet_share_pct",
        "stage", "on_time_pct", "sales_mode", "years", "reputation",
    ),
}  # fmt: skip

NOT_ASKED = {name: entity.key for name, entity in ENTITIES.items() if name not in NEEDED}
"""Tables that no class depends on; their key alone tells their rows apart, which spares cleaning the rest."""


@dataclass(frozen=True)
class Counts:
    """
    The sizes of the classes of one scheme.

    Args:
        of_labels: By word, in the order of the scheme; classes in which nobody is are left out.
        total: Rows that the scheme speaks of; with several labels a row the counts may add up to more, or less.
    """

    of_labels: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, scheme: Scheme, found: Classified) -> Counts:
        """Counted over all rows of the scheme's subject."""
        if scheme.several:
            counted = Counter(word for words in found.labels for word in words)
            total = len(found)
        else:
            counted = Counter(found.labels[found.labels != ""].tolist())
            total = counted.total()
        known = {label.word: counted[label.word] for label in scheme.labels if counted[label.word]}
        return cls(known, total)


@dataclass(frozen=True)
class Classes:
    """
    What the action found.

    Args:
        situation: The store on the day; any scheme of `domain.classes.schemes` can be asked in it.
        language: Of the words written.
    """

    situation: Situation
    problems: tuple[Problem, ...]
    language: str

    @cached_property
    def of_vehicles(self) -> Mapping[str, Classified]:
        """By key of the scheme the labels of each listed car, for the schemes of `OF_EACH_VEHICLE`."""
        return {key: on_cars(BY_KEY[key], self.situation) for key in OF_EACH_VEHICLE}

    def of(self, key: str) -> Classified:
        """The labels of a scheme over the rows that it is about."""
        return BY_KEY[key].of(self.situation)

    def why_of_vehicles(self) -> Mapping[str, list[str]]:
        """By key of the scheme one sentence per listed car that explains its label."""
        return {key: whys(BY_KEY[key], found, self.language) for key, found in self.of_vehicles.items()}

    def counts(self) -> Iterator[tuple[Scheme, Counts]]:
        """How many rows carry each label, scheme by scheme; schemes of which nothing is known are left out."""
        for scheme in SCHEMES:
            if scheme.labels:
                counts = Counts.of(scheme, scheme.of(self.situation))
                if counts.of_labels.keys() - {UNKNOWN}:
                    yield scheme, counts

    @property
    def ratio_check(self) -> tuple[TierShare, ...]:
        """The sizes of the value tiers beside the wanted ones."""
        return ratio_check(self.of("value_tier").labels, self.situation.parameters)

    @property
    def repair_plans(self) -> tuple[RepairPlan, ...]:
        """Key accounts whose relationship fell back a stage."""
        return repair_plans(self.situation)


def classify(book: Book, as_of: dt.date, *, progress: Progress) -> Classes:
    """
    Reads a store and classifies all its rows; writes nothing.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read.
    """
    progress("reading")
    store = _asked(read_store(book, {**NEEDED, **NOT_ASKED}))
    progress("computing")
    situation = Situation(store, as_of)
    gaps = class_problems(situation, (BY_KEY[key] for key in OF_EACH_VEHICLE))
    return Classes(situation, (*all_problems(store, situation), *gaps), store.language)


@dataclass(frozen=True)
class RefreshedClasses:
    """
    What was written.

    Args:
        classes: With a problem for each list that has no room for them.
        rows: How many rows of the staff's show their classes.
        changes: Promotions and demotions since the run before.
        sheet: Name of the sheet Segments in this workbook.
        left_out: The problems of lists without room.
    """

    classes: Classes
    rows: int
    changes: tuple[Change, ...]
    sheet: str
    left_out: tuple[Problem, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows, and how many moved up and down, for the line that tells the result."""
        down = sum(change.is_demotion for change in self.changes)
        return {"rows": self.rows, "up": len(self.changes) - down, "down": down}


def refresh_classes(book: Book, as_of: dt.date, *, progress: Progress) -> RefreshedClasses:
    """
    Classifies all rows and shows their classes beside them, where there is room.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: As by `show_classes`.
    """
    return show_classes(book, classify(book, as_of, progress=progress), progress=progress)


def show_classes(book: Book, classes: Classes, *, progress: Progress) -> RefreshedClasses:
    """
    Puts classes beside their rows, where there is room, and counts them on sheets of ours.

    Raises:
        BookRefused: The book cannot be read or written, or the staff keep a sheet of their own under the name of
            one of ours.
    """
    language, situation = classes.language, classes.situation
    changes_name = own_sheet(book, "changes_sheet", language, class_changes_sheet.is_ours)
    segments_name = own_sheet(book, "segments_sheet", language, segments_sheet.is_ours)
    log = ChangeLog.of(_cells(book, changes_name))
    filters = saved_filters(book)
    progress("writing")
    written = write_class_columns(book, situation, log, language)
    changes = tuple(written.changes)
    cells = class_changes_sheet.lay_out(log, changes, situation.date, language)
    book.write(changes_name, cells, class_changes_sheet.layout(language))
    book.write(segments_name, segments_sheet.lay_out(situation, filters, language), segments_sheet.layout(language))
    left_out = tuple(written.problems)
    classes = replace(classes, problems=(*classes.problems, *left_out))
    return RefreshedClasses(classes, written.rows, changes, segments_name, left_out)


def saved_filters(book: Book) -> list[SavedFilter]:
    """The filters that the store saved on the sheet Segments; none where it has no such sheet of ours."""
    names = {name.casefold() for name in both("segments_sheet")}
    sheets = (name for name in book.sheet_names() if name.casefold() in names)
    return [each for sheet in sheets for each in segments_sheet.saved_filters(book.read(sheet))]


def filter_flags(saved: Sequence[SavedFilter], situation: Situation, name: str) -> Flags:
    """
    A flag per customer: whether a saved filter holds him.

    Raises:
        WrongRequest: There is no filter of that name, or one of its labels is not known.
    """
    wanted = next((each for each in saved if each.name.casefold() == name.strip().casefold()), None)
    if wanted is None:
        sheet = say("segments_sheet", situation.store.language)
        known = ", ".join(f"'{each.name}'" for each in saved) or "none"
        raise WrongRequest(f"There is no saved filter '{name}' on the sheet {sheet}; saved are {known}.")
    try:
        return segments_sheet.members(wanted.labels, situation)
    except ValueError as error:
        raise WrongRequest(f"The saved filter '{name}' names '{error}', which is no scheme or label.") from None


def _cells(book: Book, sheet: str) -> Sequence[Sequence[object]]:
    there = sheet.casefold() in {name.casefold() for name in book.sheet_names()}
    return book.read(sheet) if there else []


def _asked(store: Store) -> Store:
    """Without the tables that were read only by their key."""
    return replace(store, tables={name: table for name, table in store.tables.items() if name not in NOT_ASKED})
