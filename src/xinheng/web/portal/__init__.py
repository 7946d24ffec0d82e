"""The public portal (公示网站): anyone looks up what is public of a subject, and for how long it is.

Legal basis: publication of administrative penalties (行政处罚法 第四十八条), what is published and how it ends
(GB/T 41196-2021; 信用修复管理办法). Only what may be public is shown, only while it may. Data: ``core.ledger.public``;
use cases: ``usecases.portal``; pages: ``templates/portal``.
"""

from __future__ import annotations

PUBLIC_ROUTES = frozenset({"portal:home", "portal:search", "portal:subject", "portal:entry", "portal:about"})
"""Names of the routes that anyone may open without signing in."""
