"""Addresses of the public portal. Every name here is listed in ``PUBLIC_ROUTES``."""

from __future__ import annotations

from django.urls import path

from xinheng.web.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("subjects/<slug:code>/", views.subject, name="subject"),
    path("subjects/<slug:code>/records/<slug:key>/", views.entry, name="entry"),
]
