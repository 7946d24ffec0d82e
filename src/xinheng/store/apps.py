"""The Django app."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from xinheng.core.catalogue.load import add_items
from xinheng.core.catalogue.reading import texts_in
from xinheng.core.catalogue.supplement import define_supplements


class StoreConfig(AppConfig):
    """Registers the tables under the label ``store``, and the supplementary items of the city whose platform this is."""

    name = "xinheng.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the items of the folder that the setting ``CATALOGUE`` names."""
        if settings.CATALOGUE:
            add_items(define_supplements(texts_in(Path(settings.CATALOGUE))))
