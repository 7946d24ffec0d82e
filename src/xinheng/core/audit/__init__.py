"""Receipts and audit (凭证与审计): every deed leaves a receipt that says what was asked, on what basis, from which facts, with which result.

Legal basis: 深圳条例 (query log kept five years); design §5. The digest covers the whole receipt, so that a later change shows; tables in
``store.models.audit``, written by ``usecases.deed`` in the transaction of the deed itself.
Pages: none yet.
"""

from xinheng.core.audit.canonical import canonical, digest

__all__ = ["canonical", "digest"]
