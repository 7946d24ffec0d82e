"""The Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables under the label ``store``."""

    name = "xinheng.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
