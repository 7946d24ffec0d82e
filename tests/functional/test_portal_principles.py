"""What the portal never shows, whoever asks and however the address is made up."""

from __future__ import annotations

import csv
import json
import re
from urllib.parse import quote

import pytest

MADE_UP_PERSON = "110101199003070011"
NOT_PUBLIC = {
    "over": "published AND last_day < current_date",
    "never published": "NOT published",
}
PUBLIC = """published AND first_day <= current_date AND last_day >= current_date
    AND NOT EXISTS (SELECT 1 FROM store_recordevent e WHERE e.record_key = r.record_key)"""


def records(portal, where: str, *, limit: int = 3) -> list[tuple[str, str, str, str]]:
    """Return code, key, decision number and legal representative of some records that stand in their first revision."""
    return portal.rows(
        f"""SELECT s.uscc, r.record_key::text, r.decision_number, coalesce(r.fields->>'CF_FRDB', '')
        FROM record r JOIN store_subject s ON s.id = r.subject_id
        WHERE {where} AND s.uscc <> '{portal.known["code"]}'
        ORDER BY r.record_key LIMIT {limit}"""
    )


@pytest.mark.parametrize("state", NOT_PUBLIC)
def test_a_record_that_is_not_public_is_not_found_by_its_address(live_portal, state):
    found = records(live_portal, NOT_PUBLIC[state])
    assert found
    for code, key, number, _ in found:
        status, headers, html = live_portal.ask(f"/subjects/{code}/records/{key}/")
        assert (status, headers["Cache-Control"]) == (404, "no-store")
        assert "这条信息没有公示" in html
        assert f'href="/subjects/{code}/"' in html
        assert number not in html
        assert number not in live_portal.ask(f"/subjects/{code}/")[2]


def test_a_record_is_found_under_its_own_subject_only(live_portal):
    (_, key, _, _), *_ = records(live_portal, PUBLIC)
    assert live_portal.ask(f"/subjects/{live_portal.known['code']}/records/{key}/")[0] == 404


def test_a_record_is_gone_as_soon_as_it_is_withdrawn(live_portal):
    (code, key, number, _), *_ = records(live_portal, PUBLIC)
    address = f"/subjects/{code}/records/{key}/"
    assert number in live_portal.ask(address)[2]
    shown = records_said(live_portal, code)
    held = json.loads(live_portal.command("file", code, "--json"))["records"]
    agency = next(record["source_agency"] for record in held if record["record"] == key)
    live_portal.command("withdraw", code, number, "--agency", agency, "--reason", "决定已撤销")
    assert live_portal.ask(address)[0] == 200  # until another person has approved it
    asked = json.loads(live_portal.command("corrections", "list", "--json"))[-1]["correction"]
    live_portal.command("accounts", "add", "reviewer-of-it", "--role", "reviewer", "--agency", agency)
    live_portal.command("corrections", "approve", str(asked), "--as", "reviewer-of-it")
    status, _, html = live_portal.ask(address)
    assert status == 404
    assert number not in html
    assert number not in live_portal.ask(f"/subjects/{code}/")[2]
    assert records_said(live_portal, code) == shown - 1


def records_said(portal, code: str) -> int:
    """Return how many public records a search says that a subject has."""
    html = portal.ask(f"/search/?q={code}")[2]
    said = re.search(r"([0-9,]+) 条正在公示的记录", html)
    return int(said[1]) if said else 0


def test_a_search_and_the_page_of_the_subject_count_alike(live_portal):
    for code in {live_portal.known["code"], *(code for code, *_ in records(live_portal, "true", limit=10))}:
        assert live_portal.ask(f"/subjects/{code}/")[2].count('class="record-card"') == records_said(live_portal, code)


def test_no_legal_representative_is_named_anywhere(live_portal):
    found = [one for one in records(live_portal, PUBLIC, limit=20) if one[3]]
    assert found
    for code, key, _, representative in found:
        for path in (f"/subjects/{code}/", f"/subjects/{code}/records/{key}/", f"/search/?q={code}"):
            status, _, html = live_portal.ask(path)
            assert status == 200
            assert representative not in html, path
        assert "没有找到符合的主体" in live_portal.ask(f"/search/?q={quote(representative)}")[2]


def test_the_address_of_an_individual_business_is_not_shown(live_portal):
    code = live_portal.known["individual_code"]
    with (live_portal.home / "sample" / "register.csv").open(encoding="utf-8", newline="") as sheet:
        address = next(row["address"] for row in csv.DictReader(sheet) if row["uscc"] == code)
    page = live_portal.ask(f"/subjects/{code}/")[2]
    assert address not in page + live_portal.ask(f"/search/?q={code}")[2]
    assert "个体工商户的地址不公示" in page


def test_a_receipt_of_a_search_masks_identity_numbers(live_portal):
    for path in (
        f"/search/?q={MADE_UP_PERSON}",
        f"/subjects/{MADE_UP_PERSON}/",
        f"/subjects/x/records/{MADE_UP_PERSON}/",
    ):
        live_portal.ask(path)
    ((asked,),) = live_portal.rows(
        "SELECT asked->>'query' FROM store_receipt WHERE action = 'search-public' ORDER BY at DESC LIMIT 1"
    )
    assert asked == "*" * len(MADE_UP_PERSON)
    kept = live_portal.rows(
        "SELECT count(*) FROM store_receipt r, store_auditevent a WHERE strpos(r.asked::text || a.target, %s) > 0",
        MADE_UP_PERSON,
    )
    assert kept == [(0,)]


def test_the_receipt_of_a_record_names_this_record_only(live_portal):
    (code, key, _, _), *_ = records(live_portal, PUBLIC, limit=1)
    assert live_portal.ask(f"/subjects/{code}/records/{key}/")[0] == 200
    ((shown,),) = live_portal.rows(
        "SELECT result->'records' FROM store_receipt WHERE action = 'view-public' ORDER BY at DESC LIMIT 1"
    )
    assert [one.split("/")[0] for one in shown] == [key]


def test_a_page_behind_the_last_still_says_how_many_there_are(live_portal):
    first, beyond = (live_portal.ask(f"/search/?q={quote('有限公司')}&page={page}")[2] for page in (1, 9999))
    total = re.search(r"<strong>([0-9,]+) 个</strong>", first)
    assert total
    assert total[0] in beyond
    assert "这一页没有结果" in beyond


def test_amounts_days_and_codes_are_written_for_a_reader(live_portal):
    where = f"{PUBLIC} AND fields->>'CF_NR_FK' IS NOT NULL AND fields->>'CF_YXQ' = '2099-12-31'"
    (code, key, _, _), *_ = records(live_portal, where, limit=1)
    chinese = live_portal.ask(f"/subjects/{code}/records/{key}/")[2]
    english = live_portal.ask(f"/subjects/{code}/records/{key}/?lang=en")[2]
    for part in (">罚款金额</dt>", " 元<", "长期"):
        assert part in chinese
    for part in (">Fine</dt>", " yuan<", "No end", "procedure"):
        assert part in english
    assert "万元" not in chinese
    assert "2099" not in chinese + english
    assert chinese.count("尚未经第二人复核") == 1
