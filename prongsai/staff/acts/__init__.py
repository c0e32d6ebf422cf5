"""The verbs of staff: invite, give a role by two persons, let somebody leave, help with a lost passphrase."""

from prongsai.staff.acts.granting import ConfirmRole, DeclineRole, ProposeRole, RetractRole, WithdrawRole
from prongsai.staff.acts.inviting import AcceptInvitation, Invite, LapseInvitation, Resend, RevokeInvitation
from prongsai.staff.acts.leaving import CancelDeparture, CompleteDeparture, OrderDeparture
from prongsai.staff.acts.recovering import DrillRecovery, Recover, RequestRecovery

ALL = [
    Invite,
    Resend,
    RevokeInvitation,
    AcceptInvitation,
    LapseInvitation,
    ProposeRole,
    ConfirmRole,
    DeclineRole,
    RetractRole,
    WithdrawRole,
    OrderDeparture,
    CancelDeparture,
    CompleteDeparture,
    RequestRecovery,
    Recover,
    DrillRecovery,
]

__all__ = ["ALL", *(act.__name__ for act in ALL)]
