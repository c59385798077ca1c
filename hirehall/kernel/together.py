"""Several reads in one statement: numbers that every page shows, and the lists that make up one thing.

A statement costs a page far more in Python than in the database, so what is always wanted together is asked together.
"""

import functools
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model


@dataclass(frozen=True)
class Figure:
    """One number that the database can tell: a SELECT of one value, and the values in it."""

    sql: str
    values: tuple[Any, ...]


def ask(*figures: Figure) -> list[int]:
    """The figures' numbers, in their order."""
    with connection.cursor() as cursor:
        values = [value for figure in figures for value in figure.values]
        cursor.execute("SELECT " + ", ".join(f"({figure.sql})" for figure in figures), values)
        return list(cursor.fetchone())


def fetch(owner_id: str, *lists: tuple[type[Model], str]) -> list[list[Any]]:
    """What somebody has in several tables, each list in its model's own order: (model, the column of the owner)."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(lists), [owner_id] * len(lists))
        found = cursor.fetchone()
    return [[_made(model, one) for one in json.loads(text)] for (model, _), text in zip(lists, found, strict=True)]


@functools.cache
def _statement(lists: tuple[tuple[type[Model], str], ...]) -> str:
    quote = connection.ops.quote_name

    def aggregate(model: type[Model], column: str) -> str:
        order = [(quote(model._meta.get_field(name.lstrip("-")).column), name[0] == "-") for name in model._meta.ordering]
        sorting = ", ".join(f"one.{by} {'DESC' if down else 'ASC'}" for by, down in order)
        rows = f"jsonb_agg(to_jsonb(one) {f'ORDER BY {sorting}' if sorting else ''})"
        return f"(SELECT coalesce({rows}, '[]') FROM {quote(model._meta.db_table)} one WHERE {quote(column)} = %s)"

    return "SELECT " + ", ".join(aggregate(*one) for one in lists)


def _made(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    return model.from_db(connection.alias, [f.attname for f in fields], [f.to_python(row[f.column]) for f in fields])
