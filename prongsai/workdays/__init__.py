"""Government working days: ``calendar_for(province)`` counts them, from the holiday table of the database."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.workdays.office import calendar_for as calendar_for
    from prongsai.workdays.office import load_holidays as load_holidays

__all__ = ["calendar_for", "load_holidays"]


def __getattr__(name: str) -> Any:
    # Late, because models can only be imported once Django has loaded its applications.
    if name in __all__:
        from prongsai.workdays import office

        return getattr(office, name)
    raise AttributeError(name)
