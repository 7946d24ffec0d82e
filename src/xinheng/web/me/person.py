"""A natural person's own pages (个人信用记录): records, who looked, what happened; masked until the person asks for the whole, by a form.

No address here tells who it is: the session says that. No search, no score, and nothing about anybody else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.standards.money import format_yuan
from xinheng.usecases.persons.own import OwnPage, as_masked, view_own_page
from xinheng.usecases.persons.viewing import PersonEntry
from xinheng.usecases.portal import shown_title
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import actor_of, for_persons_too, is_person
from xinheng.web.today import SHANGHAI, now, today


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A record as its person sees it: its words and days, from whom it came, and all that is kept of it as title and value."""

    item: Text
    number: str
    decided_on: dt.date
    authority: str
    kept_until: dt.date
    came: tuple[str, ...]
    received_on: dt.date | None
    cells: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to one's records, on a day."""

    day: dt.date
    words: Text


def own_records(request: HttpRequest) -> HttpResponse:
    """Show the person its records, masked."""
    return _records(request, as_masked(view_own_page(actor=actor_of(request), at=now(), on=today())), whole=False)


@require_POST
@for_persons_too
def whole(request: HttpRequest) -> HttpResponse:
    """Show the person its records with name and number; asked for by a form, so that nothing of it stands in an address."""
    _ensure_person(request)
    return _records(request, view_own_page(actor=actor_of(request), at=now(), on=today()), whole=True)


@require_safe
@for_persons_too
def looks(request: HttpRequest) -> HttpResponse:
    """Show the person who looked; a look that an investigation keeps secret for a time is shown when that is over."""
    _ensure_person(request)
    page = view_own_page(actor=actor_of(request), at=now(), on=today())
    return leave_no_copy(render(request, "me/person_looks.html", {"page": page}))


@require_safe
@for_persons_too
def messages(request: HttpRequest) -> HttpResponse:
    """Show the person what happened to its records, newest first."""
    _ensure_person(request)
    page = view_own_page(actor=actor_of(request), at=now(), on=today())
    return leave_no_copy(render(request, "me/person_messages.html", {"page": page, "happened": _happened(page)}))


def _records(request: HttpRequest, page: OwnPage, *, whole: bool) -> HttpResponse:
    entries = page.file.entries if page.file else ()
    facts = {"page": page, "records": [_record(one, page) for one in entries], "whole": whole, "today": today()}
    return leave_no_copy(render(request, "me/person.html", facts))


def _record(entry: PersonEntry, page: OwnPage) -> PersonRecord:
    version = load(entry.item).version(entry.version)
    number, authority = (version.by_role(role) for role in ("decision_number", "deciding_authority"))
    cells = tuple(
        (shown_title(field), _written(entry.fields[field.name], field.type))
        for field in version.fields
        if entry.fields.get(field.name) not in (None, "")
    )
    agencies = (entry.source_agency, *entry.other_sources)
    return PersonRecord(
        item=Text(version.title, version.title_en), number=str(entry.fields.get(number.name, "")) if number else "",
        decided_on=entry.decided_on, authority=str(entry.fields.get(authority.name, "")) if authority else "",
        kept_until=entry.until - dt.timedelta(days=1), came=tuple(page.agencies.get(code, code) for code in agencies),
        received_on=page.received.get(entry.submission), cells=cells,
    )  # fmt: skip


def _happened(page: OwnPage) -> tuple[Happened, ...]:
    found = []
    for entry in page.file.entries if page.file else ():
        item, agency = load(entry.item).latest, page.agencies.get(entry.source_agency, entry.source_agency)
        day = page.received.get(entry.submission)
        if day:
            words = Text(
                f"{agency}报送了关于您的一条记录：{item.title}",
                f"{agency} handed in a record about you: {item.title_en}",
            )
            found.append(Happened(day, words))
    for look in page.looks:
        if look.matter.zh:
            words = Text(
                f"{look.body.zh}查看了您的记录：{look.matter.zh}",
                f"{look.body.en} looked at your records: {look.matter.en}",
            )
            found.append(Happened(look.at.astimezone(SHANGHAI).date(), words))
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def _written(cell: object, kind: str) -> str:
    return f"{format_yuan(cell)} 元" if kind == "number" and isinstance(cell, int) else str(cell)


def _ensure_person(request: HttpRequest) -> None:
    if not is_person(request):
        raise Missing(_FOR_PERSONS)


_FOR_PERSONS = Explanation(
    Text("没有这个页面", "There is no such page"),
    Text("个人信用记录只能由本人登录后查看", "records about an individual are shown to that individual"),
    Text("请用统一身份认证（个人）登录。", "Sign in with the unified identity for individuals."),
)
