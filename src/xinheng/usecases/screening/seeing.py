"""What of the ledger a screening sees (所见): records as plain facts, only those whose openness admits the matter, and until when each item has come in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from xinheng.core.access import Action, Actor, Matter, Target, decide
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.ledger.stops import Scope
from xinheng.core.screening import Feed, ScreeningMatter, Seen
from xinheng.store.queries.screening import feeds_on, screenable_records
from xinheng.store.queries.stops import grounds_of, hiding
from xinheng.usecases.screening.facts import FactsOf

SeenOf = Mapping[int, Sequence[Seen]]


def see(
    subjects: Collection[int], matter: ScreeningMatter, purpose: Matter, *, actor: Actor, on: dt.date
) -> SeenOf:  # fmt: skip
    """Return what a matter sees of subjects as of a day, by subject; records whose class of openness does not admit it are not there."""
    held = list(screenable_records(sorted(subjects), matter.items, on=on)) if subjects else []
    grounds = grounds_of(one.record.stopped for one in held if one.record.stopped is not None)
    stopped = {number: ground.wording for number, ground in grounds.items()}
    admitted: dict[tuple[str, str, str], bool] = {}
    facts: dict[tuple[str, str], FactsOf] = {}
    found: dict[int, list[Seen]] = defaultdict(list)
    for one in held:
        record = one.record
        layout, kind = (record.item, record.version), (record.item, record.version, record.source_agency)
        if kind not in admitted:
            version = load(record.item).version(record.version)
            admitted[kind] = _admits(version, record.source_agency, actor, purpose)
            facts[layout] = facts.get(layout) or FactsOf(version)
        if admitted[kind]:
            found[record.subject_id].append(facts[layout].seen(one, stopped, on))
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
