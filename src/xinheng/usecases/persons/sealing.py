"""Sealing persons and their records (加密), and finding a person by document. Whoever calls holds the lock on the keys."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings

from xinheng.core.ledger.persons import PersonRow
from xinheng.gateways.algorithms import SECRET, Profile, opened, profile_named
from xinheng.gateways.keys import Key, KeyRing, Purpose
from xinheng.store.persons import SealedPerson, add_persons, new_person_ids, persons_by

Document = tuple[str, str]
"""The kind (code) and the number of a person's document, as they are looked up."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person with what was sealed of it, opened; ``secret`` and ``digests`` make the digests of its records. Its ``repr`` tells nothing."""

    id: int
    kind: str = field(repr=False)
    number: str = field(repr=False)
    name: str = field(repr=False)
    secret: bytes = field(repr=False)
    digests: Profile = field(repr=False)

    def digest(self, *parts: str) -> str:
        """Return a digest (32 hexadecimal digits) that nobody can guess who cannot open the person."""
        return self.digests.digest(self.secret, "\x1f".join(parts).encode())[:16].hex()


def key_ring(today: dt.date) -> KeyRing:
    """Return the key ring of this installation."""
    return KeyRing(settings.KEYS, settings.MASTER_KEY, algorithms=settings.ALGORITHMS, today=today)


class Sealer:
    """The keys of the moment, read once: made anew for each transaction."""

    def __init__(self, ring: KeyRing) -> None:
        self._sealing = ring.current(Purpose.SEAL)
        ring.current(Purpose.LOOKUP)
        self._keys = {key.name: key for key in ring.every() if key.destroyed_on is None}

    @cached_property
    def lookup_keys(self) -> tuple[Key, ...]:
        """The keys under which a person may stand, newest first: two of them while one is being replaced."""
        return tuple(reversed([key for key in self._keys.values() if key.purpose is Purpose.LOOKUP]))

    def find(self, documents: Iterable[Document]) -> dict[Document, KnownPerson]:
        """Return the persons that are known, by document."""
        by_lookup = {key.digest(*one): one for one in documents for key in self.lookup_keys}
        found = persons_by(list(by_lookup)) if by_lookup else {}
        return {by_lookup[lookup]: self.open_person(person) for lookup, person in found.items()}

    def find_or_add(self, named: dict[Document, str]) -> dict[Document, KnownPerson]:
        """Return a person for each document; who is not known yet is added under the name given with it."""
        found = self.find(named)
        missing = {document: name for document, name in named.items() if document not in found}
        if not missing:
            return found
        ids = new_person_ids(len(missing))
        made = {one: self._made(number, one, name) for number, (one, name) in zip(ids, missing.items(), strict=True)}
        added = add_persons([self._sealed(person) for person in made.values()])
        found |= {document: person for document, person in made.items() if person.id in added}
        return found | self.find(document for document in missing if document not in found)

    def _made(self, number: int, document: Document, name: str) -> KnownPerson:
        """Return a new person, with a secret of its own for the digests of its records."""
        return KnownPerson(number, *document, name, secrets.token_bytes(SECRET), self._sealing.profile)

    def _sealed(self, person: KnownPerson) -> SealedPerson:
        told = {
            "kind": person.kind, "number": person.number, "name": person.name, "secret": person.secret.hex(), "digests": person.digests.name,
        }  # fmt: skip
        content = json.dumps(told, ensure_ascii=False).encode()
        key = self.lookup_keys[0]
        sealed = self._sealing.seal(content, person_bound(person.id))
        return SealedPerson(person.id, key.digest(person.kind, person.number), key.name, sealed, self._sealing.name)

    def open_person(self, person: SealedPerson) -> KnownPerson:
        """Return a person opened; raises ``Unavailable``."""
        told = json.loads(self._keys[person.key].open(person.sealed, person_bound(person.id)))
        secret = bytes.fromhex(told["secret"])
        return KnownPerson(
            person.id, told["kind"], told["number"], told["name"], secret, profile_named(told["digests"])
        )

    def seal_record(self, person: int, record: str, revision: int, row: PersonRow) -> tuple[bytes, bytes, str]:
        """Return a record's cells sealed under a key of their own, that key wrapped, and the name of the key that wrapped it."""
        bound, data_key = record_bound(person, record, revision), secrets.token_bytes(SECRET)
        sealed = self._sealing.profile.seal(data_key, row.fields.encode(), bound)
        return sealed, self._sealing.seal(data_key, bound), self._sealing.name

    def open_record(self, key: str, wrapped: bytes, sealed: bytes, bound: bytes) -> dict[str, str | int]:
        """Return a record's cells; raises ``Unavailable``."""
        found: dict[str, str | int] = json.loads(opened(self._keys[key].open(wrapped, bound), sealed, bound))
        return found

    def renewed(self, key: str, wrapped: bytes, bound: bytes) -> tuple[bytes, str]:
        """Return the same content under the current key, and that key's name."""
        return self._sealing.seal(self._keys[key].open(wrapped, bound), bound), self._sealing.name

    @property
    def sealing_key(self) -> str:
        """The name of the key that seals from now on."""
        return self._sealing.name


def person_bound(person: int) -> bytes:
    """Return what a sealed person is bound to."""
    return f"person {person}".encode()


def record_bound(person: int, record: str, revision: int) -> bytes:
    """Return what a sealed record and its key are bound to."""
    return f"record {person} {record} {revision}".encode()
