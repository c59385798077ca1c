"""Writing a row that may be there already, in one statement and safe against another doing the same at this moment."""

from django.db import connection
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def insert_new(row: Model) -> bool:
    """Insert a row; False, and nothing happens, when one with the same unique value exists.

    Where another transaction is inserting the same, this waits for its end.
    """
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    # A number that the database gives is left to it.
    query.insert_values([f for f in row._meta.concrete_fields if not (f.primary_key and row.pk is None)], [row])
    ((sql, values),) = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        is_new = cursor.rowcount == 1
    row._state.adding, row._state.db = not is_new, connection.alias
    return is_new
