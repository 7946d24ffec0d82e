"""The calculator (计算引擎): bulk rules as SQL predicates, run by DuckDB in memory on tables that it is given.

A plan is compiled once per item version and prepared once per connection; a file of millions of rows, a form
with one row and a worker of a cluster run the same plan (``docs/adr/0003-one-engine.md``). Nothing here knows what
a rule means: see ``core.intake.rules``. No tables of its own; used by ``core.intake.check``.
"""
