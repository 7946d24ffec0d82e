"""What of the ledger a screening sees (所见): records as plain facts, only those whose openness admits the matter, and until when each item has come in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xinheng.core.access import Action, Actor, Matter, Target, decide
from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.law.kinds import read_kinds
from xinheng.core.ledger.public import NO_END
from xinheng.core.ledger.record_publication import list_code
from xinheng.core.ledger.stops import Scope
from xinheng.core.screening import Feed, ScreeningMatter, Seen
from xinheng.core.screening.seen import LISTS
from xinheng.store.queries.records import StandingRecord
from xinheng.store.queries.screening import Screenable, feeds_on, screenable_records
from xinheng.store.queries.stops import grounds_of, hiding
from xinheng.usecases.ledger.file import state_of

SeenOf = Mapping[int, Sequence[Seen]]


def see(
    subjects: Collection[int], matter: ScreeningMatter, purpose: Matter, *, actor: Actor, on: dt.date
) -> SeenOf:  # fmt: skip
    """Return what a matter sees of subjects as of a day, by subject; records whose class of openness does not admit it are not there."""
    held = list(screenable_records(sorted(subjects), matter.items, on=on)) if subjects else []
    grounds = grounds_of(one.record.stopped for one in held if one.record.stopped is not None)
    stopped = {number: ground.wording for number, ground in grounds.items()}
    admitted: dict[tuple[str, str, str], bool] = {}
    found: dict[int, list[Seen]] = defaultdict(list)
    for one in held:
        record = one.record
        kind = (record.item, record.version, record.source_agency)
        if kind not in admitted:
            admitted[kind] = _admits(load(record.item).version(record.version), record.source_agency, actor, purpose)
        if admitted[kind]:
            found[record.subject_id].append(_seen(one, stopped, on))
    return found


def feeds(matter: ScreeningMatter, purpose: Matter, *, actor: Actor, on: dt.date) -> tuple[Feed, ...]:
    """Return until when each item of a matter had come in by a day, whether the actor may see it in the matter, and whether it rests now."""
    known = feeds_on(matter.items, on)
    resting = {one.target: one.ground.wording for one in hiding(Scope.ITEM)}
    return tuple(_feed(item, known[item], resting.get(item), _open(item, actor, purpose, on)) for item in matter.items)


def _feed(item: str, days: tuple[dt.date | None, dt.date | None], stopped: Text | None, shown: bool) -> Feed:  # noqa: FBT001
    fed, zero = days
    by_zero = zero is not None and (fed is None or zero > fed)
    version = load(item).latest
    return Feed(
        item, Text(version.title, version.title_en), zero if by_zero else fed, by_zero, shown, stopped
    )  # fmt: skip


def _open(item: str, actor: Actor, purpose: Matter, on: dt.date) -> bool:
    return _admits(load(item).at(on), "", actor, purpose)


def _admits(version: ItemVersion, source: str, actor: Actor, purpose: Matter) -> bool:
    target = Target(item=version.name, openness=version.openness, source=source, matter=purpose)
    return decide(actor, Action.VIEW_FILE, target).allowed


def _seen(one: Screenable, stopped: Mapping[int, Text], on: dt.date) -> Seen:
    record = one.record
    version = load(record.item).version(record.version)
    kind = list_code(version, _said(version, record, "list_type"))
    removed = _day(version, record, "removed_on") or _day(version, record, "ended_on")
    return Seen(
        item=record.item, title=Text(version.title, version.title_en), effect=version.effect, key=record.record_key, revision=record.revision,
        since=record.decided_on, state=state_of(record, on), number=record.decision_number,
        authority=_said(version, record, "deciding_authority"), source=record.source_agency, basis=_said(version, record, "legal_basis"),
        says=_says(version, record), is_list=record.item in LISTS, list_code=kind or "", list_title=_list_title(version, record),
        until=_until(version, record), ended_on=removed, confirmed_on=one.confirmed_on,
        stopped=stopped.get(record.stopped) if record.stopped is not None else None,
    )  # fmt: skip


def _until(version: ItemVersion, record: StandingRecord) -> dt.date | None:
    """Return the last day of a record's effect as far as it is known: of its publication, else as the authority gave it."""
    last = record.last_day or _day(version, record, "publication_until") or _day(version, record, "valid_until")
    return None if last is None or last >= NO_END else last


def _says(version: ItemVersion, record: StandingRecord) -> Text | None:
    """Return in few words what a record says: the kinds of a penalty, the reason of an entry, else its title."""
    if kinds := read_kinds(_said(version, record, "penalty_kinds")).kinds:
        return Text("、".join(kind.label for kind in kinds), ", ".join(kind.label for kind in kinds))
    for role in ("reason", "title_of", "permit_document", "grade"):
        field = version.by_role(role)
        if field is not None and (written := _said(version, record, role)):
            code = code_list(field.code_list).find(written) if field.code_list else None
            return Text(code.label, code.label_en) if code else Text(written, written)
    return None


def _list_title(version: ItemVersion, record: StandingRecord) -> Text | None:
    if record.item not in LISTS:
        return None
    field, written = version.by_role("list_type"), _said(version, record, "list_type")
    code = code_list(field.code_list).find(written) if field is not None and written else None
    return Text(code.label, code.label_en) if code else Text(written or version.title, written or version.title_en)


def _said(version: ItemVersion, record: StandingRecord, role: str) -> str:
    field = version.by_role(role)
    held: Any = record.fields.get(field.name) if field else None
    return str(held) if held else ""


def _day(version: ItemVersion, record: StandingRecord, role: str) -> dt.date | None:
    written = _said(version, record, role)
    return dt.date.fromisoformat(written) if written else None
