"""The ledger (信用档案): what was said about a subject, by whom, and for which days the public sees it. Appended, never changed.

Legal basis: 行政处罚法 第四十八条 (publication and withdrawal); design D4. Functions here; table ``record`` in ``store/sql/ledger.sql``;
use cases ``usecases.intake`` (commit) and ``usecases.ledger``; commands ``xinheng file``,
``xinheng search``, ``xinheng severity`` and ``xinheng history``; pages in ``web.portal``.
"""
