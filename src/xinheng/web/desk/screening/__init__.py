"""Screening at the desk (信用审查): single queries, lists, what they came out as, feedback, again, and watches.

Rules: ``core.screening``; use cases: ``usecases.screening``; pages: ``templates/desk/screening``.
"""
