"""A person's own page (个人信用记录): its records, where each came from, who looked, and what there is to know where nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Max

from xinheng.core.access import Action, Actor, Target
from xinheng.core.access.matters import matters
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Text
from xinheng.store.models import Submission
from xinheng.store.queries.persons import Look
from xinheng.usecases.deed import deed
from xinheng.usecases.me.file import bodies_of
from xinheng.usecases.persons.viewing import PersonEntry, PersonFile, mask_name, mask_number, masked, view_own
from xinheng.usecases.reach import agency_names

ITSELF = Text("本人", "yourself")
CENTRE = Text("公共信用信息中心", "the public credit information centre")


@dataclass(frozen=True, slots=True)
class Covered:
    """An item in which records about natural persons may stand, and when it was last fed (``None``: never)."""

    title: Text
    fed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ToldLook:
    """Somebody looked: when, of which body, in which matter, on what basis."""

    at: dt.datetime
    body: Text
    matter: Text
    basis: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a person sees; ``file`` is ``None`` where nothing is kept. ``received`` gives the day of each submission, ``agencies`` names by code."""

    file: PersonFile | None
    looks: tuple[ToldLook, ...]
    covered: tuple[Covered, ...]
    agencies: Mapping[str, str]
    received: Mapping[int, dt.date]
    receipt: str


def view_own_page(*, actor: Actor, at: dt.datetime, on: dt.date) -> OwnPage:
    """Return the page of the person who is signed in; raises ``Refused`` for who is not one."""
    number = next((held.of_person for held in actor.assignments if held.of_person), 0)
    if not number:
        return _nothing_kept(actor, at)
    found = view_own(number, actor=actor, at=at, on=on)
    codes = {code for one in found.entries for code in (one.source_agency, *one.other_sources)}
    submissions = Submission.objects.filter(pk__in=[one.submission for one in found.entries])
    return OwnPage(
        found, _told(found.looks), _covered(), agency_names(codes), dict(submissions.values_list("pk", "received_on")), found.receipt
    )  # fmt: skip


def as_masked(page: OwnPage) -> OwnPage:
    """Return the page with name and number masked, in the cells too: how it is shown until the person asks for the whole."""
    if page.file is None:
        return page
    file = page.file
    entries = tuple(replace(one, fields=_masked_cells(one, file)) for one in file.entries)
    shown = replace(file, name=mask_name(file.name), number=mask_number(file.number), entries=entries)
    return replace(page, file=shown)


def _nothing_kept(actor: Actor, at: dt.datetime) -> OwnPage:
    about = "a person of whom nothing is kept"
    with deed(actor, Action.VIEW_PUBLIC, Target(), about=about, asked={"own": True}, at=at) as done:
        covered = _covered()
        done.result = {"records": 0, "items": len(covered)}
    return OwnPage(None, (), covered, {}, {}, str(done.receipt.pk) if done.receipt else "")


def _masked_cells(entry: PersonEntry, file: PersonFile) -> dict[str, str | int]:
    name = load(entry.item).version(entry.version).by_role("counterpart_name")
    written = str(entry.fields.get(name.name, "")) if name else ""
    cells = {code: masked(cell, {file.name, written}) for code, cell in entry.fields.items()}
    return {
        code: cell.replace(file.number, mask_number(file.number)) if isinstance(cell, str) else cell
        for code, cell in cells.items()
    }


def _told(looks: tuple[Look, ...]) -> tuple[ToldLook, ...]:
    known, bodies = {matter.code: matter for matter in matters()}, bodies_of({look.actor for look in looks})
    told = []
    for look in looks:
        matter = known.get(look.matter)
        body = bodies.get(look.actor, CENTRE) if matter else ITSELF
        told.append(ToldLook(look.at, body, matter.title if matter else Text("", ""), matter.basis if matter else ""))
    return tuple(told)


def _covered() -> tuple[Covered, ...]:
    """Return the items that may hold records about natural persons, with the day on which each was last fed."""
    fed = Submission.objects.filter(committed_at__isnull=False).values("item").annotate(last=Max("received_on"))
    last = {row["item"]: row["last"] for row in fed}
    versions = [load(name).latest for name in item_names()]
    return tuple(
        Covered(Text(one.title, one.title_en), last.get(one.name)) for one in versions if one.by_role("person_id")
    )
