"""What a sheet may hold: one table, or customers with their vehicles beside them (DOM 2.2)."""

from __future__ import annotations

from typing import NamedTuple

from xl_retention.domain.schema import ENTITIES, Entity
from xl_retention.sheets.headers.match import Target


class Scope(NamedTuple):
    """
    What a sheet may hold.

    Args:
        entity: Its table.
        entities: All tables whose fields it may have.
    """

    entity: Entity
    entities: tuple[Entity, ...]

    @property
    def fewest_headings(self) -> int:
        """A row with fewer recognised headings is not its heading row."""
        return self.entity.fewest_headings

    def accepts(self, target: Target) -> Target | None:
        """Return the field that *target* is on such a sheet, None where it has no place there."""
        name, field_name = target
        for entity in self.entities:
            if name == entity.name and entity.has(field_name):
                shared = name == "vehicle" and len(self.entities) > 1 and field_name == "customer_id"
                return ("customer", field_name) if shared else target
        return None


SCOPES: dict[str, Scope] = {name: Scope(entity, (entity,)) for name, entity in ENTITIES.items()}
CUSTOMER_ONLY = SCOPES["customer"]
WIDE = SCOPES["customer"] = Scope(ENTITIES["customer"], (ENTITIES["customer"], ENTITIES["vehicle"]))
_WIDE_KEY: tuple[frozenset[Target], ...] = (
    frozenset({("customer", "customer_name"), ("customer", "mobile")}),
    frozenset({("vehicle", "vin"), ("vehicle", "plate_no")}),
)


def has_key(scope: Scope, fields: set[Target]) -> bool:
    """Whether these fields tell the rows of such a sheet apart."""
    if scope is WIDE:
        return all(not fields.isdisjoint(either) for either in _WIDE_KEY)
    return all((scope.entity.name, name) in fields for name in scope.entity.key)
