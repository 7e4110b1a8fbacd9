"""Tables and fields of a store's workbook (DOM 2.2-2.12, English headings DOM 2.17): a module per table.

Small tables stand with the one that they belong to, such as `handover` in `staff`.
"""

from xl_retention.domain.schema.ambiguous import AMBIGUOUS, AmbiguousHeading, Meaning
from xl_retention.domain.schema.entities import ENTITIES
from xl_retention.domain.schema.fields import Entity, Field, InfoClass, Kind

__all__ = ["AMBIGUOUS", "ENTITIES", "AmbiguousHeading", "Entity", "Field", "InfoClass", "Kind", "Meaning"]
