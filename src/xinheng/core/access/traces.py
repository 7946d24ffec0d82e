"""How long what signing in leaves behind is kept (登录痕迹的保存期限): sessions, sign-ins, one-time secrets and the like, each with its reason.

Dated data with its basis in ``traces.yaml`` (个人信息保护法 第十九条: no longer than the purpose needs). Cleared by ``usecases.sign_on.clearing``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.loading import LawDataError


class Trace(StrEnum):
    """What signing in leaves behind."""

    SESSION = "session"
    SIGN_IN = "sign-in"  # which device, from which address, how it ended
    ONE_TIME_SECRET = "one-time-secret"  # noqa: S105 - a kind
    ACTIVATION_LETTER = "activation-letter"
    RECOVERY_CODE = "recovery-code"
    SERVICE_TOKEN = "service-token"  # noqa: S105 - a kind


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long a trace is kept after it is over, and why so long."""

    time: dt.timedelta
    reason: Text


@cache
def kept() -> Mapping[Trace, Kept]:
    """Return how long each trace is kept; raises ``LawDataError`` where the data do not say it of each."""
    return read(files(__package__).joinpath("traces.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Mapping[Trace, Kept]:
    """Return what a YAML text says of each trace; raises ``LawDataError`` where it breaks the form."""
    held = loading.check_keys(loading.parse(text), required=("values", "basis", "source", "sure"), where="traces")
    if not str(held["basis"]).strip() or not str(held["source"]).strip() or held["sure"] not in loading.SURE:
        raise LawDataError("traces: the values say their basis, its source, and how sure that is")
    rows = [
        loading.check_keys(row, required=("trace", "days", "reason", "reason_zh"), where="traces")
        for row in held["values"]
    ]
    if sorted(str(row["trace"]) for row in rows) != sorted(Trace):
        raise LawDataError("traces: each trace has one value")
    if not all(isinstance(row["days"], int) and row["days"] >= 0 for row in rows):
        raise LawDataError("traces: days are whole numbers, nought or more")
    return {
        Trace(str(row["trace"])): Kept(dt.timedelta(days=row["days"]), Text(str(row["reason_zh"]), str(row["reason"])))
        for row in rows
    }
