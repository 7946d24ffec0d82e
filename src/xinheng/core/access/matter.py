"""What a look-up is for (查询事由): information that is not public is shown for a matter that is named and recorded, or not at all.

Basis: the three classes of openness of the catalogue (社会公开、授权查询、政务共享); 政务数据共享条例 (sharing for the performance of duties);
个人信息保护法 第三十四条 (within statutory powers).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.catalogue.item import Openness
from xinheng.core.errors import Text


class Purpose(StrEnum):
    """Why somebody looks."""

    DUTY = "duty"
    AUTHORIZATION = "authorization"
    INVESTIGATION = "investigation"

    @property
    def label(self) -> Text:
        """The words for it."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Matter:
    """A purpose with what proves it: the matter's code or number, the subject's letter of authorization, the case."""

    purpose: Purpose
    reference: str


ADMITS: dict[Openness, frozenset[Purpose]] = {
    Openness.GOVERNMENT_SHARING: frozenset({Purpose.DUTY, Purpose.INVESTIGATION}),
    Openness.AUTHORIZED_INQUIRY: frozenset({Purpose.AUTHORIZATION, Purpose.INVESTIGATION}),
}
"""For what an official may look at information of each class; what is open to society needs no reason."""


def admits(openness: Openness | None, matter: Matter | None) -> bool:
    """Tell whether a matter is enough to look at information of this class."""
    if openness is None or openness is Openness.PUBLIC:
        return True
    return matter is not None and bool(matter.reference.strip()) and matter.purpose in ADMITS[openness]


_LABELS = {
    Purpose.DUTY: Text("履行法定职责", "performance of a statutory duty"),
    Purpose.AUTHORIZATION: Text("信用主体授权", "authorization by the subject"),
    Purpose.INVESTIGATION: Text("依法调查", "investigation under law"),
}
