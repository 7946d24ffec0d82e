"""Signing in elsewhere (统一身份登录): which providers there are, and a walk through one; what cannot be trusted is in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx
from django.conf import settings

from xinheng.core.errors import Explanation, Missing, Text
from xinheng.gateways.identity import flow
from xinheng.gateways.identity.provider import Provider
from xinheng.gateways.identity.sentences import Untrusted
from xinheng.gateways.identity.tokens import ShownIdentity
from xinheng.usecases.sign_on.events import Event, note

SIMULATED = "simulated"
PERSONS = "persons"
"""The provider that vouches for natural persons: who comes back from it looks at their own records, and has no account."""
SIMULATED_CLIENT = Provider(SIMULATED, "", "xinheng", "simulated")
"""Who we are at the simulated provider; its issuer is where this process serves it."""
NAMES = {
    "officials": Text("统一身份认证（公务人员）", "Unified identity (officials)"),
    "enterprises": Text("电子营业执照", "Electronic business licence"),
    PERSONS: Text("统一身份认证（个人）", "Unified identity (individuals)"),
    SIMULATED: Text("统一身份认证（模拟）", "Unified identity (simulated)"),
}
"""What the providers are called; a provider has a name here, or is not used."""
_SCOPES = {PERSONS: "openid profile document"}
"""What is asked of a provider beyond who somebody is."""


def transport() -> httpx.BaseTransport | None:
    """Return how providers are reached; nothing for the network."""
    return None


def providers(*, simulated_at: str) -> dict[str, Provider]:
    """Return the providers in use by name: those of the settings, and the simulated one where the settings say so."""
    named = {
        name: Provider(name, held["issuer"], held["client"], held["secret"], _SCOPES.get(name, "openid profile"))
        for name, held in settings.IDENTITY_PROVIDERS.items()
    }
    if settings.SIMULATED_IDENTITY:
        named[SIMULATED] = Provider(SIMULATED, simulated_at, SIMULATED_CLIENT.client, SIMULATED_CLIENT.secret)
    return named


def is_for_accounts(name: str) -> bool:
    """Tell whether a provider vouches for those who have an account here."""
    return name in NAMES and name != PERSONS


def vouches_for_persons(name: str) -> bool:
    """Tell whether the document that a provider names is believed: that of natural persons, and the simulated one."""
    return name in (PERSONS, SIMULATED)


def begin_walk(name: str, *, back_to: str, simulated_at: str) -> tuple[dict[str, str], str]:
    """Return what the session is to remember and where to lead the browser; raises ``Missing``, ``Unavailable``."""
    walk, address = flow.begin(_provider(name, simulated_at), back_to=back_to, transport=transport())
    return walk.as_dict(), address


def finish_walk(
    name: str,
    remembered: Mapping[str, str],
    *,
    state: str,
    code: str,
    simulated_at: str,
    address: str,
    at: dt.datetime,
) -> ShownIdentity:
    """Return who came back from a provider; raises ``Untrusted`` (recorded), ``Missing``, ``Unavailable``."""
    provider = _provider(name, simulated_at)
    with _recorded(provider, address, at):
        walk = flow.Walk(**remembered) if remembered else flow.Walk(name, provider.issuer, "", "", "", "")
        return flow.finish(provider, walk, state=state, code=code, at=at, transport=transport())


@contextmanager
def _recorded(provider: Provider, address: str, at: dt.datetime) -> Iterator[None]:
    try:
        yield
    except Untrusted as refusal:
        about = f"identity at {provider.issuer}, address {address}"
        note(Event.SHOW_IDENTITY, None, at=at, about=about, allowed=False, why=str(refusal.facts["why"]))
        raise


def _provider(name: str, simulated_at: str) -> Provider:
    found = providers(simulated_at=simulated_at).get(name)
    if found is None:
        raise Missing(_NO_PROVIDER)
    return found


_NO_PROVIDER = Explanation(
    Text("没有这种登录方式", "There is no such way to sign in"),
    Text("本平台没有接入它", "it is not set up here"),
    Text("请用用户名和密码登录。", "Sign in with name and password."),
)
