"""Load the delivery profiles that are shipped; what does not fit its item is no profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from xinheng.core.catalogue.item import Effect, Field, ItemVersion
from xinheng.core.catalogue.load import as_given
from xinheng.core.catalogue.load import load as load_item
from xinheng.core.catalogue.reading import read
from xinheng.core.catalogue.roles import NEEDED
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.intake.facts import FINDERS
from xinheng.core.intake.profiles import reading
from xinheng.core.intake.profiles.parts import First
from xinheng.core.intake.profiles.phrases import Phrases
from xinheng.core.intake.profiles.problem import ProfileError
from xinheng.core.intake.profiles.profile import Profile
from xinheng.core.intake.profiles.verbs import Choose, Column, Constant, Lookup, Verb
from xinheng.core.law.kinds import read_kinds

_REQUIRED = ("name", "title", "item", "source", "fields")
_OPTIONAL = ("ignored", "allowances", "decided_on", "may_lack", "headings", "recognised_by", "agency_codes")
NEVER_ALLOWED = frozenset({"counterpart_name", "counterpart_kind", "decision_number", "decided_on"})
"""Roles without which a row is nothing that anybody could trace: no allowance may excuse their absence."""
CODES = frozenset(role for role, _, _ in FINDERS)
"""Roles of the codes by which a subject is found."""


@cache
def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped, sorted (``shandong-env-penalty``)."""
    entries = files(__package__).joinpath("definitions").iterdir()
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in entries if entry.name.endswith(".yaml")))


@cache
def load_profile(name: str) -> Profile:
    """Return a profile; raises ``UnusableCall`` where there is none, ``ProfileError`` where its file is wrong."""
    if name not in profile_names():
        known = profile_names()
        raise UnusableCall(
            Explanation(
                what=Text(f"没有报送配置“{name}”。", f"There is no delivery profile {name!r}."),
                why=Text(
                    "每个配置对应一种来源的列，须事先写好并核对。", "A profile is written and tried before it is used."
                ),
                mend=Text(f"可用的报送配置：{'、'.join(known)}。", f"Profiles there are: {', '.join(known)}."),
            ),
            profile=name,
        )
    return define(shipped_profile_text(name), name=name)


def shipped_profile_text(name: str) -> str:
    """Return the YAML of a shipped profile; ``name`` must be one of :func:`profile_names`."""
    return files(__package__).joinpath("definitions", f"{name}.yaml").read_text(encoding="utf-8")


def define(text: str, *, name: str, version: ItemVersion | None = None) -> Profile:
    """Return the profile that the YAML ``text`` defines; raises :class:`ProfileError` at the first problem.

    ``version`` is that of the item against which it is read; without it the latest that is shipped: a profile stays what it is when a later version
    of the catalogue is signed.
    """
    try:
        document = reading.keys(read(text), name, required=_REQUIRED, optional=_OPTIONAL)
    except yaml.YAMLError as wrong:
        raise ProfileError(name, Text(f"不是可读的 YAML：{wrong}", f"not readable YAML: {wrong}")) from wrong
    if document["name"] != name:
        raise ProfileError("name", Text(f"应与文件名 {name} 相同", f"it must be {name}, like the file"))
    item = version or _latest(reading.word(document["item"], "item"))
    if document["item"] != item.name:
        raise ProfileError("item", Text(f"应为 {item.name}", f"it must be {item.name}"))
    verbs = _verbs(document, item)
    allowances = reading.reasons(document["allowances"], "allowances") if "allowances" in document else {}
    _check_allowed(item, allowances, verbs)
    allowances |= _no_day(document, item, verbs)
    ignored = reading.reasons(document["ignored"], "ignored") if "ignored" in document else {}
    _check_mandatory(item, allowances, verbs)
    _check_ignored(ignored, verbs)
    columns = frozenset(ignored).union(*(verb.columns for verb in verbs.values()))
    may_lack = frozenset(reading.words(document.get("may_lack", []), "may_lack", among=columns))
    _check_lacking(item, may_lack, allowances, verbs)
    return Profile(
        name=name,
        title=reading.text(document["title"], "title"),
        item=item.name,
        source=reading.text(document["source"], "source"),
        fields=tuple((field.name, verbs[field.name]) for field in item.fields if field.name in verbs),
        ignored=MappingProxyType(ignored),
        allowance_reasons=MappingProxyType(allowances),
        publish_reason=_publish_reason(document, item, allowances, verbs),
        may_lack=may_lack,
        headings=MappingProxyType(reading.headings(document.get("headings", {}), "headings", among=columns)),
        recognised_by=reading.words(document.get("recognised_by", []), "recognised_by", among=columns),
        agency_codes=_agency_codes(document, item, verbs),
    )


def _latest(name: str) -> ItemVersion:
    return (as_given(name) or load_item(name)).latest


def _verbs(document: dict[str, Any], item: ItemVersion) -> dict[str, Verb]:
    verbs: dict[str, Verb] = {}
    for name, node in reading.mapping(document["fields"], "fields").items():
        field = _field(item, name, "fields")
        verbs[name] = reading.verb(node, f"fields.{name}", unit=field.unit)
        _check_words(field, verbs[name])
    if "decided_on" in document:
        decided = item.by_role("decided_on")
        if decided is None or decided.name in verbs:
            raise ProfileError(
                "decided_on", Text("决定日期只能写在一处", "the day of decision is written in one place")
            )
        if (made := _standing_in(document["decided_on"], item)) is not None:
            verbs[decided.name] = made
    return verbs


def _standing_in(node: object, item: ItemVersion) -> Verb | None:
    """Return what stands in for the day of decision; nothing where the source of an old list has no day at all."""
    spec = reading.keys(node, "decided_on", required=("reason",), optional=("column", "made", "standing_in", "unknown"))
    said = set(spec) - {"reason"}
    if said == {"unknown"} and spec["unknown"] is True and item.by_role("list_type") is not None:
        return None
    if said not in ({"column", "standing_in"}, {"made", "standing_in"}):
        wanted = Text(
            "应为 column 或 made 之一，加 standing_in；名单没有日期的，写 unknown: true",
            "column or made, and standing_in; unknown: true for a list without days",
        )
        raise ProfileError("decided_on", wanted)
    if spec["standing_in"] is not True:
        wanted = Text("确为决定日期的，请写在 fields 中", "where it is the day of decision, write it under fields")
        raise ProfileError("decided_on.standing_in", wanted)
    if "made" in spec:
        return reading.verb(spec["made"], "decided_on.made", unit="")
    return Column(reading.word(spec["column"], "decided_on.column"))


def _field(item: ItemVersion, name: str, where: str) -> Field:
    try:
        return item.field(name)
    except KeyError:
        raise ProfileError(
            f"{where}.{name}", Text(f"“{item.title}”没有该项", f"{item.name} has no such field")
        ) from None


def _check_words(field: Field, verb: Verb) -> None:
    """Refuse a word of the profile's own that the field does not take, and a word meant to be refused that it takes."""
    for word, meant in _own_words(verb):
        if field.role == "penalty_kinds":
            kinds = read_kinds(word)
            taken = bool(kinds.kinds) and not (kinds.unknown or kinds.corrective_orders)
        else:
            taken = not field.codes or word in field.codes
        if taken != meant:
            wrong = Text(f"“{word}”不合该项取值的用意", f"{word!r} is {'no' if meant else 'a'} value of the field")
            raise ProfileError(f"fields.{field.name}", wrong)


def _own_words(verb: Verb) -> Iterator[tuple[str, bool]]:
    if isinstance(verb, Constant):
        yield verb.text, True
    elif isinstance(verb, Choose):
        yield from ((case.say, True) for case in verb.cases)
        yield from ((word, True) for word in (verb.otherwise,) if word is not None)
    elif isinstance(verb, Lookup):
        yield from ((say, True) for _, say in verb.words if say is not None)
        yield from ((word, True) for word in (verb.otherwise,) if word is not None)
        yield from ((say, False) for _, say in verb.refused)
    elif isinstance(verb, First):
        for part in verb.parts:
            yield from _own_words(part)
    elif isinstance(verb, Phrases):
        yield from ((kind, True) for kind, _ in verb.kinds)
        yield from ((word, False) for word, _ in (*verb.before, *verb.otherwise))


def _no_day(document: dict[str, Any], item: ItemVersion, verbs: Mapping[str, Verb]) -> dict[str, Text]:
    """Return the allowance of a source that has no day of decision at all."""
    decided = item.by_role("decided_on")
    if "decided_on" not in document or decided is None or decided.name in verbs:
        return {}
    return {decided.name: reading.text(document["decided_on"]["reason"], "decided_on.reason")}


def _check_allowed(item: ItemVersion, allowances: Mapping[str, Text], verbs: Mapping[str, Verb]) -> None:
    """Refuse an allowance for what is not mandatory, for what a record is traced by, and for a code that the source carries."""
    for name in allowances:
        field = _field(item, name, "allowances")
        code = field.role == "uscc" and item.effect is not Effect.REGISTER
        if code and name in verbs:
            both = Text("来源有代码的，代码不得免填", "a source that carries codes is not excused from them")
            raise ProfileError(f"allowances.{name}", both)
        never_told = field.role == "fine" and name not in verbs  # a layout without amounts; V08 asks for one
        if not (field.required or code or never_told) or field.role in NEVER_ALLOWED:
            wrong = Text(
                "只有必填项可以免填，且不得使记录无从查考",
                "only a mandatory field, and none that a record is traced by",
            )
            raise ProfileError(f"allowances.{name}", wrong)


def _check_mandatory(item: ItemVersion, allowances: Mapping[str, Text], verbs: Mapping[str, Verb]) -> None:
    for field in item.fields:
        if field.required and field.name not in verbs and field.name not in allowances:
            wrong = Text(
                "必填项既未对应列，也未说明免填理由", "a mandatory field that is neither made nor allowed to be empty"
            )
            raise ProfileError(f"fields.{field.name}", wrong)


def _agency_codes(
    document: dict[str, Any], item: ItemVersion, verbs: Mapping[str, Verb]
) -> tuple[tuple[str, str], ...]:
    """Return which fields take the code of the agency that another field names; the first is not made, the second is."""
    given = reading.mapping(document["agency_codes"], "agency_codes") if "agency_codes" in document else {}
    for code, name in given.items():
        if _field(item, code, "agency_codes").name in verbs or name not in verbs:
            wrong = Text("代码由另一项的机关名称补入", "a code that no column makes, by a name that one does")
            raise ProfileError(f"agency_codes.{code}", wrong)
    return tuple(given.items())


def _check_lacking(
    item: ItemVersion, may_lack: frozenset[str], allowances: Mapping[str, Text], verbs: Mapping[str, Verb]
) -> None:
    """Refuse that a file may lack every column of a mandatory field which has no allowance."""
    for name, verb in verbs.items():
        if item.field(name).required and name not in allowances and verb.columns and may_lack >= set(verb.columns):
            wrong = Text(f"{name} 必填，其列不得缺少", f"{name} is mandatory: a file must have its column")
            raise ProfileError("may_lack", wrong)


def _check_ignored(ignored: Mapping[str, Text], verbs: Mapping[str, Verb]) -> None:
    for name, verb in verbs.items():
        for column in verb.columns:
            if column in ignored:
                both = Text(f"{name} 已用此列，不能又写不用", f"{name} is made from it; it cannot be ignored too")
                raise ProfileError(f"ignored.{column}", both)


def _publish_reason(
    document: dict[str, Any], item: ItemVersion, allowances: Mapping[str, Text], verbs: Mapping[str, Verb]
) -> Text | None:
    """Return why nothing of the source is published: no day of decision, or it never carries what publication needs."""
    found: list[Text] = []
    if "decided_on" in document:
        found.append(reading.text(document["decided_on"]["reason"], "decided_on.reason"))
    made = {field.role for field in item.fields if field.name in verbs and field.name not in allowances}
    given = made | {"decided_on"} | ({"uscc"} if made & CODES else set())  # a subject is found by any of its codes
    needed = [field for field in item.fields if field.role in NEEDED[item.effect] and field.role not in given]
    if needed:
        titles = Text("、".join(field.title for field in needed), ", ".join(field.title_en for field in needed))
        found.append(Text(f"来源未载明{titles.zh}，不得公示。", f"Not published without: {titles.en}."))
    if not found:
        return None
    return Text("".join(reason.zh for reason in found), " ".join(reason.en for reason in found))
