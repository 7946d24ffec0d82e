"""What machines ask that watch over the platform (运行监测): does it live, is it ready, how is it doing. No personal data, no subject.

``/healthz`` and ``/readyz`` are open, as probes need them; ``/metrics`` answers this machine only, or whoever shows the token.
"""

from __future__ import annotations

PUBLIC_ROUTES = frozenset({"operations:healthz", "operations:readyz"})
"""Names of the routes that anyone may open without signing in."""
