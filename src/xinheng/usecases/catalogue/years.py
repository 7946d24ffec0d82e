"""A year of the catalogue as it is kept: its steps, its drafts, who is asked and what they answered. Read by all use cases of the cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.db.models import Q

from xinheng.core.access import Action, Actor, Target, reach
from xinheng.core.access.tree import inside
from xinheng.core.catalogue.cycle import CycleState, CycleStepKind, cycle_state
from xinheng.core.catalogue.draft import Year, with_revision
from xinheng.core.catalogue.item import Item
from xinheng.core.catalogue.load import item_names, load, provincial_names
from xinheng.core.catalogue.reading import read, shipped_text, texts_in
from xinheng.core.errors import Missing
from xinheng.store.models import CatalogueAnswer, CatalogueDraft, CatalogueStep, CatalogueYear, Cover, Grant
from xinheng.usecases.catalogue import words
from xinheng.usecases.catalogue.signed import signed_texts
from xinheng.usecases.reach import agencies_within


@dataclass(frozen=True, slots=True)
class Held:
    """A year with its steps and the newest draft of each item; ``first_day`` and ``answer_by`` as they stand now."""

    year: CatalogueYear
    steps: tuple[CatalogueStep, ...]
    drafts: Mapping[str, CatalogueDraft]

    @property
    def state(self) -> CycleState:
        """Return where the year stands."""
        return cycle_state(CycleStepKind(step.kind) for step in self.steps)

    @property
    def first_day(self) -> dt.date:
        """Return from which day its versions are in force."""
        return self.steps[-1].first_day

    @property
    def answer_by(self) -> dt.date | None:
        """Return the last day for answers, while departments are asked or after."""
        return self.steps[-1].answer_by

    def version_of(self, item: str) -> Year:
        """Return the version that a draft of the item is to become."""
        base = item_before(item)
        known = {one.version for one in base.revisions} if base else set()
        label = next(one for one in _labels(self.year.year) if one not in known)
        return Year(label=label, first_day=self.first_day, region=self.year.region)


def year_held(number: int, actor: Actor) -> Held:
    """Return a year that the actor may see; raises ``Missing`` for any other, as for what there is not."""
    year = CatalogueYear.objects.filter(pk=number).first()
    if year is None or not may_see(year, actor):
        raise Missing(words.NO_YEAR, year=number)
    return held(year)


def held(year: CatalogueYear) -> Held:
    """Return a year with what belongs to it."""
    newest = year.drafts.select_related("by").order_by("item", "-id").distinct("item")
    drafts = {draft.item: draft for draft in newest if draft.text}
    return Held(year, tuple(year.steps.select_related("by").order_by("id")), drafts)


def may_see(year: CatalogueYear, actor: Actor) -> bool:
    """Tell whether the actor may know of a year: the province's are everybody's who sees drafts, a city's those of its agencies."""
    far = reach(actor, Action.VIEW_DRAFTS)
    if far.everything or (not year.region and not far.nothing):
        return True
    near = (*far.regions, *(one.region_code for one in agencies_within(actor, Action.VIEW_DRAFTS)))
    return any(inside(region, year.region, on=actor.on) for region in near)


def target_of(year: CatalogueYear) -> Target:
    """Return what access is asked about where a year is drafted or signed."""
    return Target(region=year.region)


def asked_of(held: Held, *, on: dt.date) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return by item the code and region of the agencies that are asked about its draft: those that may hand it in on the day."""
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    grants = Grant.objects.filter(in_force, item__in=held.drafts, valid_from__lte=on)
    rows = sorted(set(grants.values_list("item", "agency__uscc", "agency__region_code")))
    found: dict[str, list[tuple[str, str]]] = {item: [] for item in held.drafts}
    for item, agency, region in rows:
        found[item].append((agency, region))
    return {item: tuple(agencies) for item, agencies in found.items()}


def answers_of(held: Held) -> dict[tuple[str, str], CatalogueAnswer]:
    """Return the newest answer to each draft as it stands, by item and agency: one to an earlier draft of it counts no more."""
    drafts = [draft.pk for draft in held.drafts.values()]
    newest = CatalogueAnswer.objects.filter(draft_id__in=drafts).select_related("agency", "by", "draft").order_by("id")
    return {(answer.draft.item, answer.agency.uscc): answer for answer in newest}


def item_before(name: str) -> Item | None:
    """Return an item as it is in force and announced, nothing where the catalogue has none of the name."""
    return load(name) if name in item_names() else None


def text_before(name: str) -> str:
    """Return the definition from which a draft of the item begins: the last that was signed, or the one it was given by."""
    if signed := signed_texts(name):
        return signed[-1][1]
    if name in provincial_names():
        return shipped_text("definitions", name)
    for text in texts_in(Path(settings.CATALOGUE)).values() if settings.CATALOGUE else ():
        definition = read(text)
        if isinstance(definition, dict) and definition.get("name") == name:
            return text
    return ""


def draft_text(held: Held, item: str) -> str:
    """Return the draft of an item as it stands, or what it begins from: the definition in force with a revision of the year added."""
    if (draft := held.drafts.get(item)) is not None:
        return draft.text
    text = text_before(item)
    try:
        return with_revision(text, held.version_of(item), basis=held.year.basis, source=_SOURCE) if text else ""
    except (yaml.YAMLError, StopIteration):  # a definition that is laid out in no usual way
        return text


def hands(actor: Actor, *, on: dt.date) -> frozenset[str]:
    """Return every name under which somebody may act on the day: their own, and those of colleagues for whom they stand in."""
    covers = Cover.objects.filter(deputy__username=actor.name, valid_from__lte=on, valid_until__gt=on)
    principals = covers.values_list("principal__username", flat=True)
    return frozenset({actor.name, actor.on_behalf_of, *principals} - {""})


def drafters(year: CatalogueYear) -> frozenset[str]:
    """Return who opened the year and who drafted anything of it, with those for whom they stood in."""
    rows = [
        *year.drafts.values_list("by__username", "covers_for"),
        *year.steps.filter(kind=CycleStepKind.OPENED.value).values_list("by__username", "covers_for"),
    ]
    return frozenset(name for user, others in rows for name in (user, *others))


def _labels(year: int) -> tuple[str, ...]:
    return (str(year), *(f"{year}-{number}" for number in range(2, 100)))


_SOURCE = "drafted in the yearly cycle of this platform"
