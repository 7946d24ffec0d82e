"""Service accounts (服务账号): systems of agencies that use the API with OAuth 2 client credentials (RFC 6749 section 4.4).

``accounts`` makes, rotates, ends and lists them, for the centre's operator; ``tokens`` gives a token for a secret and says who shows one; ``quotas``
counts calls. Tables: ``store.models.services``. Door: ``api.v1``.
"""
