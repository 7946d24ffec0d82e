"""The names by which alone a favourable or neutral record may attach (凭名称归入), asked for some or read as a whole; one statement for both."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.intake.marks import whole
from xinheng.core.subjects.register import Named
from xinheng.store.bulk import read_table
from xinheng.store.sql import statement

_TYPES = {
    "key": pa.string(), "subject": pa.int64(), "name": pa.string(), "uscc": pa.string(), "since": pa.date32(), "until": pa.date32(),
}  # fmt: skip


class NamesInMemory:
    """Names with whose they are and from when until when (half-open, null where open); a name stands here once. Safe to ask from several threads."""

    def __init__(self, held: pa.Table) -> None:
        self._held = held
        self._places: dict[str, int] | None = None

    @classmethod
    def read(cls) -> NamesInMemory:
        """Read all of them."""
        return cls(_read("true", ()))

    @classmethod
    def nobody(cls) -> NamesInMemory:
        """Return none of them."""
        return cls(pa.schema(list(_TYPES.items())).empty_table())

    def find(self, keys: pa.Array, days: pa.Array) -> Named:
        """Return who bore each name on its day."""
        if self._places is None:  # made when the first row asks: most files never do
            self._places = {key: place for place, key in enumerate(self._held.column("key").to_pylist())}
        known = self._places
        place = pa.array([known.get(key) for key in keys.to_pylist()], pa.int64())
        subject, name, uscc, since, until = (whole(self._held.column(at)).take(place) for at in range(1, 6))
        begun = pc.fill_null(pc.less_equal(since, days), True)
        lasts = pc.fill_null(pc.less(days, until), True)
        stood = pc.and_(begun, lasts)
        return Named(*(pc.if_else(stood, column, pa.scalar(None, column.type)) for column in (subject, name, uscc)))


def live_names(keys: pa.Array) -> NamesInMemory:
    """Return those of some keys, as the register has them this moment."""
    wanted = [key for key in pc.unique(keys).to_pylist() if key]
    return NamesInMemory(_read("n.key = ANY(%s)", (wanted,))) if wanted else NamesInMemory.nobody()


def _read(which: str, parameters: tuple[object, ...]) -> pa.Table:
    return read_table(statement("names_of_one").format(which=which), parameters, _TYPES)
