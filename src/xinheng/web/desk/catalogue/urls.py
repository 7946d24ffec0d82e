"""Addresses of the catalogue at the desk. Every view is guarded by ``for_signed_in``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.desk.catalogue import drafting, grants, items, years

app_name = "catalogue"

urlpatterns = [
    path("", items.items, name="items"),
    path("items/<slug:item>/", items.item, name="item"),
    path("items/<slug:item>/template.xlsx", items.template, name="template"),
    path("items/<slug:item>/versions/", items.versions, name="versions"),
    path("years/", years.years, name="years"),
    path("years/<int:number>/", years.year, name="year"),
    path("years/<int:number>/step/<slug:act>/", years.step, name="year-step"),
    path("years/<int:number>/items/<slug:item>/", drafting.draft, name="draft"),
    path("years/<int:number>/items/<slug:item>/answer/", drafting.answer, name="answer"),
    path("grants/", grants.grants, name="grants"),
    path("grants/<slug:agency>/", grants.agency, name="agency-grants"),
]
