"""Addresses of delivery profiles. Every view is guarded by ``for_signed_in``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.desk.profiles import editing, making, showing

app_name = "profiles"

urlpatterns = [
    path("", showing.profiles, name="profiles"),
    path("new/", making.new, name="new-profile"),
    path("shipped/<slug:name>/", showing.shipped, name="shipped-profile"),
    path("<slug:agency>/<slug:name>/", showing.own, name="profile"),
    path("<slug:agency>/<slug:item>/edit/", editing.edit, name="edit-profile"),
]
