"""The inbox and its mails: ``tell`` puts a neutral sentence in, ``deliver`` (the worker) sends what goes out by mail.

For the reader ``unread_count`` and ``mark_read``; for the rooms above ``To`` (whoever holds a role) and ``bar`` (who is
never told of a record), ``withdraw`` (who must not know of it any more); for the operator ``mail_health``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.notices.addressing import To as To
    from prongsai.notices.addressing import bar as bar
    from prongsai.notices.inbox import choose as choose
    from prongsai.notices.inbox import mark_read as mark_read
    from prongsai.notices.inbox import put as put
    from prongsai.notices.inbox import tell as tell
    from prongsai.notices.inbox import unread_count as unread_count
    from prongsai.notices.inbox import withdraw as withdraw
    from prongsai.notices.outbox import MailHealth as MailHealth
    from prongsai.notices.outbox import deliver as deliver
    from prongsai.notices.outbox import mail_health as mail_health

_FROM = {
    "To": "addressing",
    "bar": "addressing",
    "choose": "inbox",
    "mark_read": "inbox",
    "put": "inbox",
    "tell": "inbox",
    "unread_count": "inbox",
    "withdraw": "inbox",
    "MailHealth": "outbox",
    "deliver": "outbox",
    "mail_health": "outbox",
}
__all__ = [
    "MailHealth",
    "To",
    "bar",
    "choose",
    "deliver",
    "mail_health",
    "mark_read",
    "put",
    "tell",
    "unread_count",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    # Late, because models can only be imported once Django has loaded its applications.
    if name in _FROM:
        return getattr(import_module(f"prongsai.notices.{_FROM[name]}"), name)
    raise AttributeError(name)
