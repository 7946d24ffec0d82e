"""The reference page of the API, made from its OpenAPI document: ``docs/reference/api.md`` is what :func:`as_markdown` returns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xinheng.core.access.scopes import WORDS

_HEAD = """# API 接口

Made from `/api/v1/openapi.json`; do not edit (`make docs`). How a system sends files, step by step: [send by API](../how-to/send-by-api.md).

Every address but `/api/v1/token` asks for a token (`Authorization: Bearer …`); each names the scope that opens it. What goes wrong comes as
`application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, and, for people, `what`, `why` and `mend`, each with `zh` and `en`; errors
of the token address are those of RFC 6749 section 5.2, with the same sentences. 401: no token that is good now. 403: the token's scope, or a grant, is
missing. 404: it does not exist, or is not of this agency: the answer is the same. 422: parameters, or a file, that cannot be used. 429: over the quota;
`Retry-After` says for how many seconds. 503: an outage; trying again is right.
"""


def as_markdown() -> str:
    """Return the whole page."""
    found = _description()
    shapes: dict[str, Any] = found["components"]["schemas"]
    parts = [
        _HEAD,
        "## Scopes (权限范围)\n",
        _table(("scope", "opens", "中文"), [(f"`{s.value}`", w.en, w.zh) for s, w in WORDS.items()]),
    ]
    parts.append("## Addresses\n")
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            parts.extend(_operation(f"{method.upper()} {path}", operation))
    parts.append("## Shapes\n")
    for name in sorted(shapes):
        parts.extend(_shape(name, shapes[name]))
    return "\n".join(parts)


def _description() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
    import django

    django.setup()
    from xinheng.api.v1.door import description

    return description()


def _operation(heading: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"### `{heading}`\n"
    yield f"{operation['summary']}. {' '.join(operation['description'].split())}\n"
    scopes = [scope for need in operation["security"] for held in need.values() for scope in held]
    if scopes:
        yield f"Scope: `{scopes[0]}`\n"
    rows = [
        (f"`{one['name']}`", one["in"], "yes" if one["required"] else "", _type(one["schema"]), _said(one))
        for one in operation["parameters"]
    ]
    if rows:
        yield _table(("parameter", "in", "required", "type", ""), rows)
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        fields = ", ".join(f"`{name}`" for name in body["schema"].get("properties", ()))
        yield f"- body `{kind}`{f': {fields}' if fields else ''}"
    for status, answer in operation["responses"].items():
        shown = " or ".join(
            f"{_type(content['schema'])} (`{kind}`)" for kind, content in answer.get("content", {}).items()
        )
        yield f"- {status} {answer['description']}{f': {shown}' if shown else ''}"
    yield ""


def _shape(name: str, shape: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{' '.join(shape.get('description', '').split())}\n"
    rows = [(f"`{field}`", _type(held), _said(held)) for field, held in shape["properties"].items()]
    yield _table(("member", "type", ""), rows)


def _said(held: Mapping[str, Any]) -> str:
    return " ".join(str(held.get("description", "")).split())


def _type(schema: Mapping[str, Any]) -> str:
    """Return the type of a schema in words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " · ".join(f"`{value}`" for value in schema["enum"] if value != "")
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    words = str(schema.get("type", "anything"))
    return f"{words}, {schema['format']}" if "format" in schema else words


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
