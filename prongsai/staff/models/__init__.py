"""What is recorded of staff: invitations, roles proposed and given, departures."""

from prongsai.staff.models.departures import Departure
from prongsai.staff.models.grants import RoleGrant
from prongsai.staff.models.invitations import Invitation

__all__ = ["Departure", "Invitation", "RoleGrant"]
