"""A plan: typed columns and predicates over one input table, as one SQL statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Typed:
    """A column computed from the input, e.g. a date or an amount in 分: ``sql`` named ``name`` for the predicates."""

    name: str
    sql: str
    kind: pa.DataType


@dataclass(frozen=True)
class Plan:
    """What to compute on a table: ``typed`` columns, then a boolean for each of ``predicates``.

    ``schema`` is the input's; ``keep`` names columns of the input or typed ones that the result carries. Predicate ``i`` becomes the
    column ``p{i}``; where it is null it does not hold.
    """

    schema: pa.Schema
    typed: tuple[Typed, ...]
    predicates: tuple[str, ...]
    keep: tuple[str, ...]

    def sql(self, table: str) -> str:
        """Return the statement over ``table``, a name of our own."""
        typed = "".join(f', {column.sql} AS "{column.name}"' for column in self.typed)
        columns = [f'"{name}"' for name in self.keep]
        columns += [f"({sql}) AS p{number}" for number, sql in enumerate(self.predicates)]
        return f"SELECT {', '.join(columns)} FROM (SELECT *{typed} FROM {table})"  # noqa: S608

    @cached_property
    def result(self) -> tuple[tuple[str, pa.DataType], ...]:
        """Return the names and types of the result's columns."""
        kinds = {column.name: column.kind for column in self.typed}
        kept = [(name, kinds[name] if name in kinds else self.schema.field(name).type) for name in self.keep]
        return (*kept, *((f"p{number}", pa.bool_()) for number in range(len(self.predicates))))
