"""Check a definition before it defines anything: is it sound, is it lawful, does it say all that an entry must say?

For ``xinheng catalogue check`` and for :func:`.load.load`, which defines nothing that has a problem here.
Legal basis: 征信业管理条例 article 14; Shenzhen's regulation article 34 (content of an entry); Shandong's article 20
(natural persons' records are never public); design §1, principles 2, 3 and 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import yaml

from xinheng.core.catalogue.definition import references, values
from xinheng.core.catalogue.duplicates import duplicates
from xinheng.core.catalogue.item import NATURAL_PERSON, Effect, Openness, Privacy
from xinheng.core.catalogue.layout import fields_in
from xinheng.core.catalogue.problem import Problem
from xinheng.core.catalogue.prohibited import Prohibition, ProhibitionKind, named_in
from xinheng.core.catalogue.reading import read
from xinheng.core.catalogue.roles import NEEDED
from xinheng.core.catalogue.structure import structure
from xinheng.core.catalogue.terms import ITEM
from xinheng.core.errors import Text

PERSONS_NEVER_PUBLIC = "山东省社会信用条例第二十条；中华人民共和国个人信息保护法"
PRINCIPLE_3 = "无依据则无影响：每条失信记录须载明决定机关、文书、依据和日期（design §1.3）"

_OPENNESS = tuple(
    openness.value for openness in (Openness.GOVERNMENT_SHARING, Openness.AUTHORIZED_INQUIRY, Openness.PUBLIC)
)
_NAMING = (
    "name",
    "title",
    "title_en",
    "description",
    "description_en",
    "aliases",
    "codes",
    "enum",
    "other",
    "constraints",
)
_PERSONAL = (Privacy.PERSON_NAME.value, Privacy.PERSON_IDENTIFIER.value)


def check(text: str, *, on: dt.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of the definition ``text`` (one item's YAML), none where it may join the catalogue.

    What law forbids is looked for even where the structure is broken. ``on`` judges by the prohibitions of that day;
    without it by all that are known.
    """
    try:
        definition = read(text)
    except yaml.YAMLError as error:
        return (_unreadable(error),)
    problems = tuple(structure(definition, ITEM))
    if isinstance(definition, dict):
        problems += tuple(_prohibited(definition, on))
    if any(problem.code not in _PROHIBITED.values() for problem in problems):
        return problems
    sound: Any = definition
    found = (*references(sound), *values(sound), *duplicates(sound), *_openness(sound), *_needed_roles(sound))
    return tuple(dict.fromkeys(problems + found))


def _unreadable(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1}" if mark else ""
    reason = str(getattr(error, "problem", None) or error)
    return Problem("not-yaml", line, Text(f"无法读取：{reason}。", f"It cannot be read: {reason}."), "YAML 1.1")


# What may not be named ------------------------------------------------------------------------------------------------

_PROHIBITED = {
    ProhibitionKind.NEVER.value: "never-collect",
    ProhibitionKind.CONSENT.value: "consent-only",
    ProhibitionKind.CONDUCT.value: "red-flag",
}


def _prohibited(definition: dict[Any, Any], on: dt.date | None) -> Iterator[Problem]:
    persons = NATURAL_PERSON in str(definition.get("subject_kinds", ""))
    for where, text, field in _names(definition):
        about_persons = persons or field.get("privacy") in _PERSONAL
        for each in named_in(text, about_persons=about_persons, on=on):
            if each.kind is not ProhibitionKind.CONSENT or field.get("consent") != "written":
                yield _named(each, where)


def _names(definition: dict[Any, Any]) -> Iterator[tuple[str, str, dict[Any, Any]]]:
    """Yield (where, text, field) for every text that names what the item or a field of it is."""
    yield from _texts({key: definition[key] for key in _NAMING if key in definition}, "", {})
    fields = definition.get("fields")
    described = [field for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    for field in described:
        yield from _texts(field, f"fields.{field.get('name', '')}", field)
    known = {str(field.get("name")): field for field in described}
    revisions = definition.get("revisions")
    for revision in revisions if isinstance(revisions, list) else ():
        changes = revision.get("changes") if isinstance(revision, dict) else None
        for name, change in changes.items() if isinstance(changes, dict) else ():
            where = f"revisions.{revision.get('version', '')}.changes.{name}"
            both = {**known.get(str(name), {}), **change} if isinstance(change, dict) else {}
            yield from _texts(change, where, both)


def _texts(value: object, where: str, field: dict[Any, Any]) -> Iterator[tuple[str, str, dict[Any, Any]]]:
    if isinstance(value, str):
        yield where, value, field
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, where, field)
    elif isinstance(value, dict):
        for key in _NAMING:
            if key in value:
                yield from _texts(value[key], f"{where}.{key}".removeprefix("."), field)


def _named(each: Prohibition, where: str) -> Problem:
    zh, en = each.title.zh, each.title.en
    messages = {
        ProhibitionKind.NEVER: Text(f"“{zh}”属于法律禁止采集的信息。", f"Law forbids to collect this: {en}."),
        ProhibitionKind.CONSENT: Text(
            f"未经本人书面同意，不得采集自然人的“{zh}”。",
            f"Of natural persons this may be collected with their written consent only: {en}.",
        ),
        ProhibitionKind.CONDUCT: Text(
            f"“{zh}”未经立法，不得纳入信用记录。", f"Without legislation this may not become a credit record: {en}."
        ),
    }
    return Problem(
        _PROHIBITED[each.kind.value], where, messages[each.kind], f"{each.basis.instrument}{each.basis.article}"
    )


# What may not be open, and what must be traceable ---------------------------------------------------------------------


def _openness(definition: dict[str, Any]) -> Iterator[Problem]:
    widest = _OPENNESS.index(definition["openness"])
    persons = NATURAL_PERSON in definition["subject_kinds"] and not _told_apart(definition)
    if persons and definition["openness"] == Openness.PUBLIC.value:
        yield _public_person("openness")
    for position in range(len(definition["revisions"])):
        for field in fields_in(definition, position):
            where = f"fields.{field['name']}.openness"
            openness = field["openness"]
            if openness == Openness.PUBLIC.value and (persons or field.get("privacy") in _PERSONAL):
                yield _public_person(where)
            if _OPENNESS.index(openness) > widest:
                yield Problem(
                    "wider-than-item",
                    where,
                    Text("字段的公开属性不得宽于本目录项。", "A field may not be more open than its item."),
                )


def _told_apart(definition: dict[str, Any]) -> bool:
    """Tell whether rows about persons can be told from others: they are then kept apart, and the openness is that of organisations' rows."""
    others = definition["subject_kinds"] != [NATURAL_PERSON]
    revisions = range(len(definition["revisions"]))
    roles = ({field.get("role") for field in fields_in(definition, position)} for position in revisions)
    return others and all({"counterpart_kind", "person_id_kind", "person_id"} <= known for known in roles)


def _public_person(where: str) -> Problem:
    return Problem(
        "public-person",
        where,
        Text("自然人的信息不得向社会公开。", "What is known of natural persons is never public."),
        PERSONS_NEVER_PUBLIC,
    )


def _needed_roles(definition: dict[str, Any]) -> Iterator[Problem]:
    effect = Effect(definition["effect"])
    persons_only = definition["subject_kinds"] == [NATURAL_PERSON]
    for position, revision in enumerate(definition["revisions"]):
        roles = {field.get("role") for field in fields_in(definition, position)}
        for role in NEEDED[effect]:
            if role == "uscc" and persons_only and "person_id" in roles:
                continue  # a natural person has no unified code
            if role not in roles:
                yield Problem(
                    "missing-role",
                    f"revisions.{revision['version']}",
                    Text(f"缺少角色为“{role}”的字段。", f"No field plays the role {role}."),
                    PRINCIPLE_3 if effect is Effect.ADVERSE else "",
                )
