"""All declared registers. Filled when a measure's ``registers`` module is imported (each app's ``ready``)."""

from prongsai.registers.declaration import Register

_registers: dict[str, Register] = {}


def register(*declarations: type[Register]) -> None:
    for declaration in declarations:
        if declaration.key in _registers and type(_registers[declaration.key]) is not declaration:
            raise ValueError(f"two registers are called {declaration.key}")
        _registers[declaration.key] = declaration()


def register_of(key: str) -> Register | None:
    return _registers.get(key)


def all_registers() -> list[Register]:
    return [_registers[key] for key in sorted(_registers)]


def public_registers() -> list[Register]:
    return [r for r in all_registers() if r.public]


def register_for(record_type: str) -> Register | None:
    """The register that shows records of a model, by its label (``complaints.case``)."""
    for found in _registers.values():
        models = (found.model, found.acts_on)
        if any(model is not None and model._meta.label_lower == record_type for model in models):
            return found
    return None
