"""What every page of the desk has: the frame, the navigation with the place marked, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xinheng.core.errors import Text, XinhengError
from xinheng.usecases.reach import me
from xinheng.web.errors import as_sentence
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import actor_of, for_signed_in

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the desk's navigation: the name of its first page, its words, and the names of the pages that belong to it."""

    route: str
    title: Text
    pages: frozenset[str]


PLACES = (
    Place("home", Text("工作台", "Desk"), frozenset({"home"})),
    Place("submit", Text("报送", "Hand in"), frozenset({"submit", "record", "rows"})),
    Place(
        "submissions",
        Text("报送记录", "Submissions"),
        frozenset({"submissions", "submission", "issues", "mend", "severity"}),
    ),
    Place("waiting", Text("待认领", "Waiting rows"), frozenset({"waiting"})),
    Place("questions", Text("待核实", "Questions"), frozenset({"questions", "question"})),
    Place("files", Text("信用档案", "Files"), frozenset({"files", "file", "file-record", "withdraw"})),
)


def desk_page(view: View) -> View:
    """Decorate a view of the desk: for those who signed in, and no copy of it is left anywhere."""

    @wraps(view)
    def private(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return leave_no_copy(view(request, *args, **kwargs))

    return for_signed_in(private)


def shown(request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page of the desk."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    places = [(reverse(f"desk:{place.route}"), place.title, here in place.pages) for place in PLACES]
    return render(
        request, f"desk/{template}.html", {"places": places, "me": me(actor_of(request)), **facts}, status=status
    )


def told(error: XinhengError) -> tuple[Text, ...]:
    """Return what an error tells its reader, as the sentences on top of a form: what and why in one, and what to do now."""
    said = error.explanation
    return (
        Text(
            as_sentence(f"{said.what.zh.rstrip('。')}：{said.why.zh}", language="zh"),
            as_sentence(f"{said.what.en.rstrip('.')}: {said.why.en}", language="en"),
        ),
        Text(as_sentence(said.mend.zh, language="zh"), as_sentence(said.mend.en, language="en")),
    )
