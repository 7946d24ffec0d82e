"""What happens to subjects (主体变更), written down with its document: mergers, splits, deregistrations, branches. No record moves by it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.utils import IntegrityError

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.change import ChangeKind
from xinheng.store.models import SubjectBranch, SubjectChange
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named


def record_change(
    code: str,
    kind: ChangeKind,
    *,
    successor: str = "",
    on: dt.date,
    document: str,
    inherits_by: str = "",
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Write down what happened to the subject with this code, and return the fact's number; raises ``Missing`` or ``UnusableCall``.

    ``inherits_by`` names the decision by which what stands against the subject holds against the successor as well; without it nothing does.
    """
    subject, after = subject_or_missing(code), subject_or_missing(successor) if successor else None
    if kind.has_successor != (after is not None) or subject == after:
        raise UnusableCall(_SUCCESSOR)
    if not document.strip() or on > at.date():
        raise UnusableCall(_DOCUMENT)
    asked = {
        "subject": subject.uscc, "kind": kind.value, "successor": after.uscc if after else "", "on": on.isoformat(), "document": mask(document),
        "inherits_by": mask(inherits_by),
    }  # fmt: skip
    with deed(actor, Action.CHANGE_SUBJECT, Target(), about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        try:
            with transaction.atomic():
                made = SubjectChange.objects.create(
                    subject=subject, successor=after, kind=kind.value, on=on, document=mask(document.strip()), inherits_by=mask(inherits_by.strip()),
                    by=user_named(actor.name), at=at,
                )  # fmt: skip
        except IntegrityError:
            raise UnusableCall(_TWICE) from None
        done.result = {"change": made.pk}
    return made.pk


def end_change(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """End a fact that was written down wrongly; it stays, marked. Raises ``Missing`` or ``UnusableCall``."""
    if not reason.strip():
        raise UnusableCall(_DOCUMENT)
    asked = {"change": number, "end": True, "reason": mask(reason)}
    with deed(actor, Action.CHANGE_SUBJECT, Target(), about=f"subject change {number}", asked=asked, at=at) as done:
        held = SubjectChange.objects.select_for_update().filter(pk=number, ended_at=None).first()
        if held is None:
            raise Missing(_NONE)
        held.ended_at, held.ended_reason = at, mask(reason.strip())
        held.save(update_fields=["ended_at", "ended_reason"])
        done.result = {"change": number}


def set_branch(
    code: str, parent: str, *, document: str, since: dt.date | None = None, actor: Actor, at: dt.datetime
) -> int:
    """Write down whose branch a subject is; whose it was before ends on that day. Raises ``Missing`` or ``UnusableCall``."""
    subject, above = subject_or_missing(code), subject_or_missing(parent)
    if subject == above:
        raise UnusableCall(_SUCCESSOR)
    if not document.strip():
        raise UnusableCall(_DOCUMENT)
    asked = {"branch": subject.uscc, "parent": above.uscc, "document": mask(document)}
    with deed(actor, Action.CHANGE_SUBJECT, Target(), about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        SubjectBranch.objects.filter(branch=subject, valid_until=None).update(valid_until=since or at.date())
        made = SubjectBranch.objects.create(
            branch=subject,
            parent=above,
            valid_from=since,
            document=mask(document.strip()),
            by=user_named(actor.name),
            at=at,
        )
        done.result = {"branch": made.pk}
    return made.pk


_SUCCESSOR = Explanation(
    Text("请核对继受的主体", "Check who follows"),
    Text(
        "合并、分立须写明继受主体，注销没有继受主体，且不能是同一主体",
        "a merger or split names who follows, a deregistration nobody; never the subject itself",
    ),
    Text("请用 --successor 填写其统一社会信用代码。", "Give its code with --successor."),
)
_DOCUMENT = Explanation(
    Text("请写明依据文书和日期", "Name the document and the day"),
    Text(
        "变更须有登记机关的文书，日期不能在今天之后",
        "a change rests on a document of the registering authority, and no day to come",
    ),
    Text("请用 --document 填写文书名称和编号，用 --on 填写日期。", "Give it with --document, and the day with --on."),
)
_TWICE = Explanation(
    Text("该变更已经登记", "This is written down already"),
    Text("同样的两个主体之间已有一项有效的变更", "between these two a change stands already"),
    Text("原登记有误的，请先终止。", "End the other first where it was wrong."),
)
_NONE = Explanation(
    Text("没有该变更", "There is no such change"),
    Text("编号不存在，或者已经终止", "the number is not known, or it was ended"),
    Text("请用 xinheng subjects around 代码 查看。", "See xinheng subjects around CODE."),
)
