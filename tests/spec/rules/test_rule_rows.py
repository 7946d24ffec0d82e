"""S08 (a row fits the header) and S09 (its bytes are text): found on reading, before any column has a meaning."""

from __future__ import annotations

import io

import pytest

from xinheng.core.intake.read import open_table

HEADER = "名称,文号,内容\n"

# row                               code, or nothing
ROWS = [
    (b"a,b,c\n",                    None),
    ("样例,七号,罚款\n".encode(),          None),
    (b'a,"b,b",c\n',                None),
    (b"a,b\n",                      "S08"),
    (b"a,b,c,d\n",                  "S08"),
    (b"a,b,\xff\xfe\n",             "S09"),
    ("样例".encode()[:4] + b",b,c\n",  "S09"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code"), ROWS)
def test_a_row_is_laid_out_under_the_header_or_goes_back_alone(row: bytes, code: str | None) -> None:
    content = HEADER.encode() + "样例,一号,警告\n".encode() + row + "样例,三号,警告\n".encode()
    chunks = [raw.parse() for raw in open_table(io.BytesIO(content), name="rows.csv", size=len(content)).chunks()]
    bad = [(one.row, one.code) for chunk in chunks for one in chunk.bad]
    assert bad == ([] if code is None else [(3, code)])
    assert sum(len(chunk.rows) for chunk in chunks) == (3 if code is None else 2)
    assert all(one.text.zh and one.text.en for chunk in chunks for one in chunk.bad)
