"""The catalogue in use (公共信用信息目录): its yearly cycle, what of it is signed, who provides an item, and grants of items to agencies.

Legal basis: 全国公共信用信息基础目录; work-plan-2020 points 3–5. Rules: ``core.catalogue``. Tables: ``store.models.catalogue``, ``store.models.agencies``.
Pages: ``web.desk.catalogue``. Commands: ``xinheng catalogue cycle``, ``xinheng agencies grant``.
"""
