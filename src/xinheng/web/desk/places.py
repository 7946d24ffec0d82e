"""The navigation of the desk (导航): its sections and places, which of them a reader may go to, and where the reader is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.errors import Text


class Group(Enum):
    """What belongs together, in its order."""

    WORK = Text("办理", "Work")
    LOOK_UP = Text("查询", "Look up")
    CATALOGUE = Text("目录", "Catalogue")
    PEOPLE = Text("人员和单位", "People and agencies")
    CONTROL = Text("监督", "Control")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: the route of its first page, its words, and the routes of the pages that belong to it.

    ``needs`` is what the reader must be allowed to do at all: others are not shown the way.
    """

    group: Group
    route: str
    title: Text
    pages: frozenset[str]
    needs: Action | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the navigation. ``here`` is true where the page that is open lies behind it."""

    url: str
    title: Text
    here: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group with the ways that its reader may go; its own link is the first of them."""

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


def _pages(app: str, names: str) -> frozenset[str]:
    return frozenset(f"{app}:{name}" for name in names.split())


_ACCOUNT = "account account-role account-role-end account-hand-over account-cover account-close account-secret account-link account-unlink"

PLACES = (
    Place(Group.WORK, "desk:home", Text("工作台", "Desk"), _pages("desk", "home")),
    Place(
        Group.WORK,
        "work:queue",
        Text("待办", "To do"),
        _pages("work", "queue tasks task agencies late"),
        Action.VIEW_WORK,
    ),
    Place(Group.WORK, "desk:submit", Text("报送", "Hand in"), _pages("desk", "submit record rows")),
    Place(
        Group.WORK,
        "desk:submissions",
        Text("报送记录", "Submissions"),
        _pages("desk", "submissions submission issues mend severity"),
    ),
    Place(Group.WORK, "desk:waiting", Text("待认领", "Waiting rows"), _pages("desk", "waiting waiting-row judgement")),
    Place(Group.WORK, "desk:questions", Text("待核实", "Questions"), _pages("desk", "questions question")),
    Place(
        Group.WORK, "desk:messages", Text("消息", "Messages"), _pages("desk", "messages message"), Action.OWN_MESSAGES
    ),
    Place(
        Group.LOOK_UP,
        "desk:files",
        Text("信用档案", "Files"),
        _pages("desk", "files file file-record search withdraw correct"),
    ),
    Place(
        Group.LOOK_UP,
        "screening:list",
        Text("信用审查", "Screening"),
        _pages("screening", "list check new screening row changes watches coverage"),
        Action.VIEW_SCREENINGS,
    ),
    Place(
        Group.CATALOGUE,
        "catalogue:items",
        Text("目录项", "Items"),
        _pages("catalogue", "items item versions"),
        Action.VIEW_DRAFTS,
    ),
    Place(
        Group.CATALOGUE,
        "catalogue:years",
        Text("年度更新", "Years"),
        _pages("catalogue", "years year draft answer step year-step"),
        Action.VIEW_DRAFTS,
    ),
    Place(
        Group.CATALOGUE,
        "catalogue:grants",
        Text("授权", "Grants"),
        _pages("catalogue", "grants agency-grants"),
        Action.VIEW_DRAFTS,
    ),
    Place(
        Group.CATALOGUE,
        "profiles:profiles",
        Text("报送配置", "Delivery profiles"),
        _pages("profiles", "profiles profile shipped-profile new-profile edit-profile"),
        Action.VIEW_DRAFTS,
    ),
    Place(
        Group.PEOPLE,
        "desk:accounts",
        Text("账号", "Accounts"),
        _pages("desk", f"accounts account-add accounts-sheet accounts-letters {_ACCOUNT}"),
        Action.VIEW_ACCOUNTS,
    ),
    Place(
        Group.PEOPLE,
        "desk:agencies",
        Text("单位", "Agencies"),
        _pages("desk", "agencies agency agency-add agency-change agency-grant"),
        Action.VIEW_AGENCIES,
    ),
    Place(
        Group.PEOPLE,
        "desk:services",
        Text("服务账号", "Service accounts"),
        _pages("desk", "services service-add service-rotate service-end"),
        Action.MANAGE_SERVICES,
    ),
    Place(
        Group.CONTROL,
        "desk:withdrawals",
        Text("撤回与更正", "Withdrawals and corrections"),
        _pages("desk", "withdrawals withdrawal"),
        Action.VIEW_CORRECTIONS,
    ),
    Place(Group.CONTROL, "stops:list", Text("紧急停止", "Stops"), _pages("stops", "list step"), Action.VIEW_STOPS),
)


def sections_for(actor: Actor, here: str, waits: Mapping[str, int | None]) -> list[Section]:
    """Return the sections that a reader may go to. ``here`` is the route that is open, ``waits`` how many things wait behind a route."""
    own = Target(person=actor.name)  # lists of those whom the reader reaches, and what is the reader's own
    open_ = [place for place in PLACES if place.needs is None or decide(actor, place.needs, own).allowed]
    sections = [Section(group.value, _ways(open_, group, here, waits)) for group in Group]
    return [section for section in sections if section.ways]


def _ways(places: list[Place], group: Group, here: str, waits: Mapping[str, int | None]) -> tuple[Way, ...]:
    return tuple(
        Way(reverse(place.route), _counted(place.title, waits.get(place.route)), here in place.pages)
        for place in places
        if place.group is group
    )


def _counted(title: Text, number: int | None) -> Text:
    """Return the words of a place with how many wait there."""
    return Text(f"{title.zh}（{number}）", f"{title.en} ({number})") if number else title
