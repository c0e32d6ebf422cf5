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
