"""Department databases (部门数据库、前置库): the rows of one table that are newer than a watermark, read as text through a cursor of the server.

Nothing is written there, and only what one question asks is read. PostgreSQL through psycopg, MySQL and MariaDB through PyMySQL (the extra ``mysql``).
Where a database is comes as an address (URL), which holds a password: it is never printed, logged or stored.
Tables: ``store.models.deliveries``. Use cases: ``usecases.intake.delivering``. Pages: none.
"""

from xinheng.gateways.databases.source import Question, Source, open_source

__all__ = ["Question", "Source", "open_source"]
