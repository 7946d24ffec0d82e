"""Addresses of the API. Every one is guarded by a token, or listed in ``PUBLIC_ROUTES``; an address that is none answers as a problem too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from xinheng.api.v1.door import ROUTERS, api, description
from xinheng.api.v1.guard import ClientCredentials
from xinheng.api.v1.problems import no_such_address, no_such_method

app_name = "api-v1"
View = Callable[..., HttpResponse]
_GUARDED = {
    one.url_name
    for router in ROUTERS.values()
    for view in router.path_operations.values()
    for one in view.operations
    if all(isinstance(each.auth_param, ClientCredentials) for each in view.operations)
}


def _at_the_door(pattern: URLPattern) -> URLPattern:
    view: View = pattern.callback

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = no_such_method(", ".join(sorted(response.headers["Allow"].split(", "))))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined] # no cookie of a browser opens anything here
    if pattern.name in _GUARDED:
        answered.guard = ClientCredentials  # type: ignore[attr-defined]
    pattern.callback = answered
    return pattern


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    if request.method != "GET":
        return no_such_method("GET")
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "no-cache"})


urlpatterns = [
    *(
        _at_the_door(pattern)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ),
    path("openapi.json", csrf_exempt(openapi), name="openapi"),
    re_path(r"^(?P<address>.*)$", csrf_exempt(no_such_address), name="no-such-address"),
]
