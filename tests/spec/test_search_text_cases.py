"""What a text typed into a search can be: the table of cases, and what is never looked up."""

from __future__ import annotations

import pytest

from xinheng.core.sample.codes import identity_number
from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.subjects.searching import LONGEST, Sought, read_search
from xinheng.core.subjects.subject import CodeKind

CODE = uscc.complete("91320100MA1TE5T0X")
ORGANISATION = "12345678" + organization_code.check_digit("12345678")
REGISTRATION = next(
    number for check in "0123456789" if registration_number.is_valid(number := "32010000012345" + check)
)
TAX = "320102" + ORGANISATION
PERSON = identity_number(7)
C, N, D, S = Sought.CODE, Sought.NAME, Sought.DOCUMENT_NUMBER, Sought.SUBMISSION

# typed                                    can be
CASES = [
    ("江苏虚构贸易有限公司",                 (N,)),
    ("虚构",                                 (N,)),
    ("虚",                                   (N,)),
    ("Acme Trading Co., Ltd.",               (N,)),
    ("58同城",                               (N, D)),
    ("南京 商贸",                            (N,)),
    ("南京…有限公司",                        (N,)),
    (CODE,                                   (C,)),
    (CODE.lower(),                           (C,)),
    (f"{CODE[:6]} {CODE[6:12]}-{CODE[12:]}", (C,)),
    ("".join(chr(ord(sign) + 0xFEE0) for sign in CODE), (C,)),  # full-width
    (CODE[:-1],                              (N, D)),
    (ORGANISATION,                           (C, D, S)),
    (f"{ORGANISATION[:8]}-{ORGANISATION[8]}", (C, D)),
    (REGISTRATION,                           (C, D, S)),
    (TAX,                                    (C, D, S)),
    ("苏环罚〔2026〕12号",                   (N, D)),
    ("苏环罚(2026)第12号",                   (N, D)),
    ("〔2026〕12",                           (D,)),
    ("123",                                  (D, S)),
    ("报送 123",                             (N, D, S)),
    ("#123",                                 (D, S)),
    ("１２３",                               (D, S)),
    ("7",                                    (S,)),
    ("9" * 19,                               (D,)),
    ("'; DROP TABLE record; --",             (N,)),
    ("1' OR '1'='1",                         (N, D)),
    ("%%%",                                  ()),
    ("___",                                  ()),
    ("a%_\\",                                (N,)),
    ("",                                     ()),
    (" \t\u3000 ",                           ()),
    ("（）()〔〕【】",                       ()),
    ("\x00\x00",                             ()),
    ("虚\x00构",                             (N,)),
    ("😀😀",                                 ()),
    ("虚构😀",                               (N,)),
    ("\ud800",                               ()),
    ("虚构\udfff公司",                       (N,)),
    ("虚" * LONGEST,                         (N,)),
    ("虚" * (LONGEST + 1),                   ()),
    ("虚构1" * 10_000,                       ()),
]  # fmt: skip
PERSONAL = [
    PERSON,
    PERSON.lower(),
    f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}",
    f"身份证{PERSON}",
    f"样例某甲 {PERSON}",
    PERSON[:-1] + ("1" if PERSON[-1] != "1" else "2"),  # its check is wrong, its shape is a person's
    "护照G12345679",
    "G12345679",
    "13900001111",
]


@pytest.mark.parametrize(("typed", "can_be"), CASES, ids=lambda value: ascii(value)[:40])
def test_a_text_is_looked_up_as_whatever_it_can_be(typed: str, can_be: tuple[Sought, ...]) -> None:
    read = read_search(typed)
    assert (read.sought, read.personal) == (can_be, False)


@pytest.mark.parametrize("typed", PERSONAL, ids=range(len(PERSONAL)))
def test_a_natural_persons_number_is_never_looked_up_and_never_said_again(typed: str) -> None:
    read = read_search(typed)
    assert (read.personal, read.sought) == (True, ())
    assert not {part for part in (typed, PERSON, typed[-9:]) if part in read.text}


@pytest.mark.parametrize(("typed", "_"), CASES, ids=range(len(CASES)))
def test_what_is_kept_of_a_text_is_one_short_line_that_can_be_stored(typed: str, _: object) -> None:
    kept = read_search(typed).text
    assert len(kept) <= LONGEST
    assert kept.isprintable() or not kept
    kept.encode("utf-8")


def test_a_code_is_read_in_its_plain_form_and_an_old_taxpayer_number_by_the_organisation_in_it() -> None:
    assert read_search(CODE.lower()).codes == ((CodeKind.USCC, CODE),)
    assert read_search(f"{ORGANISATION[:8]}-{ORGANISATION[8]}").codes == ((CodeKind.ORGANIZATION_CODE, ORGANISATION),)
    assert read_search(TAX).codes == ((CodeKind.REGISTRATION_NUMBER, TAX), (CodeKind.ORGANIZATION_CODE, ORGANISATION))


def test_a_name_is_looked_for_in_its_parts_and_however_it_is_written() -> None:
    name = read_search("南京 　商贸（集团）").name
    assert name is not None
    assert (name.key, name.parts) == ("南京商贸(集团)", ("南京", "商贸(集团)"))
    assert read_search("ＡＢ 公司").name == read_search("ab 公司").name
    assert read_search("南京…有限公司").name.grams == ("南京", "有限", "限公", "公司")  # type: ignore[union-attr]


def test_a_document_number_is_one_however_it_is_written() -> None:
    numbers = {
        read_search(text).number
        for text in ("苏环罚〔2026〕12号", "苏环罚（2026）第12号", "苏环罚[2026] 12", "苏环罚【２０２６】12号")
    }
    assert numbers == {"苏环罚〔2026〕12"}
