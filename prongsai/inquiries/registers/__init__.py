"""How fact-finding is seen: six registers, one door (``access.inquiries_of``). No list holds a name of the accused."""

from prongsai.inquiries.registers.inquiries import Inquiries
from prongsai.inquiries.registers.parts import Respondents, Statements, Summonses
from prongsai.inquiries.registers.sanctions import Sanctions
from prongsai.inquiries.registers.seats import Seats

ALL = [Inquiries, Seats, Respondents, Summonses, Statements, Sanctions]

__all__ = ["ALL", "Inquiries", "Respondents", "Sanctions", "Seats", "Statements", "Summonses"]
