"""The database behind ``DATABASES``: Django's own, but for two waits that it is asked for too often.

Django asks ``SELECT 1`` of a kept connection before it is used again. A server that goes, is killed or ends a session closes the
socket, and that can be seen without asking; the question costs as much as one statement of a complaint's twelve.

Django waits for the answer of every statement before it sends the next. ``send_together`` stops that for the rest of a transaction.
"""

from __future__ import annotations

import select
from contextlib import ExitStack, suppress
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import PipelineStatus, TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._together = ExitStack()

    def send_together(self) -> None:
        """Send the rest of this transaction without waiting for each answer (libpq's pipeline mode).

        What is asked for an answer (``fetchone``, ``rowcount``) waits as before. A statement that fails raises its error there, or
        at the commit at the latest, and then nothing of the transaction stands; so do not catch one in between. In a transaction
        within another nothing changes: what comes after it might catch.
        """
        if len(self.atomic_blocks) == 1 and self.connection.info.pipeline_status == PipelineStatus.OFF:
            self._together.enter_context(self.connection.pipeline())

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def _commit(self) -> None:
        with self._together.pop_all():  # the commit is the last that goes out with the rest
            super()._commit()

    def _rollback(self) -> None:
        self._wait_again()
        super()._rollback()

    def _close(self) -> None:
        self._wait_again()
        super()._close()

    def _wait_again(self) -> None:
        with suppress(psycopg.Error):  # of what is not to stand
            self._together.pop_all().close()

    def is_usable(self) -> bool:
        """Whether the connection stands. Asked of the server only after an error, or when it has said something unasked."""
        connection = self.connection
        if connection is None or self.errors_occurred or not _is_quiet(connection):
            return super().is_usable()
        return True


class Cursor(base.ServerBindingCursor):
    @property
    def rowcount(self) -> int:
        """Rows of the last statement, -1 if none; Django decides by it whether a row was there to change."""
        if super().rowcount < 0 and self.connection.info.pipeline_status != PipelineStatus.OFF:
            with self.connection.pipeline():  # a pipeline within the pipeline waits for what is on its way
                pass
        return super().rowcount


def _is_quiet(connection: psycopg.Connection) -> bool:
    """Nothing has come and nothing has failed: in a transaction that failed the server refuses every question."""
    failed = connection.info.transaction_status == TransactionStatus.INERROR
    return not failed and not _anything_to_read(connection)


def _anything_to_read(connection: psycopg.Connection) -> bool:
    """Words nobody asked for, or the end: of both the socket says that it can be read."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
