"""Which agency and item an address of the desk means: one that the reader may hand in today, or none."""

from __future__ import annotations

from django.http import HttpRequest

from xinheng.core.errors import Explanation, Missing, Text
from xinheng.usecases.intake.overview import Granted, granted_items
from xinheng.web.signed_in import actor_of
from xinheng.web.today import today


def granted_or_missing(request: HttpRequest, agency: str, item: str) -> Granted:
    """Return what the reader may hand in; raises ``Missing`` for what they may not, as for what there is not."""
    for one in granted_items(actor_of(request), on=today()):
        if (one.agency.uscc, one.version.name) == (agency, item):
            return one
    raise Missing(_NOT_GRANTED)


_NOT_GRANTED = Explanation(
    Text("不能报送这个目录", "This item cannot be handed in here"),
    Text("该单位未获授权，或者不在您的职责范围内", "the agency has no grant for it, or it is outside your remit"),
    Text(
        "请在报送页面选择已授权的目录；需要授权的，请联系中心。",
        "Please choose a granted item on the page for handing in, or ask the centre for the grant.",
    ),
)
