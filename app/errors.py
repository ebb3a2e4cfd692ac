"""What can go wrong, as sentences for the person who has to mend it."""


class AppError(Exception):
    """The root of every error that is shown to a person; its message says what to do."""

    status = 500


class IngestError(AppError):
    """A document that cannot be taken in: empty, not text, too large."""

    status = 422


class AnalysisError(AppError):
    """The language model is missing or failed on a text."""

    status = 503


class StoreError(AppError):
    """The database cannot be opened, read or written."""

    status = 503


class BadValueError(StoreError):
    """A number or a character that the database does not take."""

    status = 400


class NotFound(StoreError):  # noqa: N818 - named as the HTTP status it becomes
    """Nothing has this address."""

    status = 404


class Conflict(StoreError):  # noqa: N818
    """Another change came first."""

    status = 409


class SchemaOutOfDate(StoreError):  # noqa: N818
    """The database was made by another version of the program."""

    status = 503


class QueryError(AppError):
    """A search that cannot be understood; it is explained beside its own words."""

    status = 400


class ShareError(AppError):
    """A share link that opens nothing: unknown, spent, ended or taken back."""

    status = 404
