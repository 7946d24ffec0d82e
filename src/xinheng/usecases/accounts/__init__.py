"""Accounts (账号): who may act on the platform, in which roles, for whom, until when, and who stands in.

An account belongs to no agency: its roles do, each from one day to another. Who deals with an account must reach every role that it holds.
The three administrators are kept apart from the first start (三员分立), and a role, a hand-over and a stand-in never bring them together.
Legal basis: GB/T 22239-2019 第三级 (separated administrators, no default password). Decided in ``core.access``.
Tables: ``store.models.users``. Commands: ``xinheng accounts``. Pages: ``web.desk.accounts``, ``web.desk.standing_in``; setting a password is
the sign-on's.
"""
