"""The pure core: functions over frozen dataclasses, and rules as data.

No Django, database, network, queue, clock or environment is imported below this package; what a rule
needs comes in as an argument. See ``docs/adr/0002-pure-core-thin-shell.md``.
"""
