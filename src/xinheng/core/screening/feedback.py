"""What an official did with a result (结果反馈): seen, acted, or not acted and why. It closes the loop between a prompt and a decision (自动提示、反馈)."""

from __future__ import annotations

from enum import StrEnum

from xinheng.core.errors import Text

LONGEST_WHY = 500
"""Characters of a reason at the most."""


class Feedback(StrEnum):
    """What was done with a row."""

    SEEN = "seen"
    ACTED = "acted"
    NOT_ACTED = "not-acted"

    @property
    def label(self) -> Text:
        """Return the words for it."""
        return _LABELS[self]

    def is_sound(self, why: str) -> bool:
        """Tell whether a reason is given where it must be, and is not too long."""
        return len(why) <= LONGEST_WHY and (self is not Feedback.NOT_ACTED or bool(why.strip()))


_LABELS = {
    Feedback.SEEN: Text("已知悉", "seen"),
    Feedback.ACTED: Text("已采取措施", "acted"),
    Feedback.NOT_ACTED: Text("未采取措施", "not acted"),
}
