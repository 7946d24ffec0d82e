"""Every page is either guarded or listed as public: none is open by accident."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

LOGIN_MIDDLEWARE = "django.contrib.auth.middleware.LoginRequiredMiddleware"


@pytest.fixture(scope="module", autouse=True)
def _django(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("XINHENG_HOME"):
            patch.setenv("XINHENG_HOME", str(tmp_path_factory.mktemp("home")))
        if not os.environ.get("DJANGO_SETTINGS_MODULE"):
            patch.setenv("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
        importlib.import_module("django").setup()


def _routes(patterns: list[Any], namespaces: tuple[str, ...] = (), prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route as (name or pattern, view)."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            inner = (*namespaces, one.namespace) if one.namespace else namespaces
            yield from _routes(one.url_patterns, inner, prefix + str(one.pattern))
        else:
            yield ":".join((*namespaces, one.name)) if one.name else prefix + str(one.pattern), one.callback


def _is_guarded(view: Callable[..., Any]) -> bool:
    """A view is guarded by Django's login middleware, or by a guard of its own (attribute ``guard``)."""
    settings = importlib.import_module("django.conf").settings
    by_login = LOGIN_MIDDLEWARE in settings.MIDDLEWARE and getattr(view, "login_required", True)
    return bool(by_login or getattr(view, "guard", None))


def _all_routes() -> list[tuple[str, Any]]:
    return list(_routes(importlib.import_module("django.urls").get_resolver().url_patterns))


def _public_routes() -> set[str]:
    doors = ("xinheng.web.portal", "xinheng.web.operations", "xinheng.api.v1", "xinheng.web.sign_in")
    return {route for door in doors for route in importlib.import_module(door).PUBLIC_ROUTES}


def test_every_route_is_guarded_or_listed_as_public() -> None:
    open_by_accident = {name for name, view in _all_routes() if not _is_guarded(view)} - _public_routes()
    assert not open_by_accident, f"guard these, or list them in PUBLIC_ROUTES: {sorted(open_by_accident)}"


def test_the_list_of_public_routes_names_only_what_exists_and_is_open() -> None:
    routes = _all_routes()
    assert not _public_routes() - {name for name, _ in routes}
    assert not [name for name, view in routes if name in _public_routes() and _is_guarded(view)]
