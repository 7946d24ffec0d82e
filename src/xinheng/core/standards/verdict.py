"""What is said of one code: whether it stands, why, and how it might be mended (编码核验结论)."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.errors import Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one code, for a form, a rejects workbook or ``xinheng identify``.

    ``kind`` is the kind of identifier judged (``uscc``, ``resident-id``, …); ``why`` says in one sentence why it
    stands or falls; ``suggestion`` is the code as it was probably meant, only where exactly one mend makes it valid
    (suggested, never acted on); ``warnings`` are doubts that do not make the code invalid.
    """

    kind: str
    valid: bool
    why: Text
    suggestion: str | None = None
    warnings: tuple[Text, ...] = ()
