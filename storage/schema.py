"""What all tables are made with: names of keys and indexes, numbers of rows, keys of what is sealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER


def row_id() -> Column[int]:
    """The number of a row, given by the database."""
    return Column("id", Id, primary_key=True)


def data_key_id() -> Column[int]:
    """Which key the row's sealed columns are under."""
    return Column("data_key_id", Id, ForeignKey("data_keys.id"), nullable=False)


def only_where(condition: str) -> dict[str, Any]:
    """An index over some rows only, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
