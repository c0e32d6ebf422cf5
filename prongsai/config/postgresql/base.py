"""The database behind ``DATABASES``: Django's own, but for the question before each request.

Django asks ``SELECT 1`` of a kept connection before it is used again. A server that goes, is killed or ends a session closes the
socket, and that can be seen without asking; the question costs as much as one statement of a complaint's fourteen.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the connection stands. Asked of the server only after an error, or when it has said something unasked."""
        connection = self.connection
        if connection is None or self.errors_occurred or not _is_quiet(connection):
            return super().is_usable()
        return True


def _is_quiet(connection: Connection) -> bool:
    """Nothing has come and nothing has failed: in a transaction that failed the server refuses every question."""
    failed = connection.info.transaction_status == TransactionStatus.INERROR
    return not failed and not _anything_to_read(connection)


def _anything_to_read(connection: Connection) -> bool:
    """Words nobody asked for, or the end: of both the socket says that it can be read."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
