"""What happens to subjects (主体变更): absorbed, merged into a new one, split, deregistered; a branch and its parent. Dated facts with a document.

Basis: 公司法 (2023) 第二百一十八条至第二百二十三条 (合并、分立), 第二百三十九条 (注销) [K]. Records stay where they are: a successor inherits nothing unless a
decision says so, and a branch's record stays with the branch. A rename is a registration, not a change of this kind.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text


class ChangeKind(StrEnum):
    """The kinds of change, as stored."""

    ABSORBED = "absorbed"  # 吸收合并: into a subject that goes on
    MERGED = "merged"  # 新设合并: into a subject that is new
    SPLIT = "split"  # 存续分立: a part becomes a subject of its own, the subject goes on
    DIVIDED = "divided"  # 解散分立: into new subjects, the subject ends
    DEREGISTERED = "deregistered"  # 注销

    @property
    def label(self) -> Text:
        """Return the kind in words."""
        return _LABELS[self]

    @property
    def has_successor(self) -> bool:
        """Tell whether somebody follows."""
        return self is not ChangeKind.DEREGISTERED

    @property
    def ends_subject(self) -> bool:
        """Tell whether the subject is no more afterwards."""
        return self is not ChangeKind.SPLIT


@dataclass(frozen=True, slots=True)
class Change:
    """A change as a file shows it: ``other`` is the successor, or the predecessor where the file is the successor's (code, name).

    ``inherits_by`` is the decision that says that what stands against the one holds against the other; empty where there is none.
    """

    number: int
    kind: ChangeKind
    on: dt.date
    document: str
    other: tuple[str, str] | None
    is_successor: bool
    inherits_by: str


_LABELS = {
    ChangeKind.ABSORBED: Text("吸收合并", "absorbed by another"),
    ChangeKind.MERGED: Text("新设合并", "merged into a new subject"),
    ChangeKind.SPLIT: Text("存续分立", "a part was split off"),
    ChangeKind.DIVIDED: Text("解散分立", "divided into new subjects"),
    ChangeKind.DEREGISTERED: Text("注销登记", "deregistered"),
}
