"""How records are listed, filtered, counted, searched, exported and published: one row scope per register."""

from prongsai.registers.declaration import Choice, Column, Period, Register, Truth
from prongsai.registers.registry import all_registers, public_registers, register, register_for, register_of

__all__ = [
    "Choice",
    "Column",
    "Period",
    "Register",
    "Truth",
    "all_registers",
    "public_registers",
    "register",
    "register_for",
    "register_of",
]
