"""Read the parts of a profile strictly: exact keys, filled texts, patterns that both engines understand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.headings import fold
from xinheng.core.errors import Text
from xinheng.core.intake.profiles.parts import DateForm, DateIn, First, Join
from xinheng.core.intake.profiles.phrases import Amount, Phrases, Words
from xinheng.core.intake.profiles.problem import ProfileError
from xinheng.core.intake.profiles.verbs import (
    Case,
    Choose,
    CodeShape,
    Column,
    Constant,
    InUnit,
    Lookup,
    Pattern,
    Shape,
    Verb,
)
from xinheng.core.standards.money import Unit

_UNITS: dict[str, Unit] = {"元": "元", "万元": "万元"}
_FOLDED = re.compile(r"[^\sa-z０-９Ａ-Ｚａ-ｚ]+")


def keys(node: object, where: str, *, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    """Return ``node`` if it is a mapping with exactly the allowed keys; raises :class:`ProfileError` otherwise."""
    found = mapping(node, where)
    missing = sorted(set(required) - set(found))
    unknown = sorted(set(found) - set(required) - set(optional))
    if missing or unknown:
        zh = f"缺少 {'、'.join(missing) or '无'}；多出 {'、'.join(unknown) or '无'}"
        raise ProfileError(where, Text(zh, f"missing {missing}, unknown {unknown}"))
    return found


def mapping(node: object, where: str) -> dict[str, Any]:
    """Return ``node`` if it is a mapping of texts to something, with at least one entry."""
    if not isinstance(node, dict) or not node:
        raise ProfileError(where, Text("应为非空的键值表", "a mapping with an entry is expected"))
    if stray := [key for key in node if not isinstance(key, str)]:
        shown = "、".join(map(repr, stray))
        raise ProfileError(
            where,
            Text(
                f"键应为文字：{shown}（no、yes 和数字请加引号）",
                f"keys are texts, not {stray} (quote no, yes, numbers)",
            ),
        )
    return node


def word(node: object, where: str) -> str:
    """Return a filled text without control characters; YAML's numbers and dates are refused, they must be quoted."""
    if not isinstance(node, str) or not node.strip() or any(ord(sign) < 32 or ord(sign) == 127 for sign in node):
        raise ProfileError(
            where, Text(f"应为文字（数字请加引号）：{node!r}", f"a text is expected (quote numbers): {node!r}")
        )
    return node


def text(node: object, where: str) -> Text:
    """Return a sentence in both languages."""
    pair = keys(node, where, required=("zh", "en"))
    return Text(word(pair["zh"], f"{where}.zh"), word(pair["en"], f"{where}.en"))


def reasons(node: object, where: str) -> dict[str, Text]:
    """Return what is named, each with its reason."""
    return {name: text(reason, f"{where}.{name}") for name, reason in mapping(node, where).items()}


def words(node: object, where: str, *, among: frozenset[str]) -> tuple[str, ...]:
    """Return a list of columns, all of them ``among`` those that the profile uses or ignores."""
    found = tuple(word(each, where) for each in _list(node, where))
    if stray := [each for each in found if each not in among]:
        shown = "、".join(stray)
        raise ProfileError(where, Text(f"配置没有用到这些列：{shown}", f"the profile has no such columns: {stray}"))
    return found


def headings(node: object, where: str, *, among: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return by column the other headings that mean it; two columns never share one."""
    if node == {}:
        return {}
    given = mapping(node, where)
    found = {column: tuple(word(each, where) for each in _list(others, where)) for column, others in given.items()}
    words(list(found), where, among=among)
    folded = [fold(heading) for column, others in found.items() for heading in {column, *others}]
    if doubled := {heading for heading, times in Counter(folded).items() if times > 1}:
        raise ProfileError(where, Text(f"列名有两种含义：{doubled}", f"headings that mean two columns: {doubled}"))
    return found


def pattern(node: object, where: str, *, groups: int = 0) -> str:
    """Return a regular expression with exactly so many groups, valid for RE2 (no look-around, no back reference)."""
    written = word(node, where)
    try:
        held = re.compile(written).groups
        pc.match_substring_regex(pa.array(["x"]), written)
    except (re.error, pa.ArrowInvalid) as wrong:
        raise ProfileError(where, Text(f"正则表达式不可用：{wrong}", f"not a usable pattern: {wrong}")) from wrong
    if held != groups:
        raise ProfileError(
            where, Text(f"应有 {groups} 个分组，实有 {held} 个", f"{groups} group(s) expected, {held} found")
        )
    if re.search(written, ""):
        raise ProfileError(where, Text("不得匹配空文字", "it must not match an empty text"))
    return written


def verb(node: object, where: str, *, unit: str) -> Verb:
    """Return the one verb that ``node`` holds; ``unit`` is that of the field, empty where it is no amount."""
    found = mapping(node, where)
    name, spec = next(iter(found.items()))
    if len(found) != 1 or name not in _VERBS:
        known = "、".join(_VERBS)
        raise ProfileError(where, Text(f"应为以下之一：{known}", f"exactly one of: {', '.join(_VERBS)}"))
    return _VERBS[name](spec, f"{where}.{name}", unit)


def _column(spec: object, where: str, _unit: str) -> Verb:
    return Column(word(spec, where))


def _constant(spec: object, where: str, _unit: str) -> Verb:
    return Constant(word(spec, where))


def _code_shape(spec: object, where: str, _unit: str) -> Verb:
    found = keys(spec, where, required=("column", "shape"))
    return CodeShape(word(found["column"], where), Shape(_one_of(found["shape"], [*Shape], f"{where}.shape")))


def _choose(spec: object, where: str, _unit: str) -> Verb:
    found = keys(spec, where, required=("column", "cases", "otherwise"), optional=("also",))
    cases = tuple(_case(node, f"{where}.cases") for node in _list(found["cases"], f"{where}.cases"))
    otherwise = _or_nothing(found["otherwise"], f"{where}.otherwise")
    also = tuple(word(column, f"{where}.also") for column in _list(found.get("also", []), f"{where}.also"))
    return Choose(word(found["column"], where), cases, otherwise, also)


def _case(node: object, where: str) -> Case:
    found = keys(node, where, required=("say",), optional=("starts_with", "matches"))
    if len(found) != 2:
        raise ProfileError(where, Text("starts_with、matches 只填一项", "either starts_with or matches"))
    say = word(found["say"], where)
    if "matches" in found:
        return Case(say, matches=pattern(found["matches"], f"{where}.matches"))
    starts = tuple(word(start, where) for start in _list(found["starts_with"], where))
    if not all(map(_FOLDED.fullmatch, starts)):
        raise ProfileError(where, Text("应为半角大写、无空格", "half width, capitals and no spaces are compared"))
    return Case(say, starts_with=starts)


def _lookup(spec: object, where: str, _unit: str) -> Verb:
    found = keys(spec, where, required=("column", "words"), optional=("otherwise", "refused"))
    given = mapping(found["words"], f"{where}.words")
    words = tuple((word(each, where), _or_nothing(say, f"{where}.words.{each}")) for each, say in given.items())
    otherwise = _or_nothing(found.get("otherwise"), f"{where}.otherwise")
    given = mapping(found["refused"], f"{where}.refused") if "refused" in found else {}
    refused = tuple((word(each, where), word(say, f"{where}.refused.{each}")) for each, say in given.items())
    return Lookup(word(found["column"], where), words, otherwise, "otherwise" not in found, refused)


def _pattern(spec: object, where: str, _unit: str) -> Verb:
    found = keys(spec, where, required=("column", "find"))
    return Pattern(word(found["column"], where), pattern(found["find"], f"{where}.find", groups=1))


def _unit(spec: object, where: str, unit: str) -> Verb:
    found = keys(spec, where, required=("column", "from"))
    if unit not in _UNITS:
        raise ProfileError(where, Text("该项不是金额", "the field is no amount"))
    written = _UNITS[_one_of(found["from"], _UNITS, f"{where}.from")]
    return InUnit(word(found["column"], where), written, _UNITS[unit])


def _phrases(spec: object, where: str, _unit: str) -> Verb:
    optional = ("leave_out", "before", "amount", "otherwise")
    found = keys(spec, where, required=("column", "kinds"), optional=optional)
    kinds = _words(found["kinds"], f"{where}.kinds")
    leave_out = tuple(pattern(each, f"{where}.leave_out") for each in _list(found.get("leave_out", []), where))
    return Phrases(
        word(found["column"], where),
        kinds,
        leave_out=leave_out,
        before=_words(found["before"], f"{where}.before") if "before" in found else (),
        amount=_amount(found["amount"], f"{where}.amount", kinds) if "amount" in found else None,
        otherwise=_words(found["otherwise"], f"{where}.otherwise") if "otherwise" in found else (),
    )


def _first(spec: object, where: str, unit: str) -> Verb:
    return First(_parts(spec, where, unit))


def _join(spec: object, where: str, unit: str) -> Verb:
    found = keys(spec, where, required=("with", "parts"))
    if not isinstance(found["with"], str) or not found["with"].isprintable() or not found["with"]:
        raise ProfileError(f"{where}.with", Text("应为连接用的符号", "the sign that stands between"))
    return Join(_parts(found["parts"], f"{where}.parts", unit), found["with"])


def _parts(spec: object, where: str, unit: str) -> tuple[Verb, ...]:
    nodes = _list(spec, where, least=2)
    return tuple(verb(node, f"{where}.{place}", unit=unit) for place, node in enumerate(nodes, start=1))


def _date(spec: object, where: str, _unit: str) -> Verb:
    found = keys(spec, where, required=("column", "from"))
    nodes = _list(found["from"], f"{where}.from", least=1)
    forms = tuple(DateForm(_one_of(form, [*DateForm], f"{where}.from")) for form in nodes)
    if {DateForm.DAY_FIRST, DateForm.MONTH_FIRST} <= set(forms):
        both = Text("day-first 与 month-first 只能取一：同一写法会有两个意思", "day-first or month-first: never both")
        raise ProfileError(f"{where}.from", both)
    return DateIn(word(found["column"], where), forms)


def _amount(node: object, where: str, kinds: Words) -> Amount:
    found = keys(node, where, required=("column", "from", "says"))
    says = _one_of(found["says"], [kind for kind, _ in kinds], f"{where}.says")
    return Amount(word(found["column"], where), _UNITS[_one_of(found["from"], _UNITS, f"{where}.from")], says)


def _words(node: object, where: str) -> Words:
    return tuple(
        (word(say, where), tuple(pattern(each, f"{where}.{say}") for each in _list(finds, f"{where}.{say}", least=1)))
        for say, finds in mapping(node, where).items()
    )


def _list(node: object, where: str, *, least: int = 0) -> list[Any]:
    if not isinstance(node, list) or len(node) < least:
        raise ProfileError(where, Text("应为列表", "a list is expected"))
    return node


def _one_of(node: object, known: Iterable[str], where: str) -> str:
    if node not in (words := list(known)):
        shown = "、".join(words)
        raise ProfileError(where, Text(f"{node!r} 不在其中：{shown}", f"{node!r} is none of: {', '.join(words)}"))
    return str(node)


def _or_nothing(node: object, where: str) -> str | None:
    return None if node is None else word(node, where)


_VERBS: dict[str, Callable[[object, str, str], Verb]] = {
    "column": _column,
    "constant": _constant,
    "code_shape": _code_shape,
    "choose": _choose,
    "lookup": _lookup,
    "phrases": _phrases,
    "pattern": _pattern,
    "unit": _unit,
    "date": _date,
    "first": _first,
    "join": _join,
}
