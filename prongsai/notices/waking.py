"""Jobs of the worker's clock that need not wait for their minute."""

from contextlib import suppress
from functools import partial

from django.db import transaction


def wake_after_commit(job: str) -> None:
    """Let the worker do ``job`` as soon as the caller's transaction is committed; whoever asked before is enough.

    ``job`` names a task of the clock whose queueing lock has its own name. That the queue fails harms nothing: the clock
    comes anyway.
    """
    transaction.on_commit(partial(_wake, job), robust=True)


def _wake(job: str) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    with suppress(AlreadyEnqueued):
        app.configure_task(job, queueing_lock=job).defer(timestamp=0)
