"""Waiting after failures (登录失败处理): each failure doubles the time until the next try counts, up to an hour.

Basis: GB/T 22239-2019, 8.1.4.1 b). Counted for the name that was typed (whether or not there is such an account), for its second factor, and for the
address. A try while one has to wait is refused without being looked at, and does not lengthen the waiting.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass

from xinheng.core.access.sign_on import SignOnTerms

_NONE = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many tries failed since the last success, and when the last one did."""

    count: int = 0
    last_at: dt.datetime | None = None


def delay(count: int, *, free: int, longest: dt.timedelta) -> dt.timedelta:
    """Return how long to wait after ``count`` failures of which ``free`` cost nothing: 2, 4, 8 … seconds, up to ``longest``."""
    costly = count - free
    if costly <= 0:
        return _NONE
    return min(dt.timedelta(seconds=2 ** min(costly, 31)), longest)


def remembered(failures: Failures, *, at: dt.datetime, terms: SignOnTerms) -> Failures:
    """Return the failures that still count at a moment: none where the last one is long ago."""
    if failures.last_at is None or at - failures.last_at >= terms.failures_forgotten:
        return Failures()
    return failures


def wait(failures: Failures, *, kind: str, at: dt.datetime, terms: SignOnTerms) -> dt.timedelta:
    """Return how long one has still to wait at a moment; nothing where a try is looked at."""
    standing = remembered(failures, at=at, terms=terms)
    if standing.last_at is None:
        return _NONE
    ends = standing.last_at + delay(standing.count, free=terms.failures_free[kind], longest=terms.longest_wait)
    return max(ends - at, _NONE)


def after_failure(failures: Failures, *, at: dt.datetime, terms: SignOnTerms) -> Failures:
    """Return the failures with one more, at a moment."""
    return Failures(remembered(failures, at=at, terms=terms).count + 1, at)


def network_of(address: str) -> str:
    """Return what an address is counted as: itself, or its network of 64 bits in IPv6, which one person has whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
