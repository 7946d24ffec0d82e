"""Tells Django where the templates, the tags and the static files of the pages are."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages as a Django application; it owns no table."""

    name = "xinheng.web"
    label = "web"
    verbose_name = "信衡网页"
