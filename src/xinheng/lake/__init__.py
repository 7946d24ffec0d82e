"""The lake (数据湖): the ledger column by column in Delta Lake tables, for bulk work. Derived: it may be deleted and rebuilt at any time.

``tables`` says where they are and switches between generations; ``writing`` appends exactly once; ``reading`` pins a version, which names
its ledger position, and lists its files; ``upkeep`` compacts, deletes what nobody reads, and measures. Columns: ``core.ledger.columns``.
Use cases: ``usecases.lake``; commands ``xinheng lake …``. See ``docs/adr/0005-lake-is-a-projection.md``.
"""
