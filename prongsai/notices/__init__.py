"""The inbox: ``tell`` puts a neutral sentence into it, ``unread_count`` and ``mark_read`` are for the reader."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.notices.inbox import mark_read as mark_read
    from prongsai.notices.inbox import tell as tell
    from prongsai.notices.inbox import unread_count as unread_count

__all__ = ["mark_read", "tell", "unread_count"]


def __getattr__(name: str) -> Any:
    # Late, because models can only be imported once Django has loaded its applications.
    if name in __all__:
        from prongsai.notices import inbox

        return getattr(inbox, name)
    raise AttributeError(name)
