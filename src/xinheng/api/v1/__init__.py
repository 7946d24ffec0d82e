"""Version 1 of the API (接口): tokens, submissions with their progress and issues, the catalogue, checks.

OAuth 2 client credentials (RFC 6749) in front, problem details (RFC 9457) for what goes wrong, described by OpenAPI 3.1 at ``/api/v1/openapi.json``.
Use cases: ``usecases.services``, ``usecases.intake.own``, ``usecases.screening``. Reference: ``docs/reference/api.md``.
"""

from __future__ import annotations

PUBLIC_ROUTES = frozenset({"api-v1:token", "api-v1:openapi", "api-v1:no-such-address"})
"""Names of the routes that anyone may ask: how to get a token, what the API is, and that an address is none."""
