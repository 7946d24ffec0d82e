"""Messages (消息): telling an account or a subject, reading, and sending out by mail and text message.

``send`` tells, in the caller's own transaction; ``reading`` is what the one it is for sees; ``sending`` hands over what goes out; ``contacts`` is where
accounts are reached. Tables: ``store.models.notices``. Rules: ``core.notices``. Pages: ``web/desk/messages.py``, ``web/me/messages.py``.
"""
