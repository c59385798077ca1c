"""Numbers that every page shows (unread, held, waiting), asked of the database together in one statement."""

from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Figure:
    """One number that the database can tell: a SELECT of one value."""

    sql: str
    values: tuple[Any, ...]

    @classmethod
    def count(cls, rows: QuerySet[Any], most: int) -> Self:
        """How many rows there are, counted to `most` and no further."""
        sql, values = rows.order_by().values("pk")[:most].query.sql_with_params()
        return cls(f"SELECT count(*) FROM ({sql}) counted", values)

    @classmethod
    def total(cls, rows: QuerySet[Any], column: str) -> Self:
        """The sum of a column over rows; 0 for none."""
        sql, values = rows.order_by().values_list(column).query.sql_with_params()
        return cls(f"SELECT coalesce(sum(one), 0)::bigint FROM ({sql}) summed(one)", values)


def ask(*figures: Figure) -> list[int]:
    """The figures' numbers, in their order, by one statement."""
    if not figures:
        return []
    with connection.cursor() as cursor:
        values = [value for figure in figures for value in figure.values]
        cursor.execute("SELECT " + ", ".join(f"({figure.sql})" for figure in figures), values)
        return list(cursor.fetchone())
