"""The ASGI application."""

import django

django.setup(set_prefix=False)

from xinheng.project.bodies import LimitedBodies  # noqa: E402 (Django is set up first)
from xinheng.web.uploads import Handler  # noqa: E402

application = LimitedBodies(Handler())
