"""Every number and word that a store may change, with its default (DOM 9)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from xl_retention.domain.setting_readers import (
    CLOCK,
    COUNT,
    COUNTRY,
    DATE,
    FOUR_PERCENTAGES,
    HOURS,
    LANGUAGE,
    LAPSE_ORDER,
    MONTH_DAY,
    MONTHS,
    NUMBER,
    PERCENT,
    RATIO,
    RETENTION_DEFINITION,
    RETURN_BASIS,
    SPLIT,
    TEXT,
    THREE_DAYS,
    WEEKDAY,
    WEIGHTS,
    WHOLE,
    Reader,
    Value,
    one_of,
    plain,
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of DOM 9.

    Args:
        name: Exactly as in the Settings sheet.
        default: Its value where the store says nothing; None is blank.
        reader: How a cell is understood.
        unit: As shown beside it.
        mark: Where the default comes from: S stated, I inferred, D proposed, X from outside (DOM 0.1).
        used_by: What depends on it.
    """

    name: str
    default: Value
    reader: Reader
    unit: str
    mark: str
    used_by: str


_MONTH_SERIES = (1.0, 2.0, 3.0, 4.0, 6.0, 9.0, *map(float, range(12, 46, 3)))

_P = Parameter

PARAMETERS: tuple[Parameter, ...] = (
    # name, default, read as, unit, mark, used by
    _P("language", None, LANGUAGE, "en / zh", "D", "words written"),
    _P("feb29_observe", "28feb", one_of("28feb", "1mar"), "28feb / 1mar", "D", "V8"),
    _P("shift_nonworking", "none", one_of("none", "next", "previous"), "none / next / previous", "D", "V17"),
    _P("week_start", "Monday", WEEKDAY, "weekday", "D", "K44, KA-WEEK"),
    _P("go_live_date", None, DATE, "date", "D", "0.3"),
    _P("max_attempts", 3, COUNT, "different days", "D", "0.3"),
    _P("min_gap_days", 7, WHOLE, "days", "D", "0.3 covered"),
    _P("max_calls_per_staff_day", 0, WHOLE, "rows, 0 = unlimited", "D", "today's list"),
    _P("max_wait_days", 0, WHOLE, "days, 0 = off", "D", "today's list"),
    _P("month_series", _MONTH_SERIES, MONTHS, "months", "S/I", "3.2"),
    _P("month_repeat_from", 48, COUNT, "months", "S", "DLV-M48+"),
    _P("month_repeat_every", 3, COUNT, "months", "D", "DLV-M48+"),
    _P("first_service_months", 3, COUNT, "months", "S", "3.6"),
    _P("first_service_km", 5000, NUMBER, "km", "S, conflict C4", "3.6"),
    _P("first_service_stop_days", 30, WHOLE, "days after due date", "D", "FS-CALL"),
    _P("free_services", 1, WHOLE, "count", "S, conflict C7", "delivery text"),
    _P("maint_interval_months", 6, COUNT, "months", "D", "3.6"),
    _P("maint_interval_km", 5000, NUMBER, "km", "D", "3.6"),
    _P("default_daily_km", 40, NUMBER, "km/day", "D", "3.6"),
    _P("repeat_days", 7, COUNT, "days", "D", "FS-CALL, MNT-CALL"),
    _P("maint_max_calls", 3, WHOLE, "count", "D", "MNT-CALL"),
    _P("early_visit_days", 30, WHOLE, "days before due", "D", "MNT-CALL, MNT-NOSHOW"),
    _P("maint_auto_months", 3, COUNT, "months ahead", "S, C5", "MNT-AUTO-3M"),
    _P("store_open_time", dt.time(9, 0), CLOCK, "clock", "D", "complaints without a clock"),
    _P("store_close_time", dt.time(18, 0), CLOCK, "clock", "D", "complaints of a day without a clock"),
    _P("escalation_hours", (2.0, 4.0, 8.0, 24.0), HOURS, "hours", "D", "6.3"),
    _P("lapse_warn_days", 30, WHOLE, "days", "D", "LAPSE-WARN"),
    _P("lapse_warn_months", 4, COUNT, "months", "D", "LAPSE-WARN"),
    _P("quasi_lost_months", 6, COUNT, "months", "S", "4.8, LAPSE-PSEUDO"),
    _P("lost_months", 12, COUNT, "months", "D (X)", "4.8, LAPSE-TRUE"),
    _P("loyal_visits", 3, NUMBER, "count per 12 months", "D", "4.8"),
    _P("loyal_amount", 3000, NUMBER, "yuan per 12 months", "D", "4.8"),
    _P("tier_ticket_hi", 1500, NUMBER, "yuan; per series tier_ticket_hi.SERIES", "D", "4.5"),
    _P("tier_ticket_lo", 600, NUMBER, "yuan; per series tier_ticket_lo.SERIES", "D", "4.5"),
    _P("tier_visits_hi", 4, NUMBER, "count", "D", "4.5"),
    _P("tier_visits_lo", 2, NUMBER, "count", "D", "4.5"),
    _P("tier_interval_hi", 120, NUMBER, "days", "D", "4.5"),
    _P("tier_interval_lo", 200, NUMBER, "days", "D", "4.5"),
    _P("tier_target_hi", 20, PERCENT, "%", "D", "4.5"),
    _P("tier_target_mid", 30, PERCENT, "%, rest low", "D", "4.5"),
    _P("tier_mode", "absolute", one_of("absolute", "quantile"), "absolute / quantile", "D", "4.5"),
    _P("city_distance_km", 10, NUMBER, "km", "D", "4.4"),
    _P("grade_split", (20.0, 30.0, 40.0, 10.0), SPLIT, "%", "S", "4.9"),
    _P("grade_weights", (12.5,) * 8, WEIGHTS, "points", "D", "4.9"),
    _P("grade_price", (-5.0, -3.0, 0.0, 5.0), FOUR_PERCENTAGES, "%", "S", "4.9"),
    _P("grade_days", (20.0, 30.0, 40.0), THREE_DAYS, "days", "S", "4.9"),
    _P("prospect_days_h", 7, WHOLE, "days", "D/X", "4.10"),
    _P("prospect_days_a", 15, WHOLE, "days", "S", "4.10"),
    _P("prospect_days_b", 30, WHOLE, "days", "D/X", "4.10"),
    _P("prospect_days_c", 90, WHOLE, "days", "D/X", "4.10"),
    _P("prospect_follow_h", 2, WHOLE, "days", "D", "PRO-H"),
    _P("prospect_follow_a", 4, WHOLE, "days", "D", "PRO-A"),
    _P("prospect_follow_b", 7, WHOLE, "days", "D", "PRO-B"),
    _P("prospect_follow_c", 15, WHOLE, "days", "D", "PRO-C"),
    _P("prospect_follow_n", 30, WHOLE, "days", "D", "PRO-N"),
    _P("stage_cut_low", 50, PERCENT, "%", "S, boundary D", "4.11"),
    _P("stage_cut_high", 80, PERCENT, "%", "S, boundary D", "4.11"),
    _P("key_account_frequency", 6, NUMBER, "per year", "D", "4.12"),
    _P("key_account_amount", 20000, NUMBER, "yuan per year", "D", "4.12"),
    _P("key_account_margin", 20, PERCENT, "%", "D", "4.12"),
    _P("age_inner_months", 24, COUNT, "months", "D/X", "4.1"),
    _P("age_inner_km", 50000, NUMBER, "km", "D/X", "4.1"),
    _P("age_outer_months", 36, COUNT, "months", "D/X", "4.1"),
    _P("age_outer_km", 60000, NUMBER, "km", "D/X", "4.1"),
    _P("replacement_cycle_months", 48, COUNT, "months", "D", "TRADE-IN"),
    _P("replacement_repeat_months", 6, COUNT, "months", "D", "TRADE-IN"),
    _P("spring_start", (3, 1), MONTH_DAY, "month-day", "D", "SEAS-SPR"),
    _P("winter_start", (11, 1), MONTH_DAY, "month-day", "D", "SEAS-WIN"),
    _P("retention_definition", "state", RETENTION_DEFINITION, RETENTION_DEFINITION.wanted, "D", "K21, K23"),
    _P("return_rate_basis", "customers", RETURN_BASIS, RETURN_BASIS.wanted, "D", "K01"),
    _P("parc", None, WHOLE, "vehicles", "", "K03 without parc sheet"),
    _P("target_K01", None, RATIO, "ratio", "S", "K01"),
    _P("target_K02", None, RATIO, "ratio", "S", "K02"),
    _P("target_K03", None, RATIO, "ratio", "S", "K03"),
    _P("target_K04", 1, RATIO, "ratio", "S", "K04"),
    _P("target_K05", 1, RATIO, "ratio", "S", "K05"),
    _P("target_K06", None, RATIO, "ratio", "S", "K06"),
    _P("target_K07", None, RATIO, "ratio", "S", "K07"),
    _P("target_K08", 1, RATIO, "ratio", "S / D", "K08"),
    _P("target_K16", 1, RATIO, "ratio", "S / D", "K16"),
    _P("target_K17", 1, RATIO, "ratio", "S / D", "K17"),
    _P("target_K18", 1, RATIO, "ratio", "S / D", "K18"),
    _P("target_K19", 1, RATIO, "ratio", "S / D", "K19"),
    _P("target_K26", 0.05, RATIO, "growth", "S", "K26"),
    _P("target_K32_first", 0.5, RATIO, "ratio", "S", "K32"),
    _P("target_K32_second", 0.35, RATIO, "ratio", "S", "K32"),
    _P("target_K33", 1, RATIO, "ratio", "S", "K33"),
    _P("target_K34", 0.8, RATIO, "ratio", "S", "K34"),
    _P("target_K40", 0.05, RATIO, "growth", "S", "K40"),
    _P("target_K44_month", 50, NUMBER, "records per month", "S", "K44"),
    _P("target_K44_week", 10, NUMBER, "records per week", "S", "K44"),
    _P("target_K45", 0.7, RATIO, "ratio", "S", "K45"),
    _P("target_K46", 1, RATIO, "ratio", "S", "K46"),
    _P("survey_minutes", 5, NUMBER, "minutes", "S", "6.2"),
    _P("hotline_store", None, TEXT, "text", "", "6.2"),
    _P("hotline_maker", None, TEXT, "text", "", "6.2"),
    # Our own, beside those of DOM 9.
    _P("country", "CN", COUNTRY, "ISO 3166 code", "D", "V17, public holidays"),
    _P("store_name", None, TEXT, "text", "", "greetings and reports"),
    _P("store_anniversary", None, MONTH_DAY, "month-day", "", "ANNIV"),
    _P("booking_rate_basis", "any", one_of("any", "customer"), "any / customer", "D", "K13"),
    _P("wechat_start", None, DATE, "date", "", "K32"),
    _P("lapse_months", 6, COUNT, "months ahead", "D", "lapse score"),
    _P("lapse_order", "off", LAPSE_ORDER, "off / leaving_first / returning_first", "D", "today's list"),
    _P("lapse_warn_chance", 0, PERCENT, "%, 0 = off", "D", "LAPSE-WARN"),
    _P("class_hold_months", 0, WHOLE, "months, 0 = at once", "D", "Class Changes"),
    _P("booking_credit_days", 30, WHOLE, "days after due date", "D", "K12, Service Due"),
    _P("sensitive_fields", "hidden", one_of("hidden", "shown"), "hidden / shown", "D", "6.8, Customer View"),
    _P("phones_in_reports", "shown", one_of("shown", "masked"), "shown / masked", "D", "6.8, reports"),
)
"""All parameters, in the order of the Settings sheet."""

_BY_NAME: dict[str, Parameter] = {parameter.name.casefold(): parameter for parameter in PARAMETERS}
_SPECIAL = {
    # what may differ by a word of the car, and which
    "tier_ticket_hi": "series",
    "tier_ticket_lo": "series",
    "age_inner_months": "brand",
    "age_inner_km": "brand",
    "age_outer_months": "brand",
    "age_outer_km": "brand",
}
_TARGET = re.compile(r"target_(k\d{2}[a-z]?(?:[._][\w.+-]+)?)", re.IGNORECASE)


def parameter_named(name: str) -> Parameter | None:
    """Return the parameter called *name*, or None.

    Besides the names of `PARAMETERS` there are `tier_ticket_hi.SERIES` and `tier_ticket_lo.SERIES` for a
    series of cars, `age_inner_months.BRAND` and its like for a brand, and `target_Kxx` for any KPI. Blanks
    around the name and its case do not count.
    """
    trimmed = unicodedata.normalize("NFKC", name).strip()
    known = _BY_NAME.get(trimmed.casefold())
    if known is not None:
        return known
    stem, dot, series = trimmed.partition(".")
    general = _BY_NAME.get(stem.strip().casefold())
    if dot and series.strip() and general is not None and general.name in _SPECIAL:
        unit = general.unit.partition(";")[0]
        return _P(f"{general.name}.{series.strip()}", None, general.reader, unit, "", general.used_by)
    target = _TARGET.fullmatch(trimmed)
    if target:
        kpi = target.group(1)
        return _P(f"target_K{kpi[1:]}", None, RATIO, "ratio", "", f"K{kpi[1:]}")
    return None


class UnreadSetting(NamedTuple):
    """A row of the Settings sheet that was passed over; the default stays."""

    name: str  # as typed
    found: str  # value as typed; for an unknown name, that name
    wanted: str  # what would have been understood


class Settings(NamedTuple):
    """What a Settings sheet says: the parameters in force, and the rows that could not be used."""

    parameters: Parameters
    unread: list[UnreadSetting]


class Parameters(Mapping[str, Value]):
    """The parameters in force for a store; names that it does not set have their defaults.

    Args:
        values: What differs from the defaults, by exact name and already in its type.
    """

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values: dict[str, Value] = {parameter.name: parameter.default for parameter in PARAMETERS}
        for name, value in (values or {}).items():
            parameter = parameter_named(name)
            if parameter is None:
                raise KeyError(name)
            self._values[parameter.name] = value

    @classmethod
    def from_settings(cls, rows: Sequence[tuple[str, object]]) -> Settings:
        """Read the rows of a Settings sheet, each a name and a value.

        A blank value is the default. Of several rows for one parameter the last filled one counts. A name
        that is unknown and a value that makes no sense are reported, and the default stays (DOM 2.20).
        """
        values: dict[str, Value] = {}
        unread: list[UnreadSetting] = []
        for name, found in rows:
            if not plain("" if name is None else name):
                continue
            parameter = parameter_named(str(name))
            if parameter is None:
                unread.append(UnreadSetting(str(name), str(name), "the name of a parameter"))
            elif found is not None and plain(found):
                try:
                    values[parameter.name] = parameter.reader.read(found)
                except (ValueError, OverflowError):
                    unread.append(UnreadSetting(str(name), str(found), parameter.reader.wanted))
        return Settings(cls(values), unread)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameters) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(sorted((name, repr(value)) for name, value in self._values.items())))

    def integer(self, name: str) -> int:
        """Return a whole number. A blank parameter has none: ask `optional_number` for those."""
        return int(cast(float, self._filled(name)))

    def number(self, name: str) -> float:
        """Return a number. A blank parameter has none: ask `optional_number` for those."""
        return float(cast(float, self._filled(name)))

    def optional_number(self, name: str) -> float | None:
        """Return a number, or None where it is blank or a name such as `target_K12` was never set."""
        value = self._values.get(name)
        return None if value is None else float(cast(float, value))

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a list of numbers, in its order."""
        return cast("tuple[float, ...]", self._filled(name))

    def date(self, name: str) -> dt.date | None:
        """Return a date, or None where it is blank."""
        return cast("dt.date | None", self._values[name])

    def clock(self, name: str) -> dt.time:
        """Return a time of day."""
        return cast(dt.time, self._filled(name))

    def month_day(self, name: str) -> tuple[int, int] | None:
        """Return month and day, or None where it is blank."""
        return cast("tuple[int, int] | None", self._values[name])

    def choice(self, name: str) -> str:
        """Return one of a few words; "" where it is blank."""
        return self.text(name)

    def text(self, name: str) -> str:
        """Return a text; "" where it is blank."""
        return cast(str, self._values[name] or "")

    def per_series(self, name: str) -> tuple[str, ...]:
        """Return the series or brands that have a *name* of their own, as in `tier_ticket_hi.SERIES`."""
        start = f"{name}."
        return tuple(each.removeprefix(start) for each in self._values if each.startswith(start))

    def numbers_of(self, name: str, words: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
        """Return a number for each series or brand in *words*; its own, as in `age_inner_km.BRAND`, goes first."""
        numbers = np.full(len(words), self.number(name))
        for own in self.per_series(name):
            numbers[words == own] = self.number(f"{name}.{own}")
        return numbers

    def target(self, code: str) -> float | None:
        """Return the target of a KPI (`K05`, `K32_first`), or None where the store set none."""
        return self.optional_number(f"target_{code}")

    def _filled(self, name: str) -> Value:
        value = self._values[name]
        if value is None:
            raise LookupError(f"{name} is blank")
        return value
