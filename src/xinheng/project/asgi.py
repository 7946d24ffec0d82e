"""The ASGI application."""

import django

from xinheng.project.bodies import LimitedBodies, SpoolingHandler

django.setup(set_prefix=False)
application = LimitedBodies(SpoolingHandler())
