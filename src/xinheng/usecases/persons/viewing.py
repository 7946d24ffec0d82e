"""Looking at a person (查看自然人): by exact document and in a statutory matter only, masked; the person itself sees everything, and who looked.

Never by name, never a list. Every look leaves a receipt and an audit event that name the matter, and neither name nor number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.access.matters import Matter, matter_named, matters
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.person_documents import KINDS, identified, kind_named
from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.models import Person
from xinheng.store.persons import SealedPerson
from xinheng.store.queries.persons import Look, SealedEntry, entries_of, looks_at
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.persons.sealing import KnownPerson, Sealer, key_ring, record_bound


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A record as it is shown: its cells by field code, where it came from, and until when it is kept."""

    item: str
    version: str
    decided_on: dt.date
    source_agency: str
    other_sources: tuple[str, ...]
    submission: int
    until: dt.date
    fields: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What is kept of a person, as this reader may see it; ``looks`` is told to the person only. ``receipt`` is of this look."""

    kind: str
    number: str
    name: str
    entries: tuple[PersonEntry, ...]
    looks: tuple[Look, ...]
    receipt: str


def view_person(kind: str, number: str, *, matter: str, actor: Actor, at: dt.datetime, on: dt.date) -> PersonFile:
    """Return what is kept of the person with this document, for an official in a matter (a code of ``core/access/matters.yaml``).

    ``kind`` is the name or code of the kind of document. Raises ``Refused``, ``Missing``, or ``UnusableCall`` where the document or the matter is none.
    """
    held = matter_named(matter, on=on)
    target = Target(agency=_agency_of(actor), statutory=held.code)
    ensure_allowed(actor, Action.VIEW_PERSON, target, about="a person by document", at=at)
    document = _document(kind, number, on)
    asked = {"kind": document[0], "matter": held.code}
    with transaction.atomic():
        locks.take_to_the_end(Lock.KEYS, 0, shared=True)
        sealer = Sealer(key_ring(on))
        person = sealer.find([document]).get(document)
        entries = _entries(person, sealer, on, held) if person else ()
        about = _about(person.id) if person else "a person of whom nothing is kept"
        with deed(actor, Action.VIEW_PERSON, target, about=about, asked=asked, at=at) as done:
            done.basis = held.basis
            done.result = {"records": len(entries)}
    if person is None or not entries:
        raise Missing(_NOTHING)
    name, shown = mask_name(person.name), person.number if held.shows_number else mask_number(person.number)
    return PersonFile(person.kind, shown, name, entries, (), str(done.receipt.pk) if done.receipt else "")


def view_own(person: int, *, actor: Actor, at: dt.datetime, on: dt.date) -> PersonFile:
    """Return everything that is kept of a person to that person itself (``Role.PERSON`` with its number); raises ``Refused`` or ``Missing``."""
    target = Target(of_person=person)
    with deed(actor, Action.VIEW_PERSON, target, about=_about(person), asked={}, at=at) as done:
        locks.take_to_the_end(Lock.KEYS, 0, shared=True)
        held = Person.objects.filter(pk=person, erased_at=None).first()
        if held is None:
            raise Missing(_NOTHING)
        sealer = Sealer(key_ring(on))
        known = sealer.open_person(
            SealedPerson(
                held.pk, bytes(held.lookup or b""), held.lookup_key or "", bytes(held.sealed or b""), held.key or ""
            )
        )
        entries = _entries(known, sealer, on, None)
        looks = tuple(look for look in looks_at(_about(person)) if _is_told(look, on))
        done.result = {"records": len(entries), "looks": len(looks)}
    return PersonFile(
        known.kind, known.number, known.name, entries, looks, str(done.receipt.pk) if done.receipt else ""
    )


def mask_number(number: str) -> str:
    """Return a number with its first two and last two characters only."""
    return number[:2] + "*" * (len(number) - 4) + number[-2:] if len(number) > 6 else "*" * len(number)


def mask_name(name: str) -> str:
    """Return a name with its first character only."""
    return name[:1] + "*" * max(2, len(name) - 1)


def _about(person: int) -> str:
    return f"person {person}"


def _agency_of(actor: Actor) -> str:
    """Return the agency for which the actor looks: of those for which it holds a role the first."""
    return next((held.agency for held in actor.assignments if held.agency and held.role is not Role.PERSON), "")


def _document(kind: str, number: str, on: dt.date) -> tuple[str, str]:
    code = kind_named(kind)
    if code is None:
        raise UnusableCall(_NO_KIND)
    found = identified(code, number.strip(), today=on)
    if found is None:
        raise UnusableCall(_NO_DOCUMENT)
    return found


def _is_told(look: Look, on: dt.date) -> bool:
    """Tell whether a look may be told to the person by now."""
    days = {matter.code: matter.told_after_days for matter in matters()}
    return localtime(look.at).date() + dt.timedelta(days=days.get(look.matter, 0)) <= on


def _entries(person: KnownPerson, sealer: Sealer, on: dt.date, matter: Matter | None) -> tuple[PersonEntry, ...]:
    return tuple(_entry(person, one, sealer, matter) for one in entries_of(person.id, on=on))


def _entry(person: KnownPerson, one: SealedEntry, sealer: Sealer, matter: Matter | None) -> PersonEntry:
    cells = sealer.open_record(
        one.key, one.wrapped_key, one.sealed, record_bound(person.id, one.record_key, one.revision)
    )
    name = load(one.item).version(one.version).by_role("counterpart_name")
    written = str(cells.get(name.name, "")) if name else ""
    if matter is not None:
        cells = {code: masked(text, {person.name, written}) for code, text in cells.items()}
    return PersonEntry(
        one.item, one.version, one.decided_on, one.source_agency, one.sources, one.submission, one.until, cells
    )


def masked(text: str | int, names: set[str]) -> str | int:
    """Return a cell in which no name of the person stands."""
    if isinstance(text, str):
        for name in sorted(filter(None, names), key=len, reverse=True):
            text = text.replace(name, mask_name(name))
    return text


_NOTHING = Explanation(
    Text("没有该人的记录", "Nothing is kept of this person"),
    Text("没有该证件名下的记录，或者保存期限已届满", "there is no record under this document, or its time is over"),
    Text("请核对证件类型和号码。", "Check the kind of document and its number."),
)
_NO_KIND = Explanation(
    Text("没有这种证件类型", "There is no such kind of document"),
    Text(
        f"证件类型：{'、'.join(kind.zh for kind in KINDS.values())}",
        f"kinds: {', '.join(KINDS)}",
    ),
    Text("请填写证件类型的名称或代码。", "Name the kind of document, or its code."),
)
_NO_DOCUMENT = Explanation(
    Text("证件号码不正确", "The number is not right"),
    Text("号码与证件类型不符，或者校验位不正确", "it does not fit the kind of document, or its check digit is wrong"),
    Text("请核对后重新输入；号码不显示、不记录。", "Check it and type it again; it is neither shown nor logged."),
)
