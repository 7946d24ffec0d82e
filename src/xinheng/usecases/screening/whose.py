"""Whose the rows are (对应主体), many at once: by code, by one organisation's exact full name, else candidates (rule: ``core.screening.matching``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xinheng.core.screening.matching import Candidate, Given, Match, Means, matched
from xinheng.core.subjects.by_name import may_attach
from xinheng.core.subjects.subject import SubjectKind
from xinheng.store.queries.screening import NameHolder, Owner, holders_of, name_keys_of, owners_of

MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A row as given, how its subject was found, and the subject's number where there is one."""

    given: Given
    match: Match
    subject: int | None


def whose(rows: Sequence[Given]) -> list[Found]:
    """Return whose each row is, by as many statements for a thousand rows as for one."""
    codes = owners_of({code for row in rows if not row.personal for code in row.codes})
    by_code = [next((codes[code] for code in row.codes if code in codes), None) for row in rows]
    named = [(row, owner) for row, owner in zip(rows, by_code, strict=True) if row.key and not row.personal]
    names = name_keys_of({owner.subject for _, owner in named if owner})
    asked = {row.key for row, owner in named if owner is None or row.key not in names.get(owner.subject, ())}
    holders: dict[str, list[NameHolder]] = defaultdict(list)
    for one in holders_of(asked):
        holders[one.key].append(one)
    return [
        _found(row, owner, names.get(owner.subject, frozenset()) if owner else frozenset(), holders.get(row.key, []))
        for row, owner in zip(rows, by_code, strict=True)
    ]


def _found(row: Given, owner: Owner | None, names: frozenset[str], holders: Sequence[NameHolder]) -> Found:
    open_to_names = [one for one in holders if one.owner.kind != SubjectKind.INDIVIDUAL_BUSINESS]
    alone = len({one.owner.subject for one in holders}) == 1 and len(open_to_names) == len(holders)
    exact = alone and all(one.current for one in holders) and may_attach(row.key)
    candidates = tuple(dict.fromkeys(_candidate(one.owner) for one in open_to_names))[:MOST_CANDIDATES]
    match = matched(row, by_code=_candidate(owner) if owner else None, names=names, by_name=candidates, exact=exact)
    if match.means is Means.CODE and owner is not None:
        return Found(row, match, owner.subject)
    return Found(row, match, holders[0].owner.subject if match.means is Means.NAME else None)


def _candidate(owner: Owner) -> Candidate:
    return Candidate(owner.code, owner.name)
