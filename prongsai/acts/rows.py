"""Writing one new row where it is done often: the statement is put together once per model, not once per row.

Django builds an INSERT anew each time, which for a table of thirty columns costs three times what sending it does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model, *, reads_id: bool = True) -> None:
    """As ``row.save(force_insert=True)`` for a row of plain values; no signals are sent.

    ``reads_id``: an automatic id is read back. Without, nobody waits for the answer (``send_together``), and the row has none.
    """
    fields, automatic = _columns(type(row))
    values = [_value(field, field.pre_save(row, True)) for field in fields]
    # Most of a long row is empty at first: what is empty stands in the statement, which so has few enough values for the
    # driver to keep it.
    sql = _statement(type(row), tuple(value is None for value in values))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for value in values if value is not None])
        if automatic and reads_id:
            (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def _value(field: Field[Any, Any], value: Any) -> Any:
    return None if value is None else field.get_db_prep_save(value, connection)


@cache
def _columns(model: type[Model]) -> tuple[tuple[Field[Any, Any], ...], bool]:
    """The columns of a row in order, and whether the database gives the id."""
    automatic = model._meta.auto_field
    fields = tuple(field for field in model._meta.local_concrete_fields if field is not automatic)
    if any(field.generated or field.has_db_default() for field in fields) or model._meta.parents:
        raise TypeError(f"{model.__name__} has columns that are not plain values")
    return fields, automatic is not None


@cache
def _statement(model: type[Model], empty: tuple[bool, ...]) -> str:
    """SQL for rows whose columns are ``empty`` in the same places."""
    meta, quote = model._meta, connection.ops.quote_name
    fields, reads_id = _columns(model)
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join("NULL" if no else _place(field) for field, no in zip(fields, empty, strict=True))
    returning = f" RETURNING {quote(meta.auto_field.column)}" if reads_id and meta.auto_field else ""
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places}){returning}"  # noqa: S608 - names of models


def _place(field: Field[Any, Any]) -> str:
    """``%s``, or what a field of arrays needs to name its type."""
    special = getattr(field, "get_placeholder", None)
    return special(None, None, connection) if special else "%s"
