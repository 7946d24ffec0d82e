"""The ASGI application."""

import django

django.setup(set_prefix=False)

from xinheng.web.handler import Handler  # noqa: E402 (Django is set up first)

application = Handler()
