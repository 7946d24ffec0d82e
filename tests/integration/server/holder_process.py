"""A process that holds a server, for the tests: prints what it got, then obeys the lines it is sent.

``query SQL`` prints the first value as JSON; any other end of input ends it.
"""

import json
import os
import sys
from pathlib import Path

import psycopg

from xinheng.core.errors import XinhengError
from xinheng.server import ensure


def tell(**told: object) -> None:
    print(json.dumps(told), flush=True)


def main() -> None:
    try:
        server = ensure(Path(sys.argv[1]), on_wait=lambda text: tell(waiting=text))
    except XinhengError as error:
        tell(failed=error.explanation.what.en, why=error.explanation.why.en)
        return
    tell(pid=os.getpid(), server=server.pid, url=server.url, socket_dir=str(server.socket_dir))
    for line in sys.stdin:
        with psycopg.connect(server.url, autocommit=True) as connection:
            cursor = connection.execute(line.encode().removeprefix(b"query "))
            row = cursor.fetchone() if cursor.description else None
            tell(answer=row[0] if row else None)


if __name__ == "__main__":
    main()
