"""What is recorded of the protection of reporters (M6.2.3.(13)): the sealed file, and every adverse personnel action.

Who is protected stands in sealed parts only. What must be compared without opening anything (a person of an action with
the persons of the files) is a keyed hash: a copy of the database without the house's key says nothing about anybody.
"""

from prongsai.protection.models.case import Measure, Note, ProtectionCase, Review
from prongsai.protection.models.hr_action import HrAction, RetaliationAlert
from prongsai.protection.models.instruction import Instruction

__all__ = ["HrAction", "Instruction", "Measure", "Note", "ProtectionCase", "RetaliationAlert", "Review"]
