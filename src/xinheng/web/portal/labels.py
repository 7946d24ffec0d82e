"""Words for values that records carry as codes or in Chinese: kinds and states of subjects, kinds of penalties.

The words are those of the core's own lists; here they only begin with a capital in English. A value that no list
knows is shown as it stands; nothing is guessed.
"""

from __future__ import annotations

from xinheng.core.catalogue.codes import Code, code_list
from xinheng.core.errors import Text
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.ledger.public import PublicEntry
from xinheng.core.subjects.subject import SubjectKind

WITHHELD = {
    "text-not-reviewed": Text(
        "这些内容由办案人员书写，可能涉及个人信息，尚未经第二人复核。需要了解的，请向作出决定机关查询。",
        "These are free texts that may hold personal information, and no second person has reviewed them yet. "
        "Please ask the deciding authority about them.",
    ),
}
OTHER_REASON = Text("依法不予公示。", "Not published, as the law requires.")


def subject_kind(value: str) -> Text:
    """Return the words for a kind of subject, given its code or its Chinese label."""
    labels = [kind.label for kind in SubjectKind if value in (kind.value, kind.label.zh)]
    return headed(labels[0]) if labels else Text(value, value)


def subject_status(value: str) -> Text:
    """Return the words for the state of a subject in the register: as it was written; in English what it means."""
    if code := status_code(value):
        written = code.label if value == code.code else value
        return headed(Text(written, code.label_en))
    return Text(value, value)


def operates(value: str) -> bool:
    """Tell whether the register says that a subject exists and operates."""
    code = status_code(value)
    return code is not None and code.code == "active"


def status_code(value: str) -> Code | None:
    """Return the code of the register's list that a state is written as, or nothing."""
    statuses = code_list("registration-statuses")
    return statuses.find(value) or next((code for code in statuses.codes if code.code == value), None)


def penalty_kind(value: str) -> Text:
    """Return the words for a kind of penalty, given its code or its Chinese name."""
    kinds = [Text(kind.label, kind.label_en) for kind in PenaltyKind if value in (kind.value, kind.label)]
    return headed(kinds[0]) if kinds else Text(value, value)


def withheld_reason(value: str) -> Text:
    """Return why a value is not shown, given the reason key of a ``PublicField``."""
    return WITHHELD.get(value, OTHER_REASON)


def withheld_titles(entry: PublicEntry) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Return why values of an entry are not shown, each reason once, with the titles of the fields it keeps back."""
    kept: dict[str, list[Text]] = {}
    for field in entry.fields:
        if field.withheld:
            kept.setdefault(field.withheld, []).append(Text(field.title, field.title_en or field.title))
    return tuple((reason, tuple(titles)) for reason, titles in kept.items())


def headed(label: Text) -> Text:
    """Return a label whose English begins with a capital, as it stands alone on a page."""
    return Text(label.zh, label.en[:1].upper() + label.en[1:])
