"""What an operator does for somebody who has lost telephone, passkey and recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from prongsai.organisation.commands import find_user
from prongsai.signin import records

OPERATOR = "ผู้ดูแลเครื่องแม่ข่าย (คำสั่ง prongsai user unpair)"


@transaction.atomic
def remove_factors(email: str) -> int:
    """Take off every second factor and end every session of the account; recorded and told. How many there were.

    Raises ``organisation.commands.CommandRefused`` where there is no such account.
    """
    user = find_user(email)
    taken = Authenticator.objects.filter(user=user).delete()[0]
    for session in UserSession.objects.filter(user=user):
        session.end()
    text = "ผู้ดูแลระบบนำวิธียืนยันตัวตนขั้นที่สองของท่านออกแล้ว โปรดเพิ่มใหม่ หากท่านมิได้ขอ โปรดแจ้งหัวหน้าหน่วยงานโดยเร็ว"
    records.changed(user, "factors_removed_by_operator", text, by=OPERATOR, taken=taken)
    return taken
