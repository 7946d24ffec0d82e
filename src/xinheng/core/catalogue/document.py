"""The catalogue as a page of the documentation: ``docs/reference/catalogue.md`` is what :func:`as_markdown` returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinheng.core.catalogue.codes import code_list, code_list_names
from xinheng.core.catalogue.item import Basis, Field, Item, ItemVersion, Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.prohibited import ProhibitionKind, prohibitions
from xinheng.core.catalogue.roles import ROLES
from xinheng.core.catalogue.stub import NOT_TAKEN
from xinheng.core.catalogue.terms import FIELD, FREQUENCIES, ITEM, RETENTION_FROM, Term
from xinheng.core.catalogue.volume import bounds

_HEAD = """# Catalogue (公共信用信息目录)

Made from `src/xinheng/core/catalogue`; not written by hand.

What is not in the catalogue is not collected. One item is one YAML file: a Frictionless Table Schema with credit terms
added, so that a department can check its file with standard tools before it hands it in. What is required only for some
kinds of counterpart or of penalty is a rule (`xinheng rules`), not a term of the item. *Sure*: F found, F~ second hand,
K to be verified, C computed, D our own design.
"""
_PROHIBITED = {
    ProhibitionKind.NEVER: "never collected (禁止采集)",
    ProhibitionKind.CONSENT: "of natural persons only with their written consent (须书面同意)",
    ProhibitionKind.CONDUCT: "no credit record without legislation (未经立法不得纳入)",
}


def as_markdown() -> str:
    """Return the whole page: items, code lists, what may not be defined, terms and roles."""
    parts = [_HEAD]
    for name in item_names():
        parts.extend(_item(load(name)))
    parts.append("## Code lists (代码集)\n")
    for name in code_list_names():
        parts.extend(_codes(name))
    parts.extend(_prohibitions())
    parts.append("## Terms of a definition\n\nOf the item:\n")
    parts.extend(_terms(ITEM))
    parts.append("Of a field:\n")
    parts.extend(_terms(FIELD))
    parts.append("## Roles of fields (角色)\n")
    parts.append(_table(("role", "means", "中文"), [(f"`{role}`", text.en, text.zh) for role, text in ROLES.items()]))
    return "\n".join(parts)


def _item(item: Item) -> Iterator[str]:
    version = item.latest
    yield f"## {version.title} · {version.title_en} (`{item.name}`)\n"
    yield f"{version.description_en}\n\n{version.description}\n"
    if version.status is Status.STUB:
        yield f"**Stub.** {NOT_TAKEN.en}\n\n{NOT_TAKEN.zh}\n"
    yield _table(("", ""), list(_facts(version)))
    yield "Revisions:\n"
    revisions = [(each.version, each.in_force.isoformat(), *_cited(each.basis)) for each in item.revisions]
    yield _table(("version", "in force from", "basis", "source", "sure"), revisions)
    yield f"Fields of version {version.revision.version} (★ required, ◇ added by the province):\n"
    heads = ("code", "中文名", "English", "type", "openness", "privacy", "role", "also headed")
    yield _table(heads, [_field(field) for field in version.fields])
    yield from _values(item)


def _facts(version: ItemVersion) -> Iterator[tuple[str, ...]]:
    yield "national class", version.national_class
    yield "effect", version.effect.value
    yield "openness", version.openness.value
    yield "subjects", "、".join(version.subject_kinds)
    yield "provider", f"{version.provider} ({version.provider_en})"
    yield "frequency", f"{version.frequency} ({FREQUENCIES[version.frequency]})"
    kept = f"{version.retention_years} years {RETENTION_FROM[version.retention_from].en}"
    yield "retention", f"{kept} — {'; '.join(_cited(version.retention_basis))}"
    fallback = "".join(f"; `{other}` where `{name}` is empty" for name, other in version.key_fallback)
    yield "key", "、".join(f"`{name}`" for name in version.key) + fallback
    for group in version.groups:
        yield "at least one of", "、".join(f"`{name}`" for name in group)
    for field in version.fields:
        if field.allowance:
            reason = f"{field.allowance.because.en} ({field.allowance.because.zh})"
            yield "may be empty", "; ".join((f"`{field.name}`: {reason}", *_cited(field.allowance.basis)))
    if version.volume:
        yield "rows of a file", "; ".join((bounds(version.volume).en, *_cited(version.volume.basis)))
    if version.region:
        yield "supplementary item of", version.region
    for basis in version.basis:
        yield "basis", "; ".join(_cited(basis))


def _cited(basis: Basis) -> tuple[str, str, str]:
    return f"{basis.instrument} {basis.article}".strip(), basis.source, basis.sure


def _field(field: Field) -> tuple[str, ...]:
    marks = ("★" if field.required else "") + ("◇" if field.local else "")
    size = f" {field.max_length}" if field.max_length else ""
    amount = f" {field.unit}, {field.decimals} decimals" if field.unit and field.decimals else ""
    return (
        f"`{field.name}`{marks}",
        field.title,
        field.title_en,
        f"{field.type}{size}{amount}",
        field.openness.value,
        field.privacy.value,
        f"`{field.role}`",
        "、".join(field.aliases),
    )


def _values(item: Item) -> Iterator[str]:
    """Yield the values of coded fields, once where the revisions agree, else for each revision."""
    for field in item.latest.fields:
        said: set[tuple[str, ...]] = set()
        for version in item.versions:
            codes = next((each.codes for each in version.fields if each.name == field.name), ())
            if codes and codes not in said:
                yield f"- `{field.name}` {field.title}, from version {version.revision.version}: {' · '.join(codes)}"
            said.add(codes)
    yield ""


def _codes(name: str) -> Iterator[str]:
    codes = code_list(name)
    yield f"### {codes.title} · {codes.title_en} (`{name}`)\n"
    yield f"{'; '.join(_cited(codes.basis))}. {codes.note}".rstrip() + "\n"
    rows = [
        (f"`{each.code}`", each.label, each.label_en, each.since.isoformat(), "、".join(each.variants))
        for each in codes.codes
    ]
    yield _table(("code", "中文", "English", "from", "also written"), rows)


def _prohibitions() -> Iterator[str]:
    yield "## What may not be defined\n"
    rows = [
        (each.title.zh, each.title.en, _PROHIBITED[each.kind], each.since.isoformat(), *_cited(each.basis))
        for each in prohibitions()
    ]
    yield _table(("中文", "English", "", "from", "basis", "source", "sure"), rows)


def _terms(terms: dict[str, Term]) -> Iterator[str]:
    rows = [
        (f"`{key}`{'★' if term.required else ''}", term.meaning.en, term.meaning.zh, _takes(term))
        for key, term in terms.items()
    ]
    yield _table(("term", "means", "中文", "takes"), rows)


def _takes(term: Term) -> str:
    if term.choices:
        return " · ".join(term.choices)
    if term.of and term.kind != "changes":
        return ", ".join(f"`{key}`" for key in term.of)
    return term.kind


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
