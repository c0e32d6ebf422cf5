"""All declared acts and duties. Filled when a measure's ``acts`` module is imported (each app's ``ready``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prongsai.acts.declaration import record_type

if TYPE_CHECKING:
    from prongsai.acts.declaration import Act, Duty

_acts: dict[str, Act] = {}
_duties: dict[str, Duty] = {}


def register(*declarations: type[Act] | type[Duty]) -> None:
    """Enter acts and duties. Called once, from ``AppConfig.ready``; a key twice is a programming error."""
    from prongsai.acts.declaration import Act

    for declaration in declarations:
        shelf: dict[str, Any] = _acts if issubclass(declaration, Act) else _duties
        key = declaration.key()
        if key in shelf and type(shelf[key]) is not declaration:
            raise ValueError(f"two declarations are called {key}")
        shelf[key] = declaration()


def act_of(key: str) -> Act:
    return _acts[key]


def duty_of(key: str) -> Duty:
    return _duties[key]


def all_acts() -> list[Act]:
    return [_acts[key] for key in sorted(_acts)]


def all_duties() -> list[Duty]:
    return [_duties[key] for key in sorted(_duties)]


def acts_for(model: Any) -> list[Act]:
    """The acts on one kind of record, in the order of their declaration."""
    wanted = record_type(model)
    return [act for act in _acts.values() if record_type(act.record) == wanted]
