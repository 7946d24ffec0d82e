"""Names, decision numbers, dates and amounts mean the same in Python, in Arrow and in DuckDB, however odd the text."""

from __future__ import annotations

import datetime as dt

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xinheng.core.standards import dates, decision_numbers, money, names

SENSIBLE = st.text(
    alphabet="南京钢铁有限公司集团ABZabzＡｂ０１019()（）[]〔〕【】第号 　\t\u200b·・.-—－&＆,，。字㈱½ﬁßʼnİ凌",
    max_size=16,
)
ANY = st.one_of(SENSIBLE, st.text(max_size=16))
COLUMNS = st.lists(st.one_of(st.none(), ANY), max_size=20)


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


def in_database(connection, expression, texts):
    connection.register("given", pa.table({"n": range(len(texts)), "x": pa.array(texts, pa.string())}))
    return [row[0] for row in connection.execute(f"SELECT {expression} FROM given ORDER BY n").fetchall()]


@given(COLUMNS)
def test_name_arrays_agree_with_the_scalars(texts):
    column = pa.array(texts, pa.string())
    assert names.name_key_array(column).to_pylist() == [t if t is None else names.name_key(t) for t in texts]
    assert names.standardise_name_array(column).to_pylist() == [
        t if t is None else names.standardise_name(t) for t in texts
    ]
    assert decision_numbers.decision_number_key_array(pa.chunked_array([column])).to_pylist() == [
        t if t is None else decision_numbers.decision_number_key(t) for t in texts
    ]


@given(ANY)
def test_a_key_of_a_key_is_itself(text):
    assert names.standardise_name(names.standardise_name(text)) == names.standardise_name(text)
    assert names.name_key(names.name_key(text)) == names.name_key(text)
    assert names.name_key(names.standardise_name(text)) == names.name_key(text)
    key = decision_numbers.decision_number_key(text)
    assert decision_numbers.decision_number_key(key) == key


@given(SENSIBLE)
def test_bigrams_cover_the_key(text):
    key = names.name_key(text)
    grams = names.bigrams(key)
    assert all(gram in key for gram in grams)
    assert len(set(grams)) == len(grams)
    assert set(key) == set("".join(grams))


def _written(day: dt.date, form: str) -> str:
    return form.format(y=day.year, m=day.month, d=day.day)


FORMS = [
    "{y:04d}-{m:02d}-{d:02d}",
    "{y:04d}-{m}-{d}",
    "{y:04d}/{m}/{d}",
    "{y:04d}.{m:02d}.{d:02d}",
    "{y:04d}{m:02d}{d:02d}",
    "{y:04d}年{m}月{d}日",
]
TAILS = ["", " 00:00:00", "T00:00:00", " 0:00", " 00:00:00.0", " 01:00:00", " ", "　", "\n", " 00:00:00 "]
DAYS = st.dates(min_value=dt.date(1000, 1, 1))
DATES = st.builds(
    lambda day, form, tail: _written(day, form) + tail, DAYS, st.sampled_from(FORMS), st.sampled_from(TAILS)
)
ODD_DATES = st.text(alphabet="0123459-/.年月日 T:０２－／　+(BC)infty", max_size=20)
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
NASTY_DATES = [
    *(
        "infinity",
        "-infinity",
        "epoch",
        "0999-01-01",
        "2024-02-30",
        "2024-3/1",
        "24-03-01",
        "10000-1-1",
        "2024-03-01 (BC)",
    ),
    *(
        "2024-03-01\x00",
        "20240230",
        "2024-13-01",
        "+024-03-01",
        "2024-03-01Z",
        "2024-03-01+08",
        "2024-W01-1",
        "12345678",
    ),
]


@given(
    st.lists(
        st.one_of(st.none(), DATES, DATES.map(lambda t: t.translate(WIDE)), ODD_DATES, st.text(max_size=12)),
        max_size=40,
    )
)
@example(NASTY_DATES)
def test_dates_mean_the_same_in_the_database(database, texts):
    expected = [None if text is None else dates.parse_date(text) for text in texts]
    assert in_database(database, dates.date_sql("x"), texts) == expected


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["", " 00:00:00", "T00:00:00"]), st.booleans())
def test_every_accepted_form_is_read(day, form, tail, wide):
    written = _written(day, form)
    assert dates.parse_date((written.translate(WIDE) if wide else written) + tail) == day


AMOUNTS = st.one_of(
    st.decimals(min_value=0, max_value=10**15, places=6).map(str),
    st.decimals(min_value=0, max_value=10**12, places=2).map("{:,}".format),
    st.integers(0, 10**17).map(str),
    st.integers(0, 10**17).map("¥{:,}".format),
    st.text(alphabet="0123456789.,_xe+-¥￥元万 ０１，．　NanI%", max_size=20),
    st.text(max_size=8),
)
NASTY_AMOUNTS = [
    *("0x1A", "1_000", "1e5", "NaN", "inf", "-1", "+1", "1,23", "12,345.6", ",123", "1.", ".5", "", " ", "¥", "元"),
    *("1.0000000", "1.0000001", "999999999999999.99", "99999999999.999999", "1000000000000000", "0,001", "00012.50"),
    *("1,234,567,890,123,456", "١٢", "5\x00", "¥ 5 元", "1,000,000,000,000.00"),
]
AMOUNT_CELLS = st.one_of(st.none(), AMOUNTS, AMOUNTS.map("{}元".format), AMOUNTS.map("{}万元".format))


@given(
    st.lists(st.one_of(st.none(), AMOUNTS, AMOUNTS.map("{}元".format), AMOUNTS.map("{}万元".format)), max_size=40),
    st.sampled_from(["元", "万元"]),
)
@example(NASTY_AMOUNTS, "元")
@example(NASTY_AMOUNTS, "万元")
def test_amounts_mean_the_same_in_the_database(database, texts, unit):
    expected = [None if text is None else money.parse_fen(text, unit=unit) for text in texts]
    assert in_database(database, money.fen_sql("x", unit), texts) == expected


@given(st.integers(0, 10**17 - 1))
def test_an_amount_written_by_us_is_read_back(fen):
    assert money.parse_fen(money.format_yuan(fen), unit="元") == fen
