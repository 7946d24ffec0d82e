"""Text messages (短信): handed to a gateway over HTTPS, or put as files into a folder where none is set.

The gateway takes ``POST`` with a JSON object ``reference``, ``to``, ``text`` and a bearer key, and answers with ``reference`` and ``result``: ``accepted``,
``repeated`` (this reference was accepted before: nothing is sent again), ``refused-number``, or another word for what may pass. An office whose provider
speaks otherwise puts a small translator before it.
"""
