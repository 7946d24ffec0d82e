"""The catalogue as plain data and as a page."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from xinheng.core.catalogue.describe import described, overview
from xinheng.core.catalogue.document import as_markdown
from xinheng.core.catalogue.load import item_names, load

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "catalogue.md"


def test_the_list_has_one_row_an_item_as_it_stands_on_the_day() -> None:
    rows = {row["name"]: row for row in overview(on=dt.date(2020, 4, 1))}
    assert set(rows) == set(item_names())
    assert rows["administrative-penalty"]["version"] == "2018"
    assert rows["administrative-penalty"]["in_force"] == "2018-07-25"
    assert rows["administrative-penalty"]["field_count"] == 33


def test_the_description_is_plain_data_and_says_everything() -> None:
    item = load("administrative-penalty")
    data = described(item, item.latest)
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert [each["version"] for each in data["revisions"]] == ["2018", "2021"]
    assert data["retention"]["years"] == 5
    assert data["key_fallback"] == {"CF_XDR_SHXYM": "CF_XDR_MC"}
    fine = next(field for field in data["fields"] if field["role"] == "fine")
    assert (fine["unit"], fine["decimals"], fine["openness"]) == ("万元", 6, "社会公开")


def test_the_page_in_the_documentation_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "write as_markdown() to docs/reference/catalogue.md"


def test_the_page_names_every_field_and_every_prohibition() -> None:
    page = as_markdown()
    for name in item_names():
        assert all(f"`{field.name}`" in page for field in load(name).latest.fields)
    assert "宗教信仰" in page
    assert "闯红灯" in page
