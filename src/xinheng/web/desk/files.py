"""A subject's file for officials, one record of it, and its withdrawal, asked once more before it is done."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.access import Action, Target, decide
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.money import format_yuan
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.ledger.file import CreditFile, FileEntry, view_file
from xinheng.usecases.ledger.withdraw import withdraw as withdraw_now
from xinheng.usecases.reach import agency_names
from xinheng.web.desk.labels import item_title, record_state
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.portal.question import searched_text
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today


@desk_page
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Lead to a subject's file: by the search of the desk. Raises ``Refused`` for those who may look nobody up."""
    if words := searched_text(request):
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': words})}")
    ensure_allowed(actor_of(request), Action.SEARCH, Target(), about="files", at=now())
    return shown(request, "files", {})


@desk_page
@require_safe
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Show what stands in a subject's file."""
    found = _file(request, code)
    lines = [(one, item_title(one.record.item), record_state(one.state)) for one in found.entries]
    return shown(request, "file", {"file": found, "lines": lines})


@desk_page
@require_safe
def record(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one record: its fields, its terms, where it came from."""
    found, entry = _entry(request, code, key)
    return shown(request, "file_record", {**_facts(found, entry), "may_withdraw": _may_withdraw(request, entry)})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Ask for the reason of a withdrawal and whether it is meant; then withdraw the record."""
    found, entry = _entry(request, code, key)
    given = {"reason": request.POST.get("reason", "").strip(), "sure": request.POST.get("sure", "")}
    if request.method != "POST":
        return _confirm(request, found, entry, given)
    errors: dict[str, tuple[Text, ...]] = {}
    if not given["reason"]:
        errors["reason"] = (Text("请写明撤回的理由。", "Give the reason of the withdrawal."),)
    if given["sure"] != "yes":
        errors["sure"] = (Text("请确认撤回。", "Confirm that it is to be withdrawn."),)
    if errors:
        return _confirm(request, found, entry, given, errors=errors, status=422)
    record = entry.record
    try:
        withdraw_now(
            code,
            record.decision_number,
            agency=record.source_agency,
            reason=given["reason"],
            actor=actor_of(request),
            at=now(),
            on=today(),
        )
    except UnusableCall as error:
        return _confirm(request, found, entry, given, faults=told(error), status=422)
    return redirect(f"{reverse('desk:file', args=[code])}?withdrawn=1")


def _confirm(
    request: HttpRequest,
    found: CreditFile,
    entry: FileEntry,
    given: dict[str, str],
    *,
    errors: dict[str, tuple[Text, ...]] | None = None,
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    fields = (
        FormField(
            name="reason", title=Text("撤回的理由", "Reason"), kind="area", value=given["reason"], required=True, errors=errors.get("reason", ()),
            hint=Text("如：行政复议决定撤销了该处罚。请勿写入个人信息。", "For example: annulled on review. No personal data, please."),
        ),
        FormField(
            name="sure", title=Text("撤回后，这条记录立即停止公示和使用，不能恢复", "Once withdrawn it is no longer published or used, and cannot come back"),
            kind="check", value=given["sure"], required=True, choices=(("yes", Text("我确认撤回这条记录", "Yes, withdraw this record")),),
            errors=errors.get("sure", ()),
        ),
    )  # fmt: skip
    at_fault = [one for one in fields if one.errors]
    facts = {**_facts(found, entry), "fields": fields, "fields_at_fault": at_fault, "faults": faults}
    return shown(request, "withdraw", facts, status=status)


def _file(request: HttpRequest, code: str) -> CreditFile:
    return view_file(code, as_of=today(), today=today(), actor=actor_of(request), at=now())


def _entry(request: HttpRequest, code: str, key: str) -> tuple[CreditFile, FileEntry]:
    found = _file(request, code)
    for entry in found.entries:
        if entry.record.record_key == key.lower():
            return found, entry
    raise Missing(_NONE)


def _facts(found: CreditFile, entry: FileEntry) -> dict[str, object]:
    version = load(entry.record.item).version(entry.record.version)
    names = agency_names([one.agency for one in entry.sources])
    cells = [
        (Text(field.title, field.title_en), field.name, entry.record.fields.get(field.name)) for field in version.fields
    ]
    return {
        "file": found, "entry": entry, "item": item_title(entry.record.item), "state": record_state(entry.state),
        "cells": [(title, name, _value(version.field(name).type, value)) for title, name, value in cells if value not in (None, "")],
        "sources": [(names.get(one.agency, one.agency), one) for one in entry.sources],
    }  # fmt: skip


def _value(kind: str, value: object) -> str:
    if kind == "number" and isinstance(value, int):
        return f"{format_yuan(value)} 元"
    return str(value)


def _may_withdraw(request: HttpRequest, entry: FileEntry) -> bool:
    return decide(actor_of(request), Action.WITHDRAW_RECORD, Target(agency=entry.record.source_agency)).allowed


_NONE = Explanation(
    Text("没有这条记录", "There is no such record"),
    Text("记录已经结束，或者不在该主体名下", "it has ended, or it is not of this subject"),
    Text("请在该主体的信用档案中选择。", "Please choose it from the subject's file."),
)
