"""The second factor (allauth.mfa) as this house keeps it: secrets encrypted, pictures drawn here, words in Thai."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from io import BytesIO
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _
from nacl.secret import SecretBox

from prongsai.organisation.keyed import keyed_hash
from prongsai.organisation.models import User
from prongsai.organisation.provinces import current_province
from prongsai.signin.enforcement import is_last_factor, must_have

NAME = "โปร่งใส"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("รหัสไม่ถูกต้องหรือใช้ไปแล้ว"),
        "cannot_delete_authenticator": "บทบาทของท่านต้องยืนยันตัวตนสองขั้น โปรดเพิ่มวิธีอื่นก่อนนำวิธีสุดท้ายออก",
        "cannot_generate_recovery_codes": "โปรดเพิ่มแอปยืนยันตัวตนหรือพาสคีย์ก่อนจึงจะสร้างรหัสกู้คืนได้",
    }

    def encrypt(self, text: str) -> str:
        """What the database holds: XSalsa20-Poly1305 under a key derived from the house's lookup key."""
        return urlsafe_b64encode(_box().encrypt(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(urlsafe_b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        out = BytesIO()
        segno.make(url, error="m", micro=False).save(out, kind="svg", scale=5, border=4, xmldecl=False)
        return out.getvalue().decode()

    def get_totp_issuer(self) -> str:
        province = current_province()
        return f"{NAME} {province}" if province else NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        actor = self.request.actor
        return not (must_have(actor) and is_last_factor(authenticator))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"พาสคีย์ {count + 1}"

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:  # type: ignore[override]
        name = user.person.full_name if user.person else user.email
        return {**super().get_public_key_credential_user_entity(user), "display_name": name}

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


def _box() -> SecretBox:
    return SecretBox(keyed_hash(b"", b"signin.totp"))
