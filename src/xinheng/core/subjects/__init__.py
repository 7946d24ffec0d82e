"""Subjects (信用主体): who a record is about, found by code, with every name and code dated.

Legal basis: GB 32100-2015 (one code for life); design §1.4 (an adverse record attaches by code only). Matching rules, candidates and judgements (判定)
here; tables in ``store.models.subjects``, ``store.models.judgements`` and ``store.models.subject_changes``; use cases in ``usecases.subjects`` and
``usecases.judgements``; commands ``xinheng subjects`` and ``xinheng waiting``; pages ``web.portal`` (a subject's public page) and ``web.desk.judging``.
What a text typed into a search can be: ``searching``; use case ``usecases.searching``; command ``xinheng search``; page ``web.desk.searching``.
"""
