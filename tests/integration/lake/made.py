"""A ledger made by SQL alone, of any size: subjects, submissions with records, rows that waited, withdrawals, and their outbox.

Quick, because no file is checked; everything is obviously made up. For the tests of the lake and its benchmark.
"""

from __future__ import annotations

from typing import Any

import psycopg

PERSON = "甲测试人"  # the legal representative of every record: must never be in the lake
SECRET = "自由文字"  # stands in every free text
_USER = "SELECT id FROM store_user WHERE username = 'operator'"
_SUBJECTS = """
INSERT INTO store_subject (uscc, kind, name, status, address, registered_on)
SELECT CASE n %% 10 WHEN 0 THEN '92' ELSE '91' END || '320000MA' || lpad(n::text, 8, '0'),
    CASE n %% 10 WHEN 0 THEN 'individual-business' ELSE 'legal-person' END, '虚构企业' || n, '', '', '2020-01-01'
FROM generate_series(1, %(subjects)s::int) AS n ON CONFLICT DO NOTHING"""
_AGENCY = "INSERT INTO store_agency (uscc, region_code) VALUES ('113200000000000000', '320000') ON CONFLICT DO NOTHING"
_FILE = """
INSERT INTO store_sealedfile (sha256, size, sealed_at)
VALUES (encode(sha256(%(name)s::text::bytea), 'hex'), 1, now()) RETURNING sha256"""
_SUBMISSION = f"""
INSERT INTO store_submission (agency_id, item, version, channel, profile, file_id, file_name, received_on, received_at,
    received_by_id, committed_at, seconds, received, accepted, unchanged, corrected, rejected, waiting, warnings, issue_counts)
SELECT (SELECT id FROM store_agency WHERE uscc = '113200000000000000'), 'administrative-penalty', '2018', 'file', '', %(file)s, 'made.csv',
    '2026-03-02', now(), ({_USER}), now(), 0, %(rows)s + %(waiting)s, %(rows)s, 0, 0, 0, %(waiting)s, 0, '{{}}' RETURNING id"""
_RECORDS = """
INSERT INTO record
SELECT (SELECT min(id) FROM store_subject) + (hashint8(%(first)s::bigint + n) & 2147483647) %% %(subjects)s, md5((%(first)s::bigint + n)::text)::uuid, 0,
    'administrative-penalty', '2018', %(submission)s, n, '113200000000000000', '虚构市场监督管理局' || n %% 40,
    '虚市监罚〔2026〕' || n || '号', DATE '2026-02-01' - (n %% 900)::int, md5('c' || n)::uuid, n %% 5 > 0, '总局令第45号',
    CASE WHEN n %% 5 > 0 THEN DATE '2026-02-01' - (n %% 900)::int END, NULL,
    CASE WHEN n %% 5 > 0 THEN DATE '2029-02-01' - (n %% 900)::int END,
    json_strip_nulls(json_build_object(
        'CF_XDR_MC', '虚构企业' || (%(first)s::bigint + n) %% %(subjects)s, 'CF_XDR_LB', '法人及非法人组织', 'CF_FRDB', '甲测试人',
        'CF_WFXW', '自由文字：违法行为类型', 'CF_SY', '自由文字：经查，当事人销售不符合标准的产品。' || repeat('事实经过。', 12),
        'CF_YJ', '《虚构条例》第' || n %% 90 || '条' || CASE n %% 50 WHEN 0 THEN E'"引号"\\n换行\\\\斜线,逗号' ELSE '' END,
        'CF_CFLB', (ARRAY['罚款', '警告', '没收违法所得、没收非法财物', '其他-虚构'])[1 + (n %% 4)::int],
        'CF_NR', '自由文字：罚款若干', 'CF_NR_FK', CASE WHEN n %% 3 > 0 THEN (n %% 1000) * 10000 END,
        'CF_NR_WFFF', CASE WHEN n %% 7 = 0 THEN n END, 'CF_JDRQ', DATE '2026-02-01' - (n %% 900)::int,
        'CF_YXQ', CASE WHEN n %% 2 = 0 THEN DATE '2099-12-31' END, 'CF_CFJG', '虚构市场监督管理局' || n %% 40,
        'CF_CFJGDM', '113200000000000000', 'CF_WSH', '虚市监罚〔2026〕' || n || '号', 'CF_SJLY', '虚构信源单位',
        'CF_SJLYDM', '113200000000000000'))
FROM generate_series(%(from)s::bigint, %(until)s::bigint) AS n"""
_WAITING = """
INSERT INTO store_waitingrow (submission_id, row, reason, fields) SELECT %(submission)s, n, 'S01', '{}'
FROM generate_series(%(from)s::bigint, %(until)s::bigint) AS n"""
_ENTRY = "INSERT INTO store_outboxentry (at, kind, payload) VALUES (now(), %s, %s) RETURNING id"
_EVENT = f"""
INSERT INTO store_recordevent (subject_id, record_key, revision, kind, "on", at, by_id, reason, detail)
SELECT subject_id, record_key, revision, 'withdrawn', '2026-03-05', now(), ({_USER}), '自由文字', '{{}}' FROM record
WHERE submission_id = %s ORDER BY row_number LIMIT 1 RETURNING id, subject_id, record_key::text"""


class MadeLedger:
    """A ledger that grows: each step is one transaction, as a use case would make it."""

    def __init__(self, url: str, *, subjects: int = 5000) -> None:
        self._url, self._subjects, self._made = url, subjects, 0
        self._firsts: dict[int, int] = {}
        with psycopg.connect(url) as connection:
            connection.execute(_SUBJECTS, {"subjects": subjects})
            connection.execute(_AGENCY)

    def submission(self, rows: int, *, waiting: int = 0) -> int:
        """Commit a submission with so many rows, and some that wait; return its number."""
        with psycopg.connect(self._url) as connection:
            file = self._value(connection, _FILE, {"name": f"made {self._made}"})
            submission = self._value(connection, _SUBMISSION, {"file": file, "rows": rows, "waiting": waiting})
            self._firsts[submission] = self._made
            self._records(connection, submission, 1, rows)
            until = rows + waiting
            connection.execute(_WAITING, {"submission": submission, "from": rows + 1, "until": until})
            self._entry(connection, "submission-committed", {"submission": submission})
        self._made += rows + waiting
        return submission

    def resolve(self, submission: int, rows: range) -> None:
        """Let rows that waited (their numbers) into the ledger."""
        with psycopg.connect(self._url) as connection:
            self._records(connection, submission, rows.start, rows.stop - 1)
            ended = "UPDATE store_waitingrow SET ended = 'taken', ended_at = now() WHERE submission_id = %s AND row = ANY(%s)"
            connection.execute(ended, (submission, list(rows)))
            payload = {"submission": submission, "rows": len(rows), "taken": list(rows)}
            self._entry(connection, "waiting-resolved", payload)

    def withdraw(self, submission: int) -> None:
        """Withdraw the first record of a submission."""
        with psycopg.connect(self._url) as connection:
            [(event, subject, record)] = connection.execute(_EVENT, (submission,)).fetchall()
            self._entry(connection, "record-withdrawn", {"subject": subject, "record": record, "event": event})

    def grow(self, steps: int, rows: int) -> None:
        """Go through the ways in which a ledger grows, so many times."""
        for _ in range(steps):
            held = self.submission(rows, waiting=7)
            self.resolve(held, range(rows + 1, rows + 4))
            self.submission(rows)
            self.withdraw(held)
            self.resolve(held, range(rows + 4, rows + 7))

    def _records(self, connection: psycopg.Connection, submission: int, first: int, last: int) -> None:
        given = {
            "first": self._firsts[submission],
            "subjects": self._subjects,
            "submission": submission,
            "from": first,
            "until": last,
        }
        connection.execute(_RECORDS, given)

    @staticmethod
    def _value(connection: psycopg.Connection, query: str, given: dict[str, object]) -> Any:
        return connection.execute(query, given).fetchall()[0][0]

    @staticmethod
    def _entry(connection: psycopg.Connection, kind: str, payload: dict[str, object]) -> None:
        connection.execute(_ENTRY, (kind, psycopg.types.json.Json(payload)))
