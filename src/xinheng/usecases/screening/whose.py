"""Whose the rows are (对应主体), many at once: by code, by one organisation's exact full name, else candidates (rule: ``core.screening.matching``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xinheng.core.names import Verdict as Likeness
from xinheng.core.names import compare
from xinheng.core.screening.matching import Candidate, Given, Match, Means, matched
from xinheng.core.subjects.by_name import may_attach
from xinheng.core.subjects.subject import SubjectKind
from xinheng.store.queries.owners import Owner, owners_of
from xinheng.store.queries.screening import NameHolder, holders_of, name_keys_of
from xinheng.usecases.subjects.resolving import resolve_rows

MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A row as given, how its subject was found, and the subject's number where there is one."""

    given: Given
    match: Match
    subject: int | None


def whose(rows: Sequence[Given]) -> list[Found]:
    """Return whose each row is, by as many statements for a thousand rows as for one."""
    codes = owners_of({code for row in rows if not row.personal for code in row.codes}, shops=True)
    by_code = [next((codes[code] for code in row.codes if code in codes), None) for row in rows]
    named = [(row, owner) for row, owner in zip(rows, by_code, strict=True) if row.key and not row.personal]
    names = _names(named)
    asked = {row.key for row, owner in named if owner is None or row.key not in names[owner.subject]}
    holders: dict[str, list[NameHolder]] = defaultdict(list)
    for one in holders_of(asked):
        holders[one.key].append(one)
    near = _near([key for key in asked if key not in holders and may_attach(key)])
    return [
        _found(
            row, owner, names[owner.subject] if owner else frozenset(), holders.get(row.key, []), near.get(row.key, ())
        )
        for row, owner in zip(rows, by_code, strict=True)
    ]


def _names(named: Sequence[tuple[Given, Owner | None]]) -> dict[int, frozenset[str]]:
    """Return the keys of the names of whom codes find, and of names given beside them that are another writing of one of those."""
    found = defaultdict(frozenset, name_keys_of({owner.subject for _, owner in named if owner}))
    for row, owner in named:
        held = found[owner.subject] if owner else frozenset()
        if (
            owner
            and row.key not in held
            and any(compare(row.key, key).verdict is not Likeness.DIFFERENT for key in held)
        ):
            found[owner.subject] = held | {row.key}
    return found


def _near(keys: Sequence[str]) -> dict[str, tuple[Candidate, ...]]:
    """Return who may be meant by names that nobody bears as they are written; one-person businesses never."""
    return {
        key: tuple(
            Candidate(one.bearer.uscc, one.bearer.name)
            for one in answer.candidates
            if one.comparison.verdict is not Likeness.DIFFERENT and one.bearer.kind is not SubjectKind.INDIVIDUAL_BUSINESS
        )
        if answer.bearer is None
        else (Candidate(answer.bearer.uscc, answer.bearer.name),)
        for key, answer in zip(keys, resolve_rows(keys, [""] * len(keys)) if keys else (), strict=True)
    }  # fmt: skip


def _found(
    row: Given, owner: Owner | None, names: frozenset[str], holders: Sequence[NameHolder], near: tuple[Candidate, ...]
) -> Found:
    open_to_names = [one for one in holders if one.owner.kind != SubjectKind.INDIVIDUAL_BUSINESS]
    alone = len({one.owner.subject for one in holders}) == 1 and len(open_to_names) == len(holders)
    exact = alone and all(one.current for one in holders) and may_attach(row.key)
    bearers = tuple(dict.fromkeys(_candidate(one.owner) for one in open_to_names))
    candidates = (bearers or near)[:MOST_CANDIDATES]
    match = matched(row, by_code=_candidate(owner) if owner else None, names=names, by_name=candidates, exact=exact)
    if match.means is Means.CODE and owner is not None:
        return Found(row, match, owner.subject)
    return Found(row, match, holders[0].owner.subject if match.means is Means.NAME else None)


def _candidate(owner: Owner) -> Candidate:
    return Candidate(owner.code, owner.name)
