"""Goes through the checks of a computer and of a workbook; each finding has at most one thing to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xl_retention.setting_up.computer_checks import OF_THE_COMPUTER
from xl_retention.setting_up.examined import Case
from xl_retention.setting_up.repair import models
from xl_retention.setting_up.surroundings import Surroundings
from xl_retention.setting_up.words import CHECKS, FINDINGS, State, say
from xl_retention.setting_up.workbook_checks import OF_A_WORKBOOK


@dataclass(frozen=True)
class Finding:
    """One thing found: a key of `words.FINDINGS`, and what fills its places."""

    check: str
    key: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Whether it is well, worth a look, bad, or does not apply here."""
        return FINDINGS[self.key].state

    def texts(self, language: str) -> tuple[str, str, str]:
        """Name of the check, what was found, and what to do ("" where there is nothing)."""
        row = FINDINGS[self.key]
        found, action = (say(each, language, **self.values) for each in (row.found, row.action))
        return say(CHECKS[self.check], language), found, action


def examine(
    surroundings: Surroundings,
    address: str | None = None,
    *,
    profile: Path | None = None,
    known: Sequence[Path] | None = None,
) -> Iterator[Finding]:
    """Goes through the checks: those of the computer, and with a workbook those of the workbook."""
    case = Case(surroundings, address, profile, tuple(models() if known is None else known))
    checks = {**OF_THE_COMPUTER, **(OF_A_WORKBOOK if address is not None else {})}
    for name, look in checks.items():
        for key, values in look(case):
            yield Finding(name, key, values)
