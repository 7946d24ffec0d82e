"""Who stands around a subject (主体关系): what happened to it, what it came from, its parent, its branches."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.subjects.change import Change, ChangeKind
from xinheng.store.models import Subject, SubjectBranch, SubjectChange


@dataclass(frozen=True, slots=True)
class Around:
    """Who stands around a subject: what happened to it and what it came from, the subject whose branch it is, and its own branches (code, name)."""

    changes: tuple[Change, ...]
    parent: tuple[str, str] | None
    branches: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.changes or self.parent or self.branches)


NOBODY_AROUND = Around((), None, ())


def around(subject: Subject) -> Around:
    """Return who stands around a subject."""
    held = SubjectChange.objects.select_related("subject", "successor").filter(ended_at=None)
    changes = [*held.filter(subject=subject), *held.filter(successor=subject)]
    above = SubjectBranch.objects.select_related("parent").filter(branch=subject, valid_until=None).first()
    branches = (
        SubjectBranch.objects.select_related("branch").filter(parent=subject, valid_until=None).order_by("branch__uscc")
    )
    return Around(
        tuple(sorted((_change(one, subject) for one in changes), key=lambda one: (one.on, one.number))),
        (above.parent.uscc, above.parent.name) if above else None,
        tuple((one.branch.uscc, one.branch.name) for one in branches),
    )


def _change(one: SubjectChange, of: Subject) -> Change:
    is_successor = one.successor_id == of.pk
    other = one.subject if is_successor else one.successor
    pair = (other.uscc, other.name) if other else None
    return Change(one.pk, ChangeKind(one.kind), one.on, one.document, pair, is_successor, one.inherits_by)
