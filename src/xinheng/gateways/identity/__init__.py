"""Identity providers (统一身份认证): the province's unified identity for officials, the electronic business licence (电子营业执照) for enterprises.

OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), state and nonce. ``provider`` asks a provider over the network, ``tokens`` verifies
what it signed, ``flow`` is one walk through it. Which providers there are stands in the settings.
"""
