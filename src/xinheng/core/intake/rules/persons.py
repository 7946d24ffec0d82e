"""N01–N05: what a row about a natural person must meet (自然人): a right document, of age, no organisation's code, still to be kept.

Nothing that such a row holds is ever quoted in an issue, whatever the rule (``core.intake.issues``).
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, Field, ItemVersion
from xinheng.core.catalogue.retention import kept_until_sql
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, date_column, quoted, rule
from xinheng.core.standards.person_documents import KINDS, OLD_NUMBERS_ENDED

OF_AGE = 18
ORGANISATION_CODES = (
    "uscc", "registration_number", "organization_code", "tax_number", "taxpayer_number", "institution_number", "social_organization_number",
)  # fmt: skip
_NUMBERS = Basis("GB 11643-1999", "公民身份号码；其他证件按其式样", "PRC-ID", "F")
_MINORS = Basis("个人信息保护法；未成年人保护法", "未成年人的行政管理信息不归集（本平台自定）", "design", "D")
_KEPT = Basis("个人信息保护法", "第十九条、第四十七条：保存期限届满即不再保存", "PIPL", "F")


@rule(
    "N01",
    Text("自然人证件类型或号码缺失", "A person's document is not told"),
    basis=LAYOUT_2018,
    since=SINCE_2018,
    about=About.PERSONS,
)
def told(version: ItemVersion) -> Iterator[Check]:
    """Build the checks that the kind of document is one that is known and that its number is there."""
    kind, number = version.by_role("person_id_kind"), version.by_role("person_id")
    if kind is not None:
        where = f"{quoted(kind)} IS NULL OR id_meant IS NULL"
        yield Check("N01", Level.REJECT, kind.name, where, _KIND, _WRITE_KIND)
    if number is not None:
        yield Check("N01", Level.REJECT, number.name, f"{quoted(number)} IS NULL", _NUMBER, _WRITE_NUMBER)


@rule(
    "N02",
    Text("自然人证件号码不正确", "A person's number is wrong"),
    basis=_NUMBERS,
    since=SINCE_2018,
    about=About.PERSONS,
)
def right(version: ItemVersion) -> Iterator[Check]:
    """Build the check of the number against its kind; numbers of 15 digits are right in decisions of their time only."""
    number, decided = version.by_role("person_id"), version.by_role("decided_on")
    if number is None:
        return
    where = f"{quoted(number)} IS NOT NULL AND id_meant IS NOT NULL AND id_kind IS NULL"
    yield Check("N02", Level.REJECT, number.name, where, _RIGHT, _COMPARE)
    if decided is not None:
        late = f"id_old AND {date_column(decided)} >= DATE '{OLD_NUMBERS_ENDED}'"
        yield Check("N02", Level.REJECT, number.name, late, _EIGHTEEN, _COMPARE)


@rule(
    "N03",
    Text("未成年人信息不归集", "Minors are not collected"),
    basis=_MINORS,
    since=SINCE_2018,
    about=About.PERSONS,
)
def of_age(version: ItemVersion) -> Iterator[Check]:
    """Build the check that the person was of age on the day of the decision, as far as the number tells the day of birth."""
    number, decided = version.by_role("person_id"), version.by_role("decided_on")
    if number is not None and decided is not None:
        where = f"{date_column(decided)} <= born + INTERVAL {OF_AGE} YEAR"
        yield Check("N03", Level.REJECT, number.name, where, _ADULT, _DROP)


@rule(
    "N04",
    Text("自然人的行中有单位的信息", "An organisation's cell is filled in a person's row"),
    basis=LAYOUT_2018,
    since=SINCE_2018,
    about=About.PERSONS,
)
def no_organisation(version: ItemVersion) -> Iterator[Check]:
    """Build the checks that organisations' codes are empty; the name of a representative is not kept, and that is said."""
    for field in filter(None, map(version.by_role, ORGANISATION_CODES)):
        yield Check("N04", Level.REJECT, field.name, _filled(field), _EMPTY, _WHOSE, of_value=True)
    representative = version.by_role("legal_representative")
    if representative is not None:
        yield Check("N04", Level.WARN, representative.name, _filled(representative), _EMPTY, _NOT_KEPT, of_value=True)


@rule(
    "N05",
    Text("保存期限已届满", "The time for which it is kept is over"),
    basis=_KEPT,
    since=SINCE_2018,
    about=About.PERSONS,
)
def still_kept(version: ItemVersion) -> Iterator[Check]:
    """Build the check that the row is still to be kept on the day on which it is handed in."""
    decided = version.by_role("decided_on")
    if decided is not None:
        yield Check("N05", Level.REJECT, decided.name, f"{kept_until_sql(version)} <= today", _YOUNGER, _OVER)


def _filled(field: Field) -> str:
    return f"{quoted(field)} IS NOT NULL"


_KIND = Text(
    f"证件类型：{'、'.join(kind.zh for kind in KINDS.values())}",
    f"a kind of document: {', '.join(kind.en for kind in KINDS.values())}",
)
_WRITE_KIND = Text("请填写证件类型的全称，如「居民身份证」。", "Write the kind of document, e.g. 居民身份证.")
_NUMBER = Text("自然人的证件号码", "the number of the person's document")
_WRITE_NUMBER = Text(
    "请按决定书填写证件号码；没有号码的不得报送。", "Write it from the decision; without a number the row is not taken."
)
_RIGHT = Text("与证件类型相符的号码，校验位正确", "a number that fits the kind of document, with a right check digit")
_EIGHTEEN = Text("18 位公民身份号码（15 位号码已于 2013 年停用）", "18 characters: numbers of 15 ended in 2013")
_COMPARE = Text(
    "请与本人证件核对。平台不显示、不保存本行内容。",
    "Compare it with the document. The platform shows nothing of this row and kept nothing of it.",
)
_ADULT = Text(f"决定之日已满 {OF_AGE} 周岁的人", f"a person over {OF_AGE} on the day of the decision")
_DROP = Text("请删除本行；未成年人的信息不归集。", "Drop the row: nothing is collected about minors.")
_EMPTY = Text("留空", "left empty")
_WHOSE = Text(
    "自然人没有单位代码：是个体工商户或者单位的，请改类别；是自然人的，请删除代码。",
    "A person has no organisation's code: change the kind of counterpart, or remove the code.",
)
_NOT_KEPT = Text(
    "姓名未保存，本行照常接收；以后请留空。", "The name was not kept and the row was taken; please leave it empty."
)
_YOUNGER = Text("保存期限内的记录", "a record that is still to be kept")
_OVER = Text("请删除本行；期满的自然人信息不再保存。", "Drop the row: what is over is kept of no person.")
