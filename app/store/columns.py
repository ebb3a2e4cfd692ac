"""What the tables are made of: their names, moments in UTC, spans, owners."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment in UTC on both sides; SQLite itself keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def offsets(name: str, *, nullable: bool = False) -> tuple[Column[int], Column[int], CheckConstraint]:
    """A span that may be missing as a whole: both ends, and the check that they are one."""
    start, end = f"{name}_start", f"{name}_end"
    return (
        Column(start, Integer, nullable=nullable),
        Column(end, Integer, nullable=nullable),
        CheckConstraint(f"0 <= {start} AND {start} < {end}", name=name),
    )


def span() -> tuple[Column[int], Column[int], CheckConstraint]:
    """The two ends of a span, and the check that they are one."""
    return (
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        CheckConstraint('0 <= start AND start < "end"', name="span"),
    )


def owner(column: str, target: str, *, primary_key: bool = False) -> Column[int]:
    """The row that this one goes with."""
    key = ForeignKey(target, ondelete="CASCADE")
    return Column(column, Integer, key, primary_key=primary_key, nullable=False, autoincrement=False)


def topic(*, primary_key: bool = False) -> Column[str]:
    """A topic by its id."""
    return Column("topic_id", String(64), ForeignKey("topics.id"), primary_key=primary_key, nullable=False)


def position() -> Column[int]:
    """The place in an order, from 0."""
    return Column("position", Integer, nullable=False)


def words(name: str) -> Column[list[str]]:
    """A list of words."""
    return Column(name, JSON, nullable=False, server_default="[]")
