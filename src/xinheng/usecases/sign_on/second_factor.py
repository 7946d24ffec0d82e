"""The second factor (第二因子): an authenticator app, and recovery codes for the day when it is lost."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import pyotp
from django.conf import settings
from django.db import transaction

from xinheng.core.access.one_time_codes import ALPHABET, CODE_CHARACTERS, bare, code_digest, matching_step, spelled
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.gateways.secret_box import SecretBox
from xinheng.store.models import RecoveryCode, SecondFactor, User
from xinheng.usecases.sign_on.events import Event, note
from xinheng.usecases.sign_on.tries import begin_try, forgive

RECOVERY_CODES = 10
_ISSUER = "Xinheng"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs: the secret (base32, to be typed) and the same as an address (for a QR code)."""

    secret: str
    uri: str


def new_code() -> str:
    """Return a random code that a person can type: 16 characters, 80 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARACTERS))


def has_second_factor(username: str) -> bool:
    """Tell whether a user has an authenticator that counts."""
    return SecondFactor.objects.filter(user__username=username, confirmed_at__isnull=False).exists()


def begin_enrolment(username: str, *, at: dt.datetime) -> Enrolment:
    """Return the secret for a user's app, the same until it is confirmed; raises ``Refused`` where one is in use already."""
    user = User.objects.get(username=username)
    made, _ = SecondFactor.objects.get_or_create(
        user=user, defaults={"sealed": _box().seal(pyotp.random_base32(), owner=username), "made_at": at}
    )
    if made.confirmed_at is not None:
        raise Refused(_HAS_ONE)
    secret = _box().open(made.sealed, owner=username)
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=_ISSUER))


def confirm_enrolment(username: str, code: str, *, address: str, at: dt.datetime) -> tuple[str, ...]:
    """Take the authenticator into use with its first code; returns the recovery codes, which are shown this once.

    Raises ``Refused`` where the code is wrong, ``TooSoon`` where one has to wait.
    """
    tried = begin_try(name=username, address=address, at=at, kind="second-factor")
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user__username=username)
        if factor.confirmed_at is not None:
            raise Refused(_HAS_ONE)
        if not _use_step(factor, username, code, at):
            raise Refused(_WRONG)
        factor.confirmed_at = at
        factor.save(update_fields=["confirmed_at"])
        codes = _make_codes(factor.user, at)
        note(Event.ENROL_SECOND_FACTOR, username, at=at)
    forgive(tried)
    return codes


def show_second_factor(username: str, code: str, *, address: str, at: dt.datetime) -> str:
    """Take a code of the authenticator, or a recovery code; returns which (``totp`` or ``recovery-code``).

    Each is good for once. Raises ``Refused`` where it is wrong or was used, ``TooSoon`` where one has to wait.
    """
    tried = begin_try(name=username, address=address, at=at, kind="second-factor")
    with transaction.atomic():
        factor = (
            SecondFactor.objects.select_for_update().filter(user__username=username, confirmed_at__isnull=False).first()
        )
        typed = "".join(code.split())
        by_app = factor is not None and _use_step(factor, username, typed, at)
        by_recovery = factor is not None and not by_app and _use_recovery_code(username, typed, at)
    about = f"address {address}"
    if not by_app and not by_recovery:
        note(Event.SECOND_FACTOR, username, at=at, about=about, allowed=False, why="wrong or used code")
        raise Refused(_WRONG)
    forgive(tried)
    note(Event.SECOND_FACTOR if by_app else Event.RECOVERY_CODE, username, at=at, about=about)
    return "totp" if by_app else "recovery-code"


def renew_recovery_codes(username: str, code: str, *, address: str, at: dt.datetime) -> tuple[str, ...]:
    """Make new recovery codes in place of the former, after a code was shown; they are returned this once."""
    show_second_factor(username, code, address=address, at=at)
    with transaction.atomic():
        codes = _make_codes(User.objects.select_for_update().get(username=username), at)
        note(Event.RENEW_RECOVERY_CODES, username, at=at)
    return codes


def recovery_codes_left(username: str) -> int:
    """Return how many recovery codes of a user were not used."""
    return RecoveryCode.objects.filter(user__username=username, used_at=None).count()


def forget_second_factor(user: User) -> None:
    """Take the second factor of an account away, with its recovery codes: it starts anew."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _use_step(factor: SecondFactor, username: str, code: str, at: dt.datetime) -> bool:
    secret = _box().open(factor.sealed, owner=username)
    step = matching_step(secret, code.strip(), at=at, after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _use_recovery_code(username: str, typed: str, at: dt.datetime) -> bool:
    if len(bare(typed)) != CODE_CHARACTERS:
        return False
    unused = RecoveryCode.objects.filter(user__username=username, digest=code_digest(typed), used_at=None)
    return unused.update(used_at=at) == 1


def _make_codes(user: User, at: dt.datetime) -> tuple[str, ...]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=code_digest(code), made_at=at) for code in codes])
    return tuple(spelled(code) for code in codes)


def _box() -> SecretBox:
    return SecretBox(settings.MASTER_KEY, purpose="second-factor")


_WRONG = Explanation(
    Text("验证码不正确", "The code is wrong"),
    Text("验证码每 30 秒更换，且只能使用一次", "codes change every 30 seconds, and each is good for once"),
    Text(
        "请等应用显示新的验证码后再输入；请确认手机时间准确。",
        "Wait for the next code and type it; see that the clock of your phone is right.",
    ),
)
_HAS_ONE = Explanation(
    Text("账号已绑定验证器", "The account has an authenticator already"),
    Text("一个账号只绑定一个验证器", "an account has one"),
    Text(
        "更换手机的，请联系安全管理员寄送激活函，重新绑定。",
        "For another phone, ask the security administrator for an activation letter and enrol anew.",
    ),
)
