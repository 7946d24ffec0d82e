"""What two names say about their form of organisation, and about being a group (组织形式、集团的比对)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.names.cores import Difference
from xinheng.core.names.forms import Form
from xinheng.core.names.reading import Reading
from xinheng.core.names.trades import LICENSED


def about_forms(one: Reading, other: Reading) -> Iterator[Difference]:
    """Yield what is found about legal forms and about groups."""
    a, b = one.form_word, other.form_word
    if one.form is not None and other.form is not None:
        yield _both(one, other, one.form, other.form), a, b
    elif one.form is not None or other.form is not None:
        yield _one(one, other), a, b
    if one.group and other.group:
        yield "group.equal", "", ""
    elif one.group or other.group:
        yield "group.member", "", ""


def _both(one: Reading, other: Reading, a: Form, b: Form) -> str:
    if a.code == b.code:
        if one.form_misspelt != other.form_misspelt:
            return "form.misspelt"
        return "form.equal" if one.form_word == other.form_word else "form.written"
    if {a.code, b.code} <= {"company", "limited", "shares"} and "company" in (a.code, b.code):
        return "form.less"
    if a.stem and b.stem:  # a city's bank was a 商业银行 before it was a 银行
        return "form.near" if a.family == b.family == "bank" and "bank" in (a.code, b.code) else "form.identity"
    if "bank" in (a.code, b.code) and "company" in (a.family, b.family):
        return "form.less"
    return "form.near" if a.family == b.family else "form.apart"


def _one(one: Reading, other: Reading) -> str:
    form = one.form or other.form
    if form is None or form.family != "company" or form.code == "head-company":
        return "form.missing"
    full = bool(one.place and other.place and one.brand and other.brand and one.trade and other.trade)
    licensed = bool(one.trade and one.trade[-1] in LICENSED)
    return "form.omitted" if full or licensed or (one.group and other.group) else "form.missing"
