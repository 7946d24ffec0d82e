"""The vectorised check of every identifier says what its scalar twin says, on codes that are almost right."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xinheng.core.standards import organization_code, person_numbers, registration_number, resident_id, uscc

DIGITS = "0123456789"
CONFUSIONS = "OISZVabX０Ｘ- 一\x00"


def spoiled(codes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Codes, some with one character replaced, dropped or added."""
    at = st.integers(0, 19)
    char = st.sampled_from(CONFUSIONS + uscc.ALPHABET)
    return st.one_of(
        codes,
        st.builds(lambda code, i, c: code[:i] + c + code[i + 1 :], codes, at, char),
        st.builds(lambda code, i: code[:i] + code[i + 1 :], codes, at),
        st.builds(lambda code, i, c: code[:i] + c + code[i:], codes, at, char),
        st.text(max_size=20),
    )


REGISTRARS = st.sampled_from(["91", "92", "11", "12", "A1", "N2", "Y1", "52", "94", "01", "31"])
USCCS = st.builds(
    lambda pair, region, body: uscc.complete(pair + region + body),
    REGISTRARS,
    st.text(DIGITS, min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
)
RESIDENTS = st.builds(
    lambda address, year, month, day, serial: _resident(f"{address}{year:04d}{month:02d}{day:02d}{serial:03d}"),
    st.sampled_from(["320106", "990000", "810000", "810001", "370102", "110101", "000000", "920106", "710000"]),
    st.sampled_from([1799, 1890, 1900, 1904, 1990, 2000, 2001, 2024, 2099, 2100]),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 999),
)
REGISTRATION_NUMBERS = st.text(DIGITS, min_size=14, max_size=14).map(
    lambda body: body + registration_number.check_digit(body)
)
ORGANISATION_CODES = st.builds(
    lambda body, hyphen: body + hyphen + organization_code.check_digit(body),
    st.text(DIGITS + "ABIMOX", min_size=8, max_size=8),
    st.sampled_from(["", "-"]),
)


def _resident(body: str) -> str:
    return body + person_numbers.check_digit(body)


def columns(codes: st.SearchStrategy[str]) -> st.SearchStrategy[list[str | None]]:
    return st.lists(st.one_of(st.none(), spoiled(codes)), max_size=30)


def array_and_scalar(module, codes, **facts):
    expected = [code is not None and module.is_valid(code, **facts) for code in codes]
    column = pa.array(codes, pa.string())
    whole = module.is_valid_array(column, **facts).to_pylist()
    cut = len(codes) // 2
    sliced = pa.chunked_array([column[:cut], column[cut:]])
    assert module.is_valid_array(sliced, **facts).to_pylist() == whole
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        assert module.is_valid_array(column.cast(kind), **facts).to_pylist() == whole
    return whole, expected


@given(columns(USCCS))
@example([])
@example([None, uscc.PLACEHOLDER])
def test_uscc_array_agrees_with_the_scalar(codes):
    whole, expected = array_and_scalar(uscc, codes)
    assert whole == expected


@given(columns(RESIDENTS), st.sampled_from([None, dt.date(2020, 4, 1), dt.date(2024, 2, 29)]))
def test_resident_id_array_agrees_with_the_scalar(codes, today):
    whole, expected = array_and_scalar(resident_id, codes, today=today)
    assert whole == expected


@given(columns(REGISTRATION_NUMBERS))
def test_registration_number_array_agrees_with_the_scalar(codes):
    whole, expected = array_and_scalar(registration_number, codes)
    assert whole == expected


@given(columns(ORGANISATION_CODES))
def test_organisation_code_array_agrees_with_the_scalar(codes):
    whole, expected = array_and_scalar(organization_code, codes)
    assert whole == expected


@given(USCCS, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_every_single_wrong_character_is_noticed(code, position, char):
    other = code[:position] + char + code[position + 1 :]
    assert other == code or not uscc.is_valid(other)


@given(RESIDENTS, st.sampled_from(["", " ", "-", "\u200b", "　"]), st.booleans())
def test_a_valid_number_is_found_however_it_is_written(number, gap, wide):
    written = gap.join([number[:6], number[6:14], number[14:]])
    if wide:
        written = written.translate({ord(c): ord(c) + 0xFEE0 for c in DIGITS + "X"})
    text = f"经查，当事人（{written}）在现场。"
    found = resident_id.find_identifiers(text)
    assert bool(found) == (person_numbers.kind_of(number) is not None and not _a_company(number))
    assert all(text[span.start : span.end] == written for span in found)


def _a_company(number: str) -> bool:
    return person_numbers.kind_of(number) == person_numbers.FOREIGNER_RESIDENCE and uscc.is_valid(number)


PIECES = st.one_of(
    RESIDENTS,
    USCCS,
    REGISTRATION_NUMBERS,
    st.sampled_from(
        ["身份证号", "护照", "E12345678", "13812345678", "138 1234 5678", "第", "号", "元", "〔2020〕", "，", " "]
    ),
    st.text(DIGITS + "０１X x-　", max_size=16),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)


@given(st.lists(st.one_of(st.none(), TEXTS), max_size=20))
def test_the_prefilter_for_texts_loses_nothing(texts):
    column = pa.array(texts, pa.string())
    identifiers = [text is not None and bool(resident_id.find_identifiers(text)) for text in texts]
    personal = [text is not None and bool(resident_id.find_personal(text)) for text in texts]
    assert resident_id.contains_identifier_array(column).to_pylist() == identifiers
    assert resident_id.contains_personal_array(pa.chunked_array([column])).to_pylist() == personal
    assert resident_id.mask_array(column).to_pylist() == [
        None if text is None else resident_id.mask(text) for text in texts
    ]


@given(TEXTS)
def test_masking_twice_is_masking_once(text):
    masked = resident_id.mask(text)
    assert len(masked) == len(text)
    assert resident_id.mask(masked) == masked


@pytest.mark.parametrize("module", [uscc, resident_id, registration_number, organization_code])
def test_an_empty_column_has_an_empty_answer(module):
    assert module.is_valid_array(pa.chunked_array([], pa.string())).to_pylist() == []
