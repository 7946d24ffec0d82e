"""A standing record withdrawn or corrected from its own page: asked for with a reason, in the form of its item; another person approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.access import Action, Target
from xinheng.core.catalogue.template.columns import columns_of
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.core.intake.rules import Level
from xinheng.usecases.corrections.asking import ask_correction, ask_withdrawal
from xinheng.usecases.corrections.cells import cells_of
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.intake.overview import Granted
from xinheng.usecases.ledger.file import CreditFile, FileEntry
from xinheng.web.desk.files import entry_of, facts_of
from xinheng.web.desk.granting import granted_or_missing
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.desk.recording import fields_of
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

REASON = "reason"
Errors = Mapping[str, tuple[Text, ...]]


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Ask that a record be withdrawn: the reason, and whether it is meant."""
    found, entry = entry_of(request, code, key)
    _ensure_may(request, Action.WITHDRAW_RECORD, found, entry)
    given = {name: request.POST.get(name, "").strip() for name in (REASON, "sure")}
    if request.method != "POST":
        return _withdrawal(request, found, entry, given)
    errors: dict[str, tuple[Text, ...]] = {}
    if not given[REASON]:
        errors[REASON] = (_NO_REASON,)
    if given["sure"] != "yes":
        errors["sure"] = (Text("请确认撤回。", "Confirm that it is to be withdrawn."),)
    if errors:
        return _withdrawal(request, found, entry, given, errors=errors, status=422)
    try:
        number = ask_withdrawal(code, key, reason=given[REASON], actor=actor_of(request), at=now(), on=today())
    except UnusableCall as error:
        return _withdrawal(request, found, entry, given, faults=told(error), status=422)
    return redirect(f"{reverse('desk:withdrawal', args=[number])}?asked=1")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Ask that a record be corrected: its form filled with what it says now, the same check as for a file, and the reason."""
    found, entry = entry_of(request, code, key)
    _ensure_may(request, Action.MEND_RECORD, found, entry)
    granted = granted_or_missing(request, entry.record.source_agency, entry.record.item)
    columns = columns_of(granted.version)
    held = cells_of(entry.record.fields, granted.version)
    if request.method != "POST":
        return _correction(request, found, entry, granted, fields_of(granted, columns, held))
    cells = {
        column.field.name: request.POST.get(column.field.name, "").replace("\r\n", "\n").strip() for column in columns
    }
    cells = {**{code: cell for code, cell in held.items() if code not in cells}, **cells}
    reason = request.POST.get(REASON, "").strip()
    if not reason:
        fields = fields_of(granted, columns, cells)
        return _correction(request, found, entry, granted, fields, errors=(_NO_REASON,), status=422)
    actor = actor_of(request)
    try:
        number, tried = ask_correction(code, key, cells, reason=reason, actor=actor, at=now(), on=today())
    except (UnusableFile, UnusableCall) as error:
        fields = fields_of(granted, columns, cells)
        return _correction(request, found, entry, granted, fields, faults=told(error), status=422)
    if number is not None:
        return redirect(f"{reverse('desk:withdrawal', args=[number])}?asked=1")
    fields = fields_of(granted, columns, cells, tried.issues)
    on_page = {field.name for field in fields}
    faults = tuple(issue.mend for issue in tried.issues if issue.level == Level.REJECT and issue.column not in on_page)
    return _correction(request, found, entry, granted, fields, faults=faults, status=422)


def _withdrawal(
    request: HttpRequest,
    found: CreditFile,
    entry: FileEntry,
    given: Mapping[str, str],
    *,
    errors: Errors | None = None,
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    hint = Text(
        "如：行政复议决定撤销了该处罚。请勿写入个人信息。", "For example: annulled on review. No personal data, please."
    )
    fields = (
        FormField(
            name=REASON, title=Text("撤回的理由", "Reason"), kind="area", value=given[REASON], required=True, errors=errors.get(REASON, ()), hint=hint
        ),
        FormField(
            name="sure", title=_AT_ONCE,
            kind="check", value=given["sure"], required=True, choices=(("yes", Text("我确认申请撤回这条记录", "Yes, ask for the withdrawal of this record")),),
            errors=errors.get("sure", ()),
        ),
    )  # fmt: skip
    at_fault = [one for one in fields if one.errors]
    facts = {**facts_of(found, entry), "fields": fields, "fields_at_fault": at_fault, "faults": faults}
    return shown(request, "withdraw", facts, status=status)


def _correction(
    request: HttpRequest,
    found: CreditFile,
    entry: FileEntry,
    granted: Granted,
    fields: Sequence[FormField],
    *,
    errors: tuple[Text, ...] = (),
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    reason = FormField(
        name=REASON, title=Text("更正的理由", "Reason of the correction"), kind="area", value=request.POST.get(REASON, "").strip(), required=True,
        errors=errors, hint=Text("如：处罚金额录入有误。请勿写入个人信息。", "For example: the amount was mistyped. No personal data, please."),
    )  # fmt: skip
    every = (*fields, reason)
    facts = {
        **facts_of(found, entry), "granted": granted, "fields": every, "fields_at_fault": [one for one in every if one.errors], "faults": faults,
    }  # fmt: skip
    return shown(request, "correct", facts, status=status)


def _ensure_may(request: HttpRequest, action: Action, found: CreditFile, entry: FileEntry) -> None:
    """Raise ``Refused`` before a form is shown that the reader could only fill in vain."""
    target = Target(agency=entry.record.source_agency)
    ensure_allowed(actor_of(request), action, target, about=f"subject {found.subject.uscc}", at=now())


_AT_ONCE = Text(
    "经审批撤回后，这条记录立即停止公示和使用，不能恢复",
    "Once its withdrawal is approved the record is no longer published or used, and cannot come back",
)
_NO_REASON = Text("请写明理由。", "Give the reason.")
