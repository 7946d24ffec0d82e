"""A deed: access asked, one transaction, one receipt, one audit event. A refusal is logged too, and nothing else is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from xinheng import __version__
from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.audit import digest
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import AuditEvent, Receipt
from xinheng.store.receipts import keep_receipt, last_position

_LONGEST = 200  # characters of what an event of the audit log is about


@dataclass(slots=True)
class Deed:
    """What a use case fills in while it works: ``result`` and ``facts`` for the receipt; ``receipt`` is there afterwards.

    ``about`` may be made exact once it is known what the deed is about, e.g. the code that a subject has now.
    """

    actor: Actor
    at: dt.datetime
    result: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    basis: str = ""
    about: str = ""
    receipt: Receipt | None = None


@contextmanager
def deed(
    actor: Actor, action: Action, target: Target, *, about: str, asked: dict[str, Any], at: dt.datetime
) -> Iterator[Deed]:
    """Do something as ``actor``: raises ``Refused`` where access says no; ``about`` names the object in the audit log (masked, shortened)."""
    ensure_allowed(actor, action, target, about=about, at=at)
    with transaction.atomic():
        done = Deed(actor, at, about=about)
        yield done
        done.receipt = _receipt(done, action, asked)
        reasons = [reason.en for reason in decide(actor, action, target).reasons]
        keep_receipt(done.receipt, target=_shown(done.about), reasons=reasons)


def ensure_allowed(actor: Actor, action: Action, target: Target, *, about: str, at: dt.datetime) -> None:
    """Raise ``Refused`` with the reasons, and log it, unless access says yes."""
    decision = decide(actor, action, target)
    if decision.allowed:
        return
    why = Text("；".join(r.zh for r in decision.reasons), "; ".join(r.en for r in decision.reasons))
    told = Explanation(_WHAT, why, _mend(action, target))
    raise refused(actor, action, told, reasons=decision.reasons, about=about, at=at)


def refused(
    actor: Actor, action: Action, told: Explanation, *, reasons: tuple[Text, ...], about: str, at: dt.datetime
) -> Refused:
    """Log that a deed was refused and return the error to raise: where a rule beyond roles says no, as that of the second person."""
    AuditEvent.objects.create(
        at=at, actor=actor.name, on_behalf_of=actor.on_behalf_of, action=action.value, target=_shown(about), allowed=False,
        reasons=[reason.en for reason in reasons],
    )  # fmt: skip
    return Refused(told, action=action.value)


def _masked(asked: Any) -> Any:
    """Return what was asked with every personal number in it masked: a note, a filter or a reason is anybody's text."""
    if isinstance(asked, str):
        return mask(asked)
    if isinstance(asked, dict):
        return {name: _masked(held) for name, held in asked.items()}
    return [_masked(one) for one in asked] if isinstance(asked, list | tuple) else asked


def _shown(about: str) -> str:
    return mask(about)[:_LONGEST]


def ledger_position() -> int:
    """Return where the ledger stands: the number of the last entry of the outbox."""
    return last_position()


def content_of(receipt: Receipt) -> dict[str, Any]:
    """Return what the digest of a receipt covers: everything in it, the moment in UTC."""
    return {
        **({"on_behalf_of": receipt.on_behalf_of} if receipt.on_behalf_of else {}),
        "at": receipt.at.astimezone(dt.UTC).isoformat(),
        "actor": receipt.actor,
        "action": receipt.action,
        "asked": receipt.asked,
        "basis": receipt.basis,
        "ledger_position": receipt.ledger_position,
        "versions": receipt.versions,
        "facts": receipt.facts,
        "result": receipt.result,
    }


def _receipt(done: Deed, action: Action, asked: dict[str, Any]) -> Receipt:
    receipt = Receipt(
        at=done.at,
        actor=done.actor.name,
        on_behalf_of=done.actor.on_behalf_of,
        action=action.value,
        asked=_masked(asked),
        basis=done.basis,
        ledger_position=ledger_position(),
        versions={"software": __version__, **done.versions},
        facts=done.facts,
        result=done.result,
    )
    receipt.digest = digest(content_of(receipt))
    return receipt


def _mend(action: Action, target: Target) -> Text:
    if action is Action.SUBMIT and not target.granted:
        command = f"xinheng agencies grant {target.agency} {target.item}"
        return Text(f"请联系中心授权后再报送：{command}", f"Ask the centre for the grant, then hand it in: {command}")
    return Text("如确需办理，请联系中心分配相应角色。", "If it is your task, ask the centre for the role.")


_WHAT = Text("未获准进行此操作", "This was refused")
