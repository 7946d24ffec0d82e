"""Law (法律参数): the instruments, the dated values and the classes that rules are judged by.

What it is: every period, limit and class of law that the platform uses, as data with ``from``, ``basis``, ``source``
and ``sure``; a change of law is a new dated value beside the old one, and a decision is judged by the rule of its day.
Legal basis: the instruments listed in ``instruments.yaml``, first of all the Administrative Penalty Law (行政处罚法,
2021), articles 9 and 48, and the four rules on publication periods of 2017, 2019, 2023 and 2026.

Where things are: instruments in ``instruments``; dated values in ``parameters``; severity, procedure and domain in
``severity``; kinds of penalty in ``kinds``; publication periods in ``publication`` (their clauses in ``clauses``); the
tables by which severity and procedure are assessed in ``discretion``, the assessment in ``assessment``; the sentences
for a reader in ``explanation``; worked cases in ``cases``; ``docs/reference/law.md`` is made by ``document``.

Tables: none of its own; the ledger keeps with each record the rule it was judged by.
Use cases: none of its own; ``xinheng law periods`` and ``xinheng law severity`` ask it directly, intake and ledger for their records.
Pages: none of its own; an entry's page in ``web/portal`` shows the period and its reasons.
"""
