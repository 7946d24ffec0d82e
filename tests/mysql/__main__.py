"""``python -m tests.mysql``: hold the reading of MySQL and MariaDB against a real server. It installs nothing and starts nothing.

Needs PyMySQL (``pip install 'xinheng[mysql]'``) and, in the environment variable ``MYSQL_URL``, the address of a database in which a table may be
made and dropped: ``mysql://user:password@host:3306/database``. Without them it says so and ends with 2: nothing was tried.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from urllib.parse import unquote, urlsplit

from tests.mysql.cases import check

NOT_TRIED = 2


def main() -> int:
    """Try every case and name it."""
    url = os.environ.get("MYSQL_URL", "")
    if not url or importlib.util.find_spec("pymysql") is None:
        print(__doc__, file=sys.stderr)
        return NOT_TRIED
    import pymysql

    place = urlsplit(url)
    connection = pymysql.connect(
        host=place.hostname or "", port=place.port or 3306, user=unquote(place.username or ""), password=unquote(place.password or ""),
        database=place.path[1:], charset="utf8mb4", autocommit=True,
    )  # fmt: skip
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        print("server:", cursor.fetchone()[0])
        for case in check(url, cursor.execute):
            print("holds:", case)
    return 0


if __name__ == "__main__":
    sys.exit(main())
