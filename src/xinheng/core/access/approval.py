"""Approval (审批) of corrections and withdrawals: by whom, from which day on, within how many working days. Dated data in ``approval.yaml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xinheng.core.access.roles import Role
from xinheng.core.law import loading
from xinheng.core.law.loading import LawDataError

_KEYS = frozenset({"from", "approvers", "working_days", *loading.CITATION_KEYS})


@dataclass(frozen=True, slots=True)
class ApprovalTerms:
    """What holds from a day on: the roles that may approve, and within how many working days it should be decided."""

    from_day: dt.date
    approvers: frozenset[Role]
    working_days: int
    basis: str
    source: str
    sure: str


def approval_on(day: dt.date) -> ApprovalTerms:
    """Return what is in force on a day; before the first day, what came first."""
    found = [one for one in _all() if one.from_day <= day]
    return found[-1] if found else _all()[0]


def read(text: str) -> tuple[ApprovalTerms, ...]:
    """Return the dated values that a YAML text holds; raises ``LawDataError`` where it breaks the form."""
    rows = loading.check_keys(loading.parse(text), required=("values",), where="approval")["values"]
    found = tuple(_terms(row) for row in rows)
    if not found or [one.from_day for one in found] != sorted({one.from_day for one in found}):
        raise LawDataError("approval: the values must stand in the order of their days")
    return found


@cache
def _all() -> tuple[ApprovalTerms, ...]:
    return read(files(__package__).joinpath("approval.yaml").read_text(encoding="utf-8"))


def _terms(row: object) -> ApprovalTerms:
    held = loading.check_keys(row, required=_KEYS, where="approval")
    day = loading.day(held["from"], where="approval")
    if day is None or not held["approvers"] or not isinstance(held["working_days"], int) or held["working_days"] < 1:
        raise LawDataError("approval: a first day, approvers and working days are needed")
    if held["sure"] not in loading.SURE or not all(str(held[key] or "").strip() for key in ("basis", "source")):
        raise LawDataError("approval: each value says its basis, its source, and how sure that is")
    approvers = frozenset(Role(one) for one in held["approvers"])
    return ApprovalTerms(
        day, approvers, held["working_days"], str(held["basis"]), str(held["source"]), str(held["sure"])
    )
