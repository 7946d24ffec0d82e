"""What the portal's answers tell browsers and caches: nothing inline, no copy of a page that names a subject."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from urllib.parse import quote


def entry_path(live_portal) -> str:
    _, _, html = live_portal.ask(f"/subjects/{live_portal.known['code']}/")
    found = re.search(r'href="(/subjects/[^"]+/records/[^"]+/)"', html)
    assert found
    return found[1]


def test_a_page_that_names_a_subject_leaves_no_copy(live_portal):
    known = live_portal.known
    for path in (f"/subjects/{known['code']}/", entry_path(live_portal), f"/search/?q={quote(known['name'])}"):
        status, headers, html = live_portal.ask(path)
        assert status == 200
        assert headers["Cache-Control"] == "no-store", path
        assert headers["X-Robots-Tag"] == "noindex, noarchive", path
        assert '<meta name="robots" content="noindex, noarchive">' in html, path


def test_every_answer_forbids_what_is_inline_and_what_is_foreign(live_portal):
    for path in ("/", "/about/", "/nowhere/", f"/subjects/{live_portal.known['code']}/"):
        _, headers, html = live_portal.ask(path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", html), path


def test_a_subject_or_a_record_that_is_not_there_is_explained_without_a_copy(live_portal):
    code = live_portal.known["code"]
    for path in ("/subjects/000000000000000000/", f"/subjects/{code}/records/none/"):
        status, headers, html = live_portal.ask(path)
        assert status == 404
        assert headers["Cache-Control"] == "no-store"
        assert "fault-mend" in html


def test_an_address_in_small_letters_leads_to_the_subject(live_portal):
    code = live_portal.known["code"]
    request = urllib.request.urlopen(f"{live_portal.url}/subjects/{code.lower()}/")
    with request as answer:
        assert answer.url.endswith(f"/subjects/{code}/")


def test_pages_only_answer_to_reading(live_portal):
    request = urllib.request.Request(live_portal.url + "/search/", data=b"q=1", method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        with error:
            status = error.code
    assert status in (403, 405)
