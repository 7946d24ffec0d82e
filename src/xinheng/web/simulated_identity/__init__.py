"""A made-up identity provider (模拟统一身份认证) for demonstrations and tests: OpenID Connect as the province's would speak it, with made-up people.

It signs with a key of its own that ends with the process. It answers only where the settings say so (a sample province does).
Pages: ``templates/simulated_identity``.
"""
