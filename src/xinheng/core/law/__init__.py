"""Law (法律参数): the instruments, the dated values and the classes that rules are judged by.

What it is: every period, limit and class of law that the platform uses, as data with ``from``, ``basis``, ``source``
and ``sure``; a change of law is a new dated value beside the old one, and a decision is judged by the rule of its day.
Legal basis: the instruments listed in ``instruments.yaml``, first of all the Administrative Penalty Law (行政处罚法,
2021), articles 9 and 48, and the four rules on publication periods of 2017, 2019, 2023 and 2026.

Where things are: instruments ``instruments``; dated values ``parameters``; severity, procedure and domain
``severity``; kinds of penalty ``kinds``; publication periods ``publication``; the sentences for the command line
``explanation``; ``docs/reference/law.md`` is made by ``document``. It has no tables of its own; its pages are those of
the ledger and its use case is ``xinheng law periods``.
"""
