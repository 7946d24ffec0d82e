"""The desk (工作台): where officials hand in, mend, answer and withdraw. Every page is for those who signed in.

What a page may show is decided by the use case that it calls, as ``request.actor``; nothing is looked up by number without one.
Use cases: ``usecases.intake``, ``usecases.ledger``; pages: ``templates/desk``; parts: ``templates/parts`` (``docs/design-system.md``).
"""
