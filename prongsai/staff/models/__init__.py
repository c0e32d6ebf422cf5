"""What is recorded of staff: invitations, roles proposed and given, departures, lost passphrases."""

from prongsai.staff.models.departures import Departure
from prongsai.staff.models.grants import RoleGrant
from prongsai.staff.models.invitations import Invitation
from prongsai.staff.models.recoveries import KeyRecovery, RecoveryDrill

__all__ = ["Departure", "Invitation", "KeyRecovery", "RecoveryDrill", "RoleGrant"]
