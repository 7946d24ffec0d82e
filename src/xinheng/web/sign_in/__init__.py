"""Signing in (登录): password and second factor, identities elsewhere, first password, one's own account and devices.

Plain forms that need no JavaScript. Use cases: ``usecases.sign_on``; pages: ``templates/sign_in``. The steps after the password are open to whoever
took the first one, for some minutes (``steps``).
"""

from __future__ import annotations

PUBLIC_ROUTES = frozenset({"sign_in:sign_in", "sign_in:first_password", "sign_in:with", "sign_in:back"})
"""Names of the routes that anyone may open without signing in."""
