"""Signing in (登录): password, second factor, waiting after failures, sessions on devices, identities elsewhere, activation letters.

Rules in ``core.access`` (``passwords``, ``lockout``, ``one_time_codes``, ``sessions``, dated figures in ``sign_on``); tables in
``store.models.sign_on``; pages in ``web.sign_in``. What happens is in the audit log, never with a password or a code.
"""
