"""The deeds of the yearly catalogue, of grants and of agencies' own profiles, and a year that another person drafted, for the test of every deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor
from xinheng.core.catalogue.cycle import DraftAnswer

from ..office import Office
from ..sheets import PENALTY, REGISTRATION, TODAY

AT = Office.at(TODAY)
FIRST = dt.date(TODAY.year + 1, 1, 1)


def with_a_year(office: Office) -> Office:
    """Write down, as quickly as can be, that somebody drafted the penalties of the next year and asked about them until yesterday."""
    from xinheng.store.models import CatalogueDraft, CatalogueStep, CatalogueYear, User
    from xinheng.usecases.catalogue.years import draft_text, held

    drafter = User.objects.create(username="drafter")
    year = CatalogueYear.objects.create(year=FIRST.year, basis="文件")
    step: dict[str, Any] = {"year": year, "at": AT, "by": drafter, "first_day": FIRST}
    CatalogueStep.objects.create(kind="opened", **step)
    text = draft_text(held(year), PENALTY)
    CatalogueDraft.objects.create(year=year, item=PENALTY, version=str(FIRST.year), text=text, at=AT, by=drafter)
    CatalogueStep.objects.create(kind="asked", answer_by=TODAY, **step)
    return office


def _year() -> int:
    from xinheng.store.models import CatalogueYear

    return CatalogueYear.objects.earliest("id").pk


def _years(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.views import list_years

    return list_years(actor=actor, at=AT)


def _open(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.cycle import open_year

    return open_year(FIRST.year, region="320500", first_day=FIRST, basis="文件", actor=actor, at=AT, on=TODAY)


def _drop(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.cycle import drop

    return drop(_year(), reason="重新起草", actor=actor, at=AT)


def _answer_draft(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.cycle import answer

    return answer(_year(), PENALTY, office.province.agency, DraftAnswer.AGREE, actor=actor, at=AT, on=TODAY)


def _sign(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.cycle import sign

    return sign(_year(), actor=actor, at=AT, on=TODAY + dt.timedelta(days=1))


def _end_grant(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.catalogue.granting import end_grant

    return end_grant(office.province.agency, REGISTRATION, until=TODAY, actor=actor, at=AT, on=TODAY)


def _save_profile(office: Office, actor: Actor) -> Any:
    from xinheng.core.catalogue.load import load
    from xinheng.core.intake.profiles.guided import Guided, written
    from xinheng.usecases.intake.profile_making import Wanted, save_profile

    fields = {field.title: field.name for field in load(PENALTY).at(TODAY).fields}
    text = written(Guided(name="ours", title="样例", source="样例", item=PENALTY, fields=fields))
    return save_profile(Wanted(office.province.agency, PENALTY, text), actor=actor, at=AT, on=TODAY)


DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _years: Action.VIEW_DRAFTS,
    _open: Action.DRAFT_CATALOGUE,
    _drop: Action.DRAFT_CATALOGUE,
    _answer_draft: Action.ANSWER_DRAFT,
    _sign: Action.SIGN_CATALOGUE,
    _end_grant: Action.GRANT_ITEM,
    _save_profile: Action.SUBMIT,
}
