"""Why a command could not be carried out.

Faults in the data are not raised: they are `xl_retention.domain.problems.Problem` values. Raised is only
what makes going on impossible, and its text is one sentence that a clerk can act on.
"""


class RetentionError(Exception):
    """Base of everything that this package raises on purpose; `str()` is the sentence to show."""


class BookRefused(RetentionError):
    """The workbook cannot be opened, or not be kept whole; nothing was written."""


class StoreNotUnderstood(RetentionError):
    """The sheets of the workbook do not say enough to go on: no customers, or a needed column is missing."""


class WrongRequest(RetentionError):
    """An argument of a command makes no sense."""
