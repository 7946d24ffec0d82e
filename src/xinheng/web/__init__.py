"""Pages for people (网页): one frame, a few parts, and one folder for each kind of reader.

``portal`` is public; desk, me and kiosk come beside it. Pages are rendered here from what use cases return; nothing
is decided here. Both languages stand side by side in the templates (``{% say "中文" "English" %}``), Chinese first.
The one clock of the pages is :mod:`xinheng.web.today`. Templates are in ``templates``, styles in ``static``.
"""
