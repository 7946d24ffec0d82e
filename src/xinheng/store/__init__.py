"""The one Django app that owns rule-bearing tables: models, queries, bulk COPY, SQL with names, migrations.

Only ``usecases`` writes through it; doors may read through ``store.queries``.
"""
