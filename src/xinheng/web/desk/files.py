"""A subject's file for officials, and one record of it, with what may be asked for about it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinheng.core.access import Action, Target, decide
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.ledger.visibility import State
from xinheng.core.standards.money import format_yuan
from xinheng.usecases.corrections.listing import open_about
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.ledger.file import CreditFile, FileEntry, view_file
from xinheng.usecases.portal import shown_title
from xinheng.usecases.reach import agency_names
from xinheng.web.desk.labels import item_title, record_state
from xinheng.web.desk.page import desk_page, shown
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
    found, entry = entry_of(request, code, key)
    source, actor = Target(agency=entry.record.source_agency), actor_of(request)
    waits = decide(actor, Action.VIEW_CORRECTIONS, source).allowed
    facts = {
        **facts_of(found, entry), "may_withdraw": decide(actor, Action.WITHDRAW_RECORD, source).allowed,
        "may_mend": decide(actor, Action.MEND_RECORD, source).allowed,
        "may_stop": entry.state is State.PUBLIC and decide(actor, Action.ASK_STOP, source).allowed,
        "waiting": open_about(found.subject.uscc, entry.record.record_key) if waits else None,
    }  # fmt: skip
    return shown(request, "file_record", facts)


def _file(request: HttpRequest, code: str) -> CreditFile:
    return view_file(code, as_of=today(), today=today(), actor=actor_of(request), at=now())


def entry_of(request: HttpRequest, code: str, key: str) -> tuple[CreditFile, FileEntry]:
    """Return a subject's file and one record in it; raises ``Missing``."""
    found = _file(request, code)
    for entry in found.entries:
        if entry.record.record_key == key.lower():
            return found, entry
    raise Missing(_NONE)


def facts_of(found: CreditFile, entry: FileEntry) -> dict[str, object]:
    """Return what the pages of a record show: its cells, where it came from, where it stands."""
    version = load(entry.record.item).version(entry.record.version)
    names = agency_names([one.agency for one in entry.sources])
    cells = [(shown_title(field), field.name, entry.record.fields.get(field.name)) for field in version.fields]
    return {
        "file": found, "entry": entry, "item": item_title(entry.record.item), "state": record_state(entry.state),
        "cells": [(title, name, _value(version.field(name).type, value)) for title, name, value in cells if value not in (None, "")],
        "sources": [(names.get(one.agency, one.agency), one) for one in entry.sources],
    }  # fmt: skip


def _value(kind: str, value: object) -> str:
    if kind == "number" and isinstance(value, int):
        return f"{format_yuan(value)} 元"
    return str(value)


_NONE = Explanation(
    Text("没有这条记录", "There is no such record"),
    Text("记录已经结束，或者不在该主体名下", "it has ended, or it is not of this subject"),
    Text("请在该主体的信用档案中选择。", "Please choose it from the subject's file."),
)
