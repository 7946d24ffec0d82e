"""Signed versions (已签发的目录): what the database holds of them is known to this process beside what is shipped, and looked for again from time to time.

Who serves requests, runs jobs or commands calls :func:`know_signed_versions` at its edge; nothing in between asks the database, so that checking stays
as fast as it is with the shipped catalogue alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.db.models import Max

from xinheng.core.catalogue.draft import signed_item
from xinheng.core.catalogue.item import Item
from xinheng.core.catalogue.load import as_given, know_signed
from xinheng.store.models import CatalogueDraft, CatalogueStep

FRESH = 1.0
"""Seconds for which what is known counts as fresh."""


@dataclass(slots=True)
class _Known:
    """What this process knows: the last signature, and when it looked."""

    stamp: int = 0
    looked: float = field(default=float("-inf"))


_KNOWN = _Known()


def know_signed_versions(*, at_once: bool = False) -> None:
    """Let this process know the catalogue as it is signed; asks the database once in ``FRESH`` seconds, or ``at_once``."""
    now = time.monotonic()
    if not at_once and now - _KNOWN.looked < FRESH:
        return
    _KNOWN.looked = now
    signed = CatalogueStep.objects.filter(kind="signed").aggregate(last=Max("id"))["last"] or 0
    if signed != _KNOWN.stamp:
        know_signed(signed_items() if signed else ())
        _KNOWN.stamp = signed


def signed_items() -> tuple[Item, ...]:
    """Return every item that has a signed version, with all its versions."""
    texts: dict[str, list[str]] = {}
    for item, text in signed_texts():
        texts.setdefault(item, []).append(text)
    return tuple(signed_item(as_given(item), held) for item, held in texts.items())


def signed_texts(item: str = "") -> list[tuple[str, str]]:
    """Return item and text of the signed drafts, in the order in which they were signed: of all items, or of one."""
    years = list(CatalogueStep.objects.filter(kind="signed").order_by("id").values_list("year_id", flat=True))
    drafts = CatalogueDraft.objects.filter(year_id__in=years, **({"item": item} if item else {}))
    newest = drafts.order_by("year_id", "item", "-id").distinct("year_id", "item")
    held = sorted(newest, key=lambda draft: (years.index(draft.year_id), draft.item))
    return [(draft.item, draft.text) for draft in held if draft.text]
