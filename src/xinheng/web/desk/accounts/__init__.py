"""Accounts at the desk (账号管理): the list, one account and what may be done with it, one or a whole sheet of them made, letters.

Use cases: ``usecases.accounts``, ``usecases.sign_on``; pages: ``templates/desk/accounts``. The three administrators see what is theirs: the
page offers what ``core.access`` would allow, and each deed asks again.
"""
