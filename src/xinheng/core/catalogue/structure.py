"""Check a definition against the table of :mod:`.terms`: nothing unknown, nothing missing, every value of its kind.

A code or a day must be quoted: YAML reads ``011`` as the number 9 and ``2018-07-25`` as a date of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from xinheng.core.catalogue.problem import Problem
from xinheng.core.catalogue.terms import Term
from xinheng.core.errors import Text

FORMAT = "Frictionless Table Schema"


def structure(value: object, terms: dict[str, Term], where: str = "", *, partial: bool = False) -> Iterator[Problem]:
    """Yield what is wrong with the mapping ``value``; ``partial`` admits that required terms are absent."""
    if not isinstance(value, dict):
        yield _wrong(where, Text("应为键值结构", "must be a mapping"))
        return
    for key in value:
        if key not in terms:
            yield Problem(
                "unknown-key",
                _join(where, str(key)),
                Text(f"不认识的项“{key}”。", f"The term {key!r} is unknown; nothing would enforce it."),
            )
    for key, term in terms.items():
        if key in value:
            yield from _KINDS[term.kind](value[key], term, _join(where, key))
        elif term.required and not partial:
            yield Problem(
                f"missing-{key.replace('_', '-')}",
                where,
                Text(f"缺少“{key}”（{term.meaning.zh}）。", f"{key} is missing: {term.meaning.en}."),
                term.law,
            )


def _text(value: object, _term: Term, where: str) -> Iterator[Problem]:
    if isinstance(value, (bool, int, float, dt.date)):
        yield Problem(
            "unquoted",
            where,
            Text(
                f"“{value}”未加引号，会被读成数字或日期。", f"{value!r} is not quoted and was read as something else."
            ),
        )
    elif not isinstance(value, str) or not value.strip():
        yield _wrong(where, Text("应为非空文本", "must be a text that is not empty"))


def _texts(value: object, term: Term, where: str) -> Iterator[Problem]:
    yield from _each(value, term, where, _text)


def _lists(value: object, term: Term, where: str) -> Iterator[Problem]:
    yield from _each(value, term, where, _texts)


def _blanks(value: object, term: Term, where: str) -> Iterator[Problem]:
    if not isinstance(value, list) or "" not in value:
        yield _wrong(where, Text("应为列表，且含空文本", 'must be a list that has ""'))
    else:
        yield from _texts([each for each in value if each != ""] or ["-"], term, where)


def _flag(value: object, _term: Term, where: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield _wrong(where, Text("应为 true 或 false", "must be true or false"))


def _count(value: object, _term: Term, where: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        yield _wrong(where, Text("应为正整数", "must be a whole number from 1"))


def _day(value: object, term: Term, where: str) -> Iterator[Problem]:
    problems = list(_text(value, term, where))
    yield from problems
    if not problems and not _is_day(str(value)):
        yield _wrong(where, Text("应为“年-月-日”形式的日期", "must be a day like 2018-07-25"))


def _choice(value: object, term: Term, where: str) -> Iterator[Problem]:
    problems = list(_text(value, term, where))
    yield from problems
    if not problems and value not in term.choices:
        allowed = "、".join(term.choices)
        yield Problem(
            "unknown-value",
            where,
            Text(f"“{value}”不在可取的值之中：{allowed}。", f"{value!r} is none of {', '.join(term.choices)}."),
        )


def _choices(value: object, term: Term, where: str) -> Iterator[Problem]:
    yield from _each(value, term, where, _choice)


def _record(value: object, term: Term, where: str) -> Iterator[Problem]:
    yield from structure(value, term.of, where)


def _records(value: object, term: Term, where: str) -> Iterator[Problem]:
    yield from _each(value, term, where, _record)


def _pairs(value: object, term: Term, where: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong(where, Text("应为键值结构", "must be a mapping"))
        return
    for key, other in value.items():
        yield from _text(key, term, where)
        yield from _text(other, term, _join(where, str(key)))


def _changes(value: object, term: Term, where: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong(where, Text("应为键值结构", "must be a mapping"))
        return
    for field, change in value.items():
        yield from structure(change, term.of, _join(where, str(field)), partial=True)


def _each(
    value: object, term: Term, where: str, check: Callable[[object, Term, str], Iterator[Problem]]
) -> Iterator[Problem]:
    if not isinstance(value, list) or not value:
        yield _wrong(where, Text("应为非空列表", "must be a list that is not empty"))
        return
    for position, each in enumerate(value):
        yield from check(each, term, _join(where, _label(each, position)))


def _label(value: object, position: int) -> str:
    if isinstance(value, dict):
        for key in ("name", "code", "version"):
            if isinstance(value.get(key), str):
                return str(value[key])
    return str(position)


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong(where: str, expected: Text) -> Problem:
    return Problem("wrong-kind", where, Text(f"{expected.zh}。", f"It {expected.en}."), FORMAT)


_KINDS: dict[str, Callable[[object, Term, str], Iterator[Problem]]] = {
    "text": _text,
    "texts": _texts,
    "lists": _lists,
    "blanks": _blanks,
    "flag": _flag,
    "count": _count,
    "day": _day,
    "choice": _choice,
    "choices": _choices,
    "record": _record,
    "records": _records,
    "pairs": _pairs,
    "changes": _changes,
}
