"""What every page of the desk has: the frame, the navigation with the place marked, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
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


class Group(Enum):
    """What belongs together in the navigation, in its order."""

    WORK = Text("办理", "Work")
    LOOK_UP = Text("查询", "Look up")
    CONTROL = Text("监督", "Control")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the desk's navigation: the name of its first page, its words, and the names of the pages that belong to it."""

    route: str
    title: Text
    pages: frozenset[str]
    needs: Action | None = None  # what the reader must be allowed to do at all; others are not shown the way
    group: Group = Group.WORK


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the navigation. ``here`` is true where the page that is open lies behind it."""

    url: str
    title: Text
    here: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the navigation with the ways that its reader may go; its own link is the first of them."""

    title: Text
    ways: tuple[Way, ...]

    @property
    def url(self) -> str:
        """The address of its first way."""
        return self.ways[0].url

    @property
    def here(self) -> bool:
        """Whether the page that is open belongs to it."""
        return any(way.here for way in self.ways)


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
    Place(
        "desk:files",
        Text("信用档案", "Files"),
        frozenset({"files", "file", "file-record", "withdraw"}),
        group=Group.LOOK_UP,
    ),
    Place(
        "stops:list",
        Text("紧急停止", "Stops"),
        frozenset({"list", "step"}),
        needs=Action.VIEW_STOPS,
        group=Group.CONTROL,
    ),
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
    """Return what the frame of the desk shows: the sections, with the place where the reader is, and who is signed in."""
    actor, here = actor_of(request), (request.resolver_match.url_name if request.resolver_match else "") or ""
    open_ = [place for place in PLACES if place.needs is None or decide(actor, place.needs, Target()).allowed]
    sections = [Section(group.value, _ways(open_, group, here)) for group in Group]
    return {
        "sections": [section for section in sections if section.ways],
        "me": me(actor, shown=shown_name_of(request) or actor.name),
    }


def _ways(places: list[Place], group: Group, here: str) -> tuple[Way, ...]:
    return tuple(
        Way(reverse(place.route), place.title, here in place.pages) for place in places if place.group is group
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
