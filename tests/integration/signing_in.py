"""Signing somebody in without walking through the pages: for tests of what lies behind them."""

from __future__ import annotations

from typing import Any


def signed_in(username: str, **about: Any) -> Any:
    """Return a client (``django.test.Client``) whose session is signed in as the user, as the last step of the pages leaves it."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    from xinheng.usecases.sign_on.sessions import open_session
    from xinheng.web.signed_in import USER
    from xinheng.web.today import now

    session = SessionStore()
    session[USER] = username
    session.save()
    open_session(
        username, session_key=session.session_key or "", method="test", address="127.0.0.1", browser="test", at=now()
    )
    client = Client(**about)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client
