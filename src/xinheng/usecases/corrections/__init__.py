"""Corrections (更正与撤回): asking that a standing record be withdrawn or corrected, deciding as the second person, telling who was shown the wrong one.

Legal basis: 行政处罚法 第四十八条. Rules: ``core.ledger.corrections``, ``core.access.approval``. Tables: ``store.models.corrections``. Pages:
``web/desk/corrections.py`` (what is asked for), ``web/desk/correcting.py`` (the form). Commands: ``xinheng withdraw``, ``xinheng corrections``.
"""
