"""The rules of signing in: what a password lacks, how long one waits, which code counts, when a session is over."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.access.lockout import Failures, after_failure, delay, network_of, wait
from xinheng.core.access.one_time_codes import ALPHABET, STEP, bare, code_digest, matching_step, spelled
from xinheng.core.access.passwords import faults
from xinheng.core.access.roles import ANYONE
from xinheng.core.access.sessions import Ended, expired
from xinheng.core.access.sign_on import needs_second_factor, read, terms_on
from xinheng.core.law.loading import LawDataError

AT = dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)
TERMS = terms_on(AT.date())
HOUR = dt.timedelta(hours=1)
NAMES = ("zhang.operator", "王小明")


@pytest.mark.parametrize(
    ("password", "lacks"),
    [
        ("kestrel-muddy-91-lantern", ""),
        ("湖边三棵柳树去年冬天还在吗", ""),
        ("vT9#qLm2@xWe", ""),
        ("kestrel-9", "12 characters"),
        ("Password1234", "common words"),
        ("P@ssw0rd!2024", "common words"),
        ("xinheng20261234", "common words"),
        ("qwertyuiop12", "common words"),
        ("abcdefgh87654321", "common words"),
        ("correcthorsebatterystaple", "common words"),
        ("aaaaaaaaaaaaaaaa", "different"),
        ("Operator-kestrel-9", "name"),
        ("kestrel王小明-muddy-91", "name"),
        ("k" * 100 + "estrelmuddy91" * 10, "200"),
    ],
)
def test_what_a_password_lacks_is_said(password: str, lacks: str) -> None:
    told = faults(password, names=NAMES, characters=12)
    assert bool(told) is bool(lacks)
    assert lacks in " ".join(one.en for one in told)
    assert all(one.zh for one in told)


@given(st.text(max_size=300))
def test_any_text_is_judged_and_short_ones_are_never_good(password: str) -> None:
    told = faults(password, names=NAMES, characters=12)
    assert told or len(password) >= 12


def test_each_failure_doubles_the_waiting_up_to_an_hour() -> None:
    seconds = [delay(count, free=0, longest=HOUR).total_seconds() for count in range(14)]
    assert seconds == [0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]
    assert [delay(count, free=10, longest=HOUR).total_seconds() for count in (10, 11, 10**9)] == [0, 2, 3600]


def test_of_ten_thousand_tries_hardly_any_is_looked_at() -> None:
    """A machine that tries every ten seconds for more than a day, and is told to wait."""
    failures, looked_at = Failures(), 0
    for number in range(10_000):
        moment = AT + dt.timedelta(seconds=10 * number)
        if not wait(failures, kind="account", at=moment, terms=TERMS):
            looked_at += 1
            failures = after_failure(failures, at=moment, terms=TERMS)
    assert looked_at <= 12 + 28
    assert failures.count == looked_at


def test_failures_are_forgotten_after_a_day_without_one() -> None:
    failures = Failures(30, AT)
    assert wait(failures, kind="account", at=AT + dt.timedelta(minutes=59), terms=TERMS)
    assert after_failure(failures, at=AT + dt.timedelta(hours=23), terms=TERMS).count == 31
    assert after_failure(failures, at=AT + dt.timedelta(hours=24), terms=TERMS).count == 1


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_of_ipv6_is_counted_as_its_network(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = int(AT.timestamp()) // STEP


@pytest.mark.parametrize(("off", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_off(off: int, counts: bool) -> None:
    code = pyotp.TOTP(SECRET).at((NOW + off) * STEP)
    assert matching_step(SECRET, code, at=AT, after=None) == (NOW + off if counts else None)


def test_a_code_counts_once() -> None:
    code = pyotp.TOTP(SECRET).at(NOW * STEP)
    assert matching_step(SECRET, code, at=AT, after=NOW - 1) == NOW
    assert matching_step(SECRET, code, at=AT, after=NOW) is None


def test_the_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    assert matching_step(secret, "287082", at=dt.datetime.fromtimestamp(59, dt.UTC), after=None) == 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 456", "-12345"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert matching_step(SECRET, code, at=AT, after=None) is None


@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_a_printed_code_is_read_however_it_is_typed(code: str) -> None:
    assert bare(spelled(code)) == bare(spelled(code).lower().replace("-", " ")) == code
    assert code_digest(spelled(code)) == code_digest(code)


@pytest.mark.parametrize(
    ("hours", "idle_minutes", "why"),
    [(0, 0, None), (9.9, 29, None), (1, 30, Ended.IDLE), (10, 0, Ended.ABSOLUTE), (10, 40, Ended.ABSOLUTE)],
)
def test_a_session_is_over_when_it_rests_or_lasts_too_long(hours: float, idle_minutes: int, why: Ended | None) -> None:
    began, seen = AT - dt.timedelta(hours=hours), AT - dt.timedelta(minutes=idle_minutes)
    assert expired(signed_in_at=began, last_seen_at=seen, at=AT, terms=TERMS) == why


def test_every_role_of_an_official_needs_a_second_factor() -> None:
    assert not needs_second_factor(ANYONE)
    assert all(needs_second_factor(Actor("x", (Assignment(role),))) for role in Role if role is not Role.PUBLIC)


def test_the_figures_carry_their_basis_and_are_read_strictly() -> None:
    assert TERMS.citation.instrument == "GB/T 22239-2019"
    assert terms_on(dt.date(1990, 1, 1)) == terms_on(dt.date(2026, 1, 1))
    with pytest.raises(LawDataError):
        read("values: [{from: 2019-12-01}]")
