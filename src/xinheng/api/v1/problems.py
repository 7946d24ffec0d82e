"""Problems (错误): what went wrong, why, and what to do now, in Chinese and English, as problem details (RFC 9457).

Malformed input is the caller's and gets a status of the four hundreds; what is ours gets 500 or 503, a line in the log with the class of the error and its
place, and never a word of what the error said.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from xinheng.core.errors import (
    Explanation,
    Missing,
    Refused,
    Text,
    Unavailable,
    UnusableCall,
    UnusableFile,
    XinhengError,
)
from xinheng.usecases.intake.limits import TooLarge
from xinheng.usecases.intake.own import NotYet
from xinheng.usecases.outages import outage_of
from xinheng.usecases.screening.checking import APerson
from xinheng.usecases.services.refusing import NO_TOKEN, TooManyCalls, UnknownScope, Unrecognised

_LOG = logging.getLogger("xinheng.api")
MEDIA_TYPE = "application/problem+json"
_AGAIN = 10  # seconds after which an outage may be over
REALM = 'realm="xinheng"'

KINDS: Mapping[type[XinhengError], tuple[str, int]] = {
    UnusableFile: ("unusable-file", 422),
    UnusableCall: ("unusable-call", 400),
    NotYet: ("not-yet", 409),
    APerson: ("natural-person", 422),
    Refused: ("refused", 403),
    Missing: ("not-found", 404),
    Unavailable: ("unavailable", 503),
    Unrecognised: ("not-recognised", 401),
    UnknownScope: ("unknown-scope", 400),
    TooManyCalls: ("too-many-calls", 429),
    TooLarge: ("too-large", 413),
}
"""The type of problem and the status of each class of error."""


def problem(
    kind: str, status: int, told: Explanation, *, headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Return a problem of a kind with its three sentences, and ``more`` members."""
    content = {
        "type": f"urn:xinheng:problem:{kind}", "title": str(told.what), "status": status, "detail": str(told.why), **sentences(told), **more,
    }  # fmt: skip
    return JsonResponse(
        content, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}), json_dumps_params={"ensure_ascii": False}
    )  # fmt: skip


def sentences(told: Explanation) -> dict[str, dict[str, str]]:
    """Return the three sentences as members: ``what``, ``why``, ``mend``, each ``zh`` and ``en``."""
    parts = (("what", told.what), ("why", told.why), ("mend", told.mend))
    return {part: {"zh": text.zh, "en": text.en} for part, text in parts}


def explained(request: HttpRequest, error: XinhengError) -> HttpResponse:  # noqa: ARG001 (the interface of a handler)
    """Return the problem that an error of ours is."""
    kind, status = next(KINDS[one] for one in type(error).__mro__ if one in KINDS)
    return problem(kind, status, error.explanation, headers=_headers(error))


def _headers(error: XinhengError) -> dict[str, str]:
    if isinstance(error, TooManyCalls):
        return {"Retry-After": str(error.facts["seconds"])}
    if isinstance(error, Unavailable):
        return {"Retry-After": str(_AGAIN)}
    if isinstance(error, Unrecognised):
        return {"WWW-Authenticate": f'Bearer {REALM}, error="invalid_token"'}
    if isinstance(error, Refused) and "scope" in error.facts:
        return {"WWW-Authenticate": f'Bearer {REALM}, error="insufficient_scope", scope="{error.facts["scope"]}"'}
    return {}


def no_token(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Return the problem of a request without a token."""
    return problem("no-token", 401, NO_TOKEN, headers={"WWW-Authenticate": f"Bearer {REALM}"})


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    """Return the problem of parameters that are wrong: which, and how; what was sent is not sent back."""
    found = [
        {"in": str(one["loc"][0]), "name": ".".join(map(str, one["loc"][1:])), "message": _plain(one)}
        for one in error.errors
    ]
    return problem("invalid-parameters", 422, _INVALID, errors=found)


def _plain(error: Mapping[str, Any]) -> str:
    return str(error["msg"]) if error.get("type") != "value_error" else "is not as it should be"


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Return the problem of a request that cannot be read."""
    return problem("malformed", 400, MALFORMED)


def too_much(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Return the problem of a form whose fields, the file apart, are too large."""
    return problem("too-large", 413, _TOO_MUCH)


def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the problem of an outage (503), or of a fault of ours (500), which is logged."""
    outage = outage_of(error)
    if outage is not None:
        _LOG.warning("api-outage", exc_info=error)
        return explained(request, outage)
    _LOG.error("api-fault", exc_info=error)
    return problem("fault", 500, _FAULT)


def no_such_address(request: HttpRequest, address: str = "") -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Return the problem of an address that is none; a view."""
    return problem("not-found", 404, _NO_ADDRESS)


def no_such_method(allowed: str) -> HttpResponse:
    """Return the problem of a method that an address does not take."""
    return problem("method-not-allowed", 405, _NO_METHOD, headers={"Allow": allowed})


def explain_errors_of(api: NinjaAPI) -> None:
    """Let an API answer every error with a problem."""
    answers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Exception: fault,
        XinhengError: explained,
        AuthenticationError: no_token,
        ValidationError: invalid,
        HttpError: unreadable,
        RequestDataTooBig: too_much,
        **dict.fromkeys((SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError), unreadable),
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


_INVALID = Explanation(
    Text("请求参数不正确", "The parameters are wrong"),
    Text("见 errors 中各参数的说明", "each is told under errors"),
    Text("请按 /api/v1/openapi.json 更正后重试。", "Mend them by /api/v1/openapi.json and try again."),
)
MALFORMED = Explanation(
    Text("请求无法读取", "The request cannot be read"),
    Text("请求正文与其声明的格式不符，或者传输中断", "its body is not what its headers say, or it broke off"),
    Text("请检查 Content-Type 和正文后重试。", "Check Content-Type and body, and try again."),
)
_TOO_MUCH = Explanation(
    Text("表单过大", "The form is too large"),
    Text("文件以外的字段超过上限", "its fields, the file apart, are over the limit"),
    Text("请只发送文档中列出的字段。", "Send only the fields that the documents name."),
)
_FAULT = Explanation(
    Text("平台出现错误，请求未完成", "The platform failed and the request was not completed"),
    Text("原因已记录，供管理员查看", "the cause is in the log, for the administrator"),
    Text(
        "请稍后重试；如仍失败，请将时间告知中心。", "Try again later; if it fails again, tell the centre at what time."
    ),
)
_NO_ADDRESS = Explanation(
    Text("没有这个接口", "There is no such address"),
    Text("接口列表见 /api/v1/openapi.json", "all addresses stand in /api/v1/openapi.json"),
    Text("请核对地址。", "Check the address."),
)
_NO_METHOD = Explanation(
    Text("该接口不支持这种请求方法", "The address does not take this method"),
    Text("可用的方法见 Allow", "those that it takes stand in Allow"),
    Text("请更换请求方法。", "Use one of them."),
)
