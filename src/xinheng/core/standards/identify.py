"""What kind of identifier a code is, whether it stands, and how it was meant (编码识别), for ``xinheng identify``.

The kinds are tried from the most telling to the least; a code that fits none is ``unknown``. A mend is suggested,
never acted on, and only where exactly one makes the code valid. Of a natural person's number nothing is repeated in
any text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from xinheng.core.errors import Text
from xinheng.core.standards import mends, organization_code, person_numbers, registration_number, uscc
from xinheng.core.standards.verdict import Verdict

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identification:
    """The answer for one code as it was given.

    ``kind``: uscc, organization-code, registration-number, resident-id, hk-mo-tw-residence, foreigner-residence,
    passport, hk-mo-permit or unknown. ``suggestion`` is a code or ``None``; ``warnings`` are doubts about a valid
    code.
    """

    code: str
    kind: str
    valid: bool
    why: Text
    suggestion: str | None = None
    warnings: tuple[Text, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether the code is, or may be meant as, a natural person's: it is not to be shown or kept."""
        return self.kind in _PERSONAL_NAMES


_PERSONAL_NAMES: dict[str, Text] = {
    person_numbers.RESIDENT_ID: Text("公民身份号码", "resident id"),
    person_numbers.HK_MO_TW_RESIDENCE: Text(
        "港澳台居民居住证号码", "residence permit of a Hong Kong, Macao or Taiwan resident"
    ),
    person_numbers.FOREIGNER_RESIDENCE: Text("外国人永久居留身份证号码", "foreigner's permanent residence card"),
    person_numbers.PASSPORT: Text("护照号码", "passport"),
    person_numbers.HK_MO_PERMIT: Text(
        "港澳居民来往内地通行证号码", "mainland travel permit of a Hong Kong or Macao resident"
    ),
}
_ORGANISATIONS: tuple[tuple[Callable[[str], bool], Callable[[str], Verdict]], ...] = (
    (uscc.is_valid, uscc.explain),
    (registration_number.is_valid, registration_number.explain),
    (organization_code.is_valid, organization_code.explain),
)


def identify(code: str, *, today: dt.date | None = None) -> Identification:
    """Return what ``code`` is; ``today`` bounds a person's birth date (see ``person_numbers.kind_of``)."""
    return _valid_person(code, today) or _valid_organisation(code) or _by_shape(code, today)


def _valid_person(code: str, today: dt.date | None) -> Identification | None:
    kind = person_numbers.kind_of(code, today=today)
    if kind == person_numbers.FOREIGNER_RESIDENCE and uscc.is_valid(code):
        return None
    if kind is None or (len(code) == 15 and registration_number.is_valid(code)):
        return None
    name = _PERSONAL_NAMES[kind]
    why = Text(f"{name.zh}校验通过；属个人信息，不予显示。", f"A valid {name.en} number; personal, so not shown.")
    return Identification(code, kind, valid=True, why=why, warnings=(_WITHDRAWN,) if len(code) == 15 else ())


_WITHDRAWN = Text("15位号码自2013年起停用。", "Numbers of 15 digits are no longer in use since 2013.")


def _valid_organisation(code: str) -> Identification | None:
    for is_valid, explain in _ORGANISATIONS:
        if is_valid(code):
            return _from_verdict(code, explain(code))
    return None


def _from_verdict(code: str, verdict: Verdict) -> Identification:
    return Identification(code, verdict.kind, verdict.valid, verdict.why, verdict.suggestion, verdict.warnings)


def _by_shape(code: str, today: dt.date | None) -> Identification:
    """Judge a code that is not valid as it stands: by what it looks like when tidied."""
    if (mended := _mended_person(code, today)) is not None:
        return _unusual_person(code, mended, today)
    tidied = mends.tidy(code)
    if _looks_personal(tidied) and uscc.suggestion(tidied) is None and not uscc.is_valid(tidied):
        return _invalid_person(code)
    if (kind := person_numbers.shape_of(tidied)) is not None:
        return _shape_only(code, tidied, kind)
    for length, explain in ((18, uscc.explain), (15, registration_number.explain), (9, organization_code.explain)):
        if len(tidied) == length and not re.search("[^0-9A-Z]", tidied):
            return _from_verdict(code, explain(code))
    return _unknown(code)


def _mended_person(code: str, today: dt.date | None) -> str | None:
    def is_valid(number: str) -> bool:
        return person_numbers.kind_of(number, today=today) is not None and not uscc.is_valid(number)

    return mends.only_mend(code, allowed=person_numbers.ALLOWED, is_valid=is_valid)


_PERSONAL_SHAPE = re.compile(
    r"([0-9]{2})[0-9]{4}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)


def _looks_personal(tidied: str) -> bool:
    match = _PERSONAL_SHAPE.fullmatch(tidied)
    return match is not None and match[1] in person_numbers.PROVINCES


def _unusual_person(code: str, mended: str, today: dt.date | None) -> Identification:
    kind = person_numbers.kind_of(mended, today=today) or person_numbers.RESIDENT_ID
    name = _PERSONAL_NAMES[kind]
    why = Text(
        f"更正写法后是有效的{name.zh}（号码不予显示）：请用半角数字和大写X，去掉空格和连字符，勿用字母代替数字。",
        f"Mended it is a valid {name.en} number (not shown): half-width digits, a capital X, no spaces or letters.",
    )
    return Identification(code, kind, valid=False, why=why, suggestion=mended)


def _invalid_person(code: str) -> Identification:
    why = Text(
        "形似公民身份号码，但校验位或出生日期不正确（号码不予显示）。",
        "It looks like a resident id, but its check character or birth date is wrong (the number is not shown).",
    )
    return Identification(code, person_numbers.RESIDENT_ID, valid=False, why=why)


def _shape_only(code: str, tidied: str, kind: str) -> Identification:
    name = _PERSONAL_NAMES[kind]
    why = Text(
        f"形似{name.zh}，无公开校验规则，不能判断真伪。",
        f"It has the shape of a {name.en} number; no public check exists.",
    )
    return Identification(code, kind, valid=tidied == code, why=why, suggestion=None if tidied == code else tidied)


def _unknown(code: str) -> Identification:
    why = Text(
        f"不是已知的编码：现为{len(code)}位；统一社会信用代码18位，工商注册号15位，组织机构代码9位。",
        f"Not a known code: {len(code)} characters; a USCC has 18, a registration number 15, an organisation code 9.",
    )
    return Identification(code, UNKNOWN, valid=False, why=why)
