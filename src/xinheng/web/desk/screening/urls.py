"""Addresses of screening at the desk. Every view is guarded by ``for_signed_in``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.desk.screening import asking, coverage, listing, rows, showing

app_name = "screening"

urlpatterns = [
    path("", listing.screenings, name="list"),
    path("check/", asking.check, name="check"),
    path("new/", asking.new, name="new"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("watches/", listing.watches, name="watches"),
    path("watches/<int:watch>/end/", listing.end_watch, name="end-watch"),
    path("<int:number>/", showing.screening, name="screening"),
    path("<int:number>/rows/<int:row>/", rows.row, name="row"),
    path("<int:number>/changes/", showing.changes, name="changes"),
    path("<int:number>/again/", showing.again, name="again"),
    path("<int:number>/watch/", showing.watch, name="watch"),
    path("<int:number>/result.xlsx", showing.workbook, name="workbook"),
]
