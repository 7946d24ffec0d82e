"""Whatever a department writes into a name or a text, on the page it is a name or a text."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest
from django.test import Client

from xinheng.core.errors import Text
from xinheng.core.ledger.public import Feed, Hit, PublicEntry, PublicField, PublicSubject, SearchPage
from xinheng.web import catalogue_fresh
from xinheng.web.portal import views

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ 7 }}{% now %}{0}"
CODE = "91320000MADEUP0001"
DAY = dt.date(2026, 5, 1)

ENTRY = PublicEntry(
    key="made-up",
    item="administrative-penalty",
    item_title=HOSTILE,
    item_title_en=HOSTILE,
    decision_number=HOSTILE,
    decided_on=DAY,
    deciding_authority=HOSTILE,
    deciding_authority_code=HOSTILE,
    source_agency=HOSTILE,
    source_agency_code=HOSTILE,
    kinds=(HOSTILE,),
    first_day=DAY,
    shortest_last_day=None,
    last_day=dt.date(2027, 4, 30),
    publication_basis=Text(HOSTILE, HOSTILE),
    publication_reasons=(Text(HOSTILE, HOSTILE), Text(HOSTILE, HOSTILE)),
    received_on=DAY,
    fields=(
        PublicField("CF_SY", HOSTILE, HOSTILE, HOSTILE),
        PublicField("CF_NR_FK", HOSTILE, HOSTILE, Text(HOSTILE, HOSTILE)),
        PublicField("CF_NR", HOSTILE, HOSTILE, "", HOSTILE),
    ),
    revision=1,
    reported_by=((HOSTILE, HOSTILE),),
    corrects=DAY,
)
SUBJECT = PublicSubject(
    code=CODE,
    name=HOSTILE,
    kind=HOSTILE,
    status=HOSTILE,
    address=HOSTILE,
    established_on=None,
    former_names=((HOSTILE, None, DAY),),
    entries=(ENTRY,),
    fed=(Feed(HOSTILE, DAY, HOSTILE),),
    on=DAY,
)
HIT = Hit(CODE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE)


class Elements(HTMLParser):
    """Counts elements, and keeps what is written between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def hostile_portal(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a client of a portal in which every value carries markup."""
    found = SearchPage(query=HOSTILE, page=1, pages=1, total=1, hits=(HIT,))
    monkeypatch.setattr(
        catalogue_fresh, "know_signed_versions", lambda: None
    )  # there is no database behind this portal
    monkeypatch.setattr(views.portal, "search", lambda query, *, page, on, at: found)
    monkeypatch.setattr(views.portal, "view_subject", lambda code, *, on, at: SUBJECT)
    monkeypatch.setattr(views.portal, "view_entry", lambda code, key, *, on, at: (SUBJECT, ENTRY))
    return Client()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", [f"/subjects/{CODE}/", f"/subjects/{CODE}/records/made-up/", "/search/"])
def test_markup_in_a_value_is_shown_as_text(hostile_portal, path, language):
    answer = hostile_portal.get(path, {"lang": language, "q": HOSTILE})
    assert answer.status_code == 200
    page = Elements(answer.content.decode())
    assert "script" not in page.names
    assert page.names.count("img") == 1  # the mark in the masthead
    assert page.handlers == []
    assert HOSTILE in page.words
