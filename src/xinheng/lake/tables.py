"""Where the tables are: a folder a generation, and a pointer to the one that is read. A rebuild makes another and turns the pointer.

``ROOT/current`` holds the number of the generation; ``ROOT/NUMBER/record`` and ``ROOT/NUMBER/record_event`` are Delta tables of their own,
``ROOT/NUMBER/pins`` says who reads. A generation that was replaced stays for those who still read it (``retired`` marks since when).
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.ledger.columns import event_schema

RECORDS, EVENTS = "record", "record_event"
PROJECTOR = "xinheng-projector"
"""The application whose transactions say how far a table has come: their version is the ledger position."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One set of tables."""

    number: int
    folder: Path

    @property
    def retired(self) -> Path:
        """The mark of a generation that was replaced; its age says since when."""
        return self.folder / "retired"

    def table(self, name: str, version: int | None = None) -> DeltaTable:
        """Return a table as it stands now or at a version; raises ``Missing`` where it cannot be read any more."""
        try:
            return DeltaTable(self.folder / name, version=version)
        except Exception as error:  # the library has a class of its own for each way in which a log is not there
            if version is None:
                raise
            raise Missing(_gone(version)) from error


class Lake:
    """The lake under a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def exists(self) -> bool:
        """Tell whether there is anything to read."""
        return self._pointer.exists()

    def current(self) -> Generation:
        """Return the generation that is read; raises ``Missing`` where none was built yet."""
        try:
            number = int(self._pointer.read_text(encoding="ascii"))
        except FileNotFoundError:
            raise Missing(_NONE) from None
        return self._generation(number)

    def begin(self, records: pa.Schema) -> Generation:
        """Make empty tables beside those that are read; what earlier attempts left unfinished is taken away."""
        current = self.current().number if self.exists else 0
        for held in self.generations():
            if held.number > current:
                shutil.rmtree(held.folder)
        made = self._generation(current + 1)
        made.folder.mkdir(parents=True)
        for name, schema in ((RECORDS, records), (EVENTS, event_schema())):
            DeltaTable.create(made.folder / name, schema, partition_by=["bucket"], name=name)
        return made

    def switch(self, to: Generation) -> None:
        """Let everybody who starts to read now read this generation; those who read already are not disturbed."""
        before = self.current() if self.exists else None
        draft = self._pointer.with_name(f"current.{secrets.token_hex(8)}")
        draft.write_text(str(to.number), encoding="ascii")
        if before is not None and before.number != to.number:
            before.retired.touch()
        draft.replace(self._pointer)

    def generations(self) -> Iterable[Generation]:
        """Return every generation that has a folder, oldest first."""
        if not self.root.is_dir():
            return ()
        numbers = sorted(int(path.name) for path in self.root.iterdir() if path.name.isdigit())
        return tuple(self._generation(number) for number in numbers)

    def _generation(self, number: int) -> Generation:
        return Generation(number, self.root / str(number))

    @property
    def _pointer(self) -> Path:
        return self.root / "current"


def position_of(table: DeltaTable) -> int:
    """Return up to which ledger position a table has come (0 at first)."""
    return table.transaction_version(PROJECTOR) or 0


def _gone(version: int) -> Explanation:
    return Explanation(
        Text(f"数据湖的版本 {version} 已不可读", f"Version {version} of the lake cannot be read"),
        Text("该版本不存在，或其文件已被清理", "there is none, or its files were cleaned away"),
        Text("请用 xinheng lake status 查看可读的最早版本。", "See the oldest readable version: xinheng lake status."),
    )


_NONE = Explanation(
    Text("数据湖尚未建立", "There is no lake yet"),
    Text("还没有投影过账本", "the ledger was not projected yet"),
    Text("请先运行 xinheng lake project。", "Run xinheng lake project first."),
)
