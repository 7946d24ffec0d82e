"""Questions about records (待核实事项): what a submission makes doubtful and a person answers. Asking changes nothing of the record.

A record that is not in an agency's full file has *vanished* from it: it may have been forgotten in the export, or the decision revoked.
Design principle 9: silence is not guilt, and absence is not innocence. For ``xinheng questions``.
"""

from __future__ import annotations

from enum import StrEnum

from xinheng.core.errors import Text


class QuestionKind(StrEnum):
    """What is asked, as stored."""

    VANISHED = "vanished"

    @property
    def label(self) -> Text:
        """Return the question in words."""
        return Text("全量文件中没有该记录", "not in the agency's full file")


class Answer(StrEnum):
    """How a question ends: a person says that the record stands or withdraws it; or a later full file reports it again."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"

    @property
    def label(self) -> Text:
        """Return the answer in words."""
        return _LABELS[self]


BY_PERSON = (Answer.STANDS, Answer.WITHDRAWN)
_LABELS = {
    Answer.STANDS: Text("记录有效", "the record stands"),
    Answer.WITHDRAWN: Text("已撤回", "withdrawn"),
    Answer.REPORTED: Text("已再次报送", "reported again"),
}
