"""A bare Django view, outside any middleware of ours, behind the server of the platform: ``python -m tests.benchmarks.load.bare DESCRIPTOR``.

Its handler is Django's own for ASGI; the server is uvicorn as the platform sets it.
"""

from __future__ import annotations

import socket
import sys

import django
import uvicorn
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing behind it."""
    return HttpResponse("nothing behind it", headers={"Content-Length": "17"})


urlpatterns = [path("", bare)]


def main() -> None:
    """Serve at an open socket."""
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="bare")
    django.setup()
    from django.core.asgi import get_asgi_application

    config = uvicorn.Config(get_asgi_application(), log_config=None, access_log=False, lifespan="off", backlog=128)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
