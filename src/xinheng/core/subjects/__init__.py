"""Subjects (信用主体): who a record is about, found by code, with every name and code dated.

Legal basis: GB 32100-2015 (one code for life); design §1.4 (an adverse record attaches by code only). Matching rules here; tables in
``store.models.subjects``; use cases in ``usecases.subjects``; command ``xinheng subjects``; page ``web.portal`` (a subject's public page).
What a text typed into a search can be: ``searching``; use case ``usecases.searching``; command ``xinheng search``; page ``web.desk.searching``.
"""
