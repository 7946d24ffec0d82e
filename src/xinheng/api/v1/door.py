"""The API as a whole: its routers, its errors, and its description by OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from xinheng.api.v1 import catalogue, checks, submissions, tokens
from xinheng.api.v1.guard import ClientCredentials
from xinheng.api.v1.problems import MEDIA_TYPE, explain_errors_of
from xinheng.api.v1.shapes import Problem
from xinheng.api.v1.told import ROOT

DESCRIPTION = """Systems of agencies hand files in, follow them, read the catalogue, and check subjects in a matter.

Get a token first (OAuth 2 client credentials), then send it as `Authorization: Bearer …`. What goes wrong is told as problem details (RFC 9457) whose
`what`, `why` and `mend` are sentences for people, in Chinese and English. Over its quota an account is answered 429 with `Retry-After`."""
ALWAYS = {429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
GUARDED = {401: "Unauthorized", 403: "Forbidden", 422: "Unprocessable Content"}
BESIDE = {
    "token": {413: "Content Too Large"},
    "submit": {400: "Bad Request", 413: "Content Too Large"},
    "submission": {404: "Not Found"},
    "progress": {404: "Not Found"},
    "issues": {404: "Not Found"},
    "rejects": {404: "Not Found", 409: "Conflict"},
    "item": {404: "Not Found"},
    "check": {400: "Bad Request", 413: "Content Too Large"},
    "check-feedback": {400: "Bad Request", 404: "Not Found", 413: "Content Too Large"},
}
"""Which problems an operation may answer with, beside those that all do."""


class ChineseJson(JSONRenderer):
    """JSON with Chinese as it is."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


api = NinjaAPI(
    title="Xinheng 信衡",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
    renderer=ChineseJson(),
)
ROUTERS = {
    "": tokens.router,
    "/submissions": submissions.router,
    "/catalogue": catalogue.router,
    "/checks": checks.router,
}
for prefix, router in ROUTERS.items():
    api.add_router(prefix, router)
explain_errors_of(api)


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document: ninja's, with the problems that it does not know of, and the scope of each operation."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{ROOT}/"))
    found["servers"] = [{"url": "/"}]
    found["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    found["components"]["schemas"]["Problem"].pop("$defs", None)
    found["components"]["securitySchemes"]["ClientSecret"] = {"type": "http", "scheme": "basic"}
    scopes = _scopes()
    for operations in found["paths"].values():
        for operation in operations.values():
            _complete(operation, scopes.get(operation["operationId"]))
    return found


def _complete(operation: dict[str, Any], scope: str | None) -> None:
    name = operation["operationId"]
    problems = {**ALWAYS, **(GUARDED if scope else {}), **BESIDE.get(name, {})}
    told = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers |= {str(status): {"description": words, **told} for status, words in problems.items()}
    operation["responses"] = dict(sorted(answers.items()))
    if scope:
        operation["security"] = [{ClientCredentials.__name__: [scope]}]


def _scopes() -> dict[str, str]:
    """Return the scope that each guarded operation asks for."""
    operations = [
        one for router in ROUTERS.values() for view in router.path_operations.values() for one in view.operations
    ]
    guards = {str(one.operation_id): one.auth_param for one in operations}
    return {name: guard.scope.value for name, guard in guards.items() if isinstance(guard, ClientCredentials)}
