"""The subject's own pages (我的信用): its file, where each record came from, who looked, and who may act for it.

Legal basis: design principle 5. For representatives and agents of organisations and one-person businesses; use cases: ``usecases.me``;
pages: ``templates/me``. Every page asks ``core.access`` through its use case; the code in the address is only a question.
"""
