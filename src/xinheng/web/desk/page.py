"""What every page of the desk has: the frame, the navigation with the place marked, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xinheng.core.access import Action, Target, decide
from xinheng.core.errors import Text, XinhengError
from xinheng.usecases.reach import me
from xinheng.web.errors import as_sentence
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import actor_of, for_signed_in, shown_name_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the desk's navigation: the name of its first page, its words, and the names of the pages that belong to it."""

    route: str
    title: Text
    pages: frozenset[str]
    needs: Action | None = None  # what the reader must be allowed to do at all; others are not shown the way


PLACES = (
    Place("desk:home", Text("工作台", "Desk"), frozenset({"home"})),
    Place("desk:submit", Text("报送", "Hand in"), frozenset({"submit", "record", "rows"})),
    Place(
        "desk:submissions",
        Text("报送记录", "Submissions"),
        frozenset({"submissions", "submission", "issues", "mend", "severity"}),
    ),
    Place("desk:waiting", Text("待认领", "Waiting rows"), frozenset({"waiting"})),
    Place("desk:questions", Text("待核实", "Questions"), frozenset({"questions", "question"})),
    Place("desk:files", Text("信用档案", "Files"), frozenset({"files", "file", "file-record", "withdraw"})),
    Place("stops:list", Text("紧急停止", "Stops"), frozenset({"list", "step"}), needs=Action.VIEW_STOPS),
)


def desk_page(view: View) -> View:
    """Decorate a view of the desk: for those who signed in, and no copy of it is left anywhere."""

    @wraps(view)
    def private(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return leave_no_copy(view(request, *args, **kwargs))

    return for_signed_in(private)


def shown(request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page of the desk."""
    return render(request, f"desk/{template}.html", {**around(request), **facts}, status=status)


def around(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of the desk shows: the places, with the one where the reader is, and who is signed in."""
    actor, here = actor_of(request), request.resolver_match.url_name if request.resolver_match else ""
    open_ = (place for place in PLACES if place.needs is None or decide(actor, place.needs, Target()).allowed)
    places = [(reverse(place.route), place.title, here in place.pages) for place in open_]
    return {"places": places, "me": me(actor, shown=shown_name_of(request) or actor.name)}


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
