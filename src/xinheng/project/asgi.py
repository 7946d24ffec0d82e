"""The ASGI application."""

import gc

import django

django.setup(set_prefix=False)

from xinheng.web.handler import Handler  # noqa: E402 (Django is set up first)

application = Handler()
gc.set_threshold(
    50_000, 50, 100
)  # a page makes thousands of objects and no cycles to speak of; looking for them took a sixth of its time
