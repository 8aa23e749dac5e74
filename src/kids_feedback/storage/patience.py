"""Waits for PostgreSQL only so long: a server that has gone quiet may never answer.

What it promises to give up (``statement_timeout``) it keeps only while it runs and can be reached.
"""

from typing import Any, TypeVar

import psycopg
from psycopg import OperationalError
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

_Answer = TypeVar("_Answer")
LOOK = 2.0  # seconds for the question whether it is still there, before anything is asked of it


class Connection(psycopg.Connection[Any]):
    """Ends itself where an answer takes too long."""

    patience: float | None = None  # seconds for each answer; None: as long as it takes

    def wait(
        self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None
    ) -> _Answer:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:  # it still owes an answer
                self.pgconn.finish()
            raise


def install(engine: Engine, seconds: float) -> None:
    """Let each connection of ``engine`` wait so long for an answer, and less to see if it lives."""

    def look_first(connection: Any, record: Any) -> None:
        if connection is not None:  # it is None where it was given up
            connection.patience = LOOK

    def give_time(connection: Any, record: Any, proxy: Any) -> None:
        connection.patience = seconds

    event.listen(engine, "do_connect", lambda dialect, record, args, named: _open(args, named))
    event.listen(engine, "checkin", look_first)
    event.listen(engine, "checkout", give_time)


def _open(args: Any, named: Any) -> Any:
    return Connection.connect(*args, **named)
