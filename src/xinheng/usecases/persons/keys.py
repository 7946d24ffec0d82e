"""Keys (密钥管理): listed, rotated, and what stands under old ones put under the new ones, in batches, while everything goes on.

While a lookup key is replaced, a person is found under both. A key under which nothing stands any more is destroyed by the renewal that emptied it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from xinheng.core.access import Action, Actor, Target
from xinheng.gateways.keys import Key, KeyRing, Purpose
from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.persons import (
    SealedPerson,
    changing_keys,
    keys_in_use,
    persons_under_other_keys,
    records_under_other_keys,
    renew_persons,
    renew_records,
)
from xinheng.usecases.deed import deed
from xinheng.usecases.persons.sealing import Sealer, key_ring, person_bound, record_bound

BATCH = 2000


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as it is listed; ``holds`` is how much stands under it. The key itself is shown to nobody."""

    name: str
    purpose: str
    algorithms: str
    made_on: dt.date
    destroyed_on: dt.date | None
    current: bool
    holds: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a renewal put under the current keys, and the keys that it destroyed."""

    persons: int
    records: int
    destroyed: tuple[str, ...]


def list_keys(*, actor: Actor, at: dt.datetime) -> tuple[KeyView, ...]:
    """Return every key that there is or was; raises ``Refused``."""
    with deed(actor, Action.MANAGE_KEYS, Target(), about="keys", asked={}, at=at) as done:
        found = _views(key_ring(at.date()))
        done.result = {"keys": [view.name for view in found]}
    return found


def rotate(purposes: tuple[Purpose, ...], *, actor: Actor, at: dt.datetime) -> tuple[str, ...]:
    """Make a new key for each purpose; it is used for what comes from now on. Returns their names; raises ``Refused``."""
    asked = {"purposes": [purpose.value for purpose in purposes]}
    with deed(actor, Action.MANAGE_KEYS, Target(), about="keys", asked=asked, at=at) as done:
        locks.take_to_the_end(Lock.KEYS, 0)
        ring = key_ring(at.date())
        made = tuple(ring.add(purpose).name for purpose in purposes)
        done.result = {"made": list(made)}
    return made


def renew(*, actor: Actor, at: dt.datetime) -> Renewed:
    """Put everything under the current keys, then destroy the keys that are empty; a run that was killed is finished by the next one."""
    persons = records = 0
    while part := _renew_batch(actor=actor, at=at):
        persons, records = persons + part[0], records + part[1]
    return Renewed(persons, records, _destroy_empty(actor=actor, at=at))


def result_of_renewal(renewed: Renewed) -> dict[str, Any]:
    """Return a renewal as plain data: what ``--json`` prints."""
    return {"persons": renewed.persons, "records": renewed.records, "destroyed": list(renewed.destroyed)}


def _views(ring: KeyRing) -> tuple[KeyView, ...]:
    held, keys = keys_in_use(), ring.every()
    current = {key.purpose: key.name for key in keys if key.destroyed_on is None}  # the newest one stays
    return tuple(
        KeyView(
            key.name, key.purpose.value, key.algorithms, key.made_on, key.destroyed_on, current.get(key.purpose) == key.name,
            held.get(key.name, 0),
        )
        for key in keys
    )  # fmt: skip


def _renew_batch(*, actor: Actor, at: dt.datetime) -> tuple[int, int] | None:
    """Renew one batch of persons and one of records; nothing where everything stands under the current keys."""
    with deed(actor, Action.MANAGE_KEYS, Target(), about="renewal of keys", asked={}, at=at) as done:
        locks.take_to_the_end(Lock.KEYS, 0, shared=True)
        changing_keys("renewal")
        sealer = Sealer(key_ring(at.date()))
        sealing, lookup = sealer.sealing_key, sealer.lookup_keys[0]
        persons = persons_under_other_keys(sealing=sealing, lookup=lookup.name, limit=BATCH)
        renew_persons([_renewed_person(person, sealer, lookup) for person in persons])
        records = records_under_other_keys(sealing, limit=BATCH)
        again = []
        for one in records:
            bound = record_bound(one.person, one.record_key, one.revision)
            wrapped, key = sealer.renewed(one.key, one.wrapped, bound)
            again.append(replace(one, wrapped=wrapped, key=key))
        renew_records(again)
        done.result = {"persons": len(persons), "records": len(records)}
    return (len(persons), len(records)) if persons or records else None


def _renewed_person(person: SealedPerson, sealer: Sealer, lookup: Key) -> SealedPerson:
    known = sealer.open_person(person)
    sealed, key = person.sealed, person.key
    if key != sealer.sealing_key:
        sealed, key = sealer.renewed(key, sealed, person_bound(person.id))
    return SealedPerson(person.id, lookup.digest(known.kind, known.number), lookup.name, sealed, key)


def _destroy_empty(*, actor: Actor, at: dt.datetime) -> tuple[str, ...]:
    """Destroy the keys under which nothing stands, alone with the ring, so that nobody seals or reads under one that goes."""
    with deed(actor, Action.MANAGE_KEYS, Target(), about="keys", asked={"destroy": "empty"}, at=at) as done:
        locks.take_to_the_end(Lock.KEYS, 0)
        ring = key_ring(at.date())
        views = _views(ring)
        gone = tuple(view.name for view in views if not view.current and view.destroyed_on is None and not view.holds)
        done.result = {"destroyed": list(gone)}
        for name in gone:
            ring.destroy(name)
    return gone
