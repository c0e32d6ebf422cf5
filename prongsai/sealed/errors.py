"""What can go wrong with sealed data. The text of each error is a Thai sentence that a person may be shown."""

from django.utils.translation import gettext as _


class SealError(ValueError):
    """Base of all of them."""


class CannotOpen(SealError):
    """Wrong key, wrong context, or changed bytes: authenticated encryption cannot tell which, and neither do we."""

    def __init__(self) -> None:
        super().__init__(_("ไม่สามารถเปิดข้อมูลที่ปิดผนึกได้ ข้อมูลอาจถูกแก้ไขหรือกุญแจไม่ถูกต้อง"))


class NotAMember(SealError):
    """The key in hand was never given this envelope, or only one of its two shares."""

    def __init__(self) -> None:
        super().__init__(_("ท่านมิได้เป็นผู้มีสิทธิเปิดข้อมูลที่ปิดผนึกนี้"))


class ShareMissing(NotAMember):
    """A handler without a custodian's release that is still valid."""

    def __init__(self) -> None:
        SealError.__init__(self, _("ต้องได้รับความเห็นชอบจากผู้เก็บรักษาข้อมูลก่อน หรือสิทธิเปิดข้อมูลหมดเวลาแล้ว"))


class SamePerson(SealError):
    """One person would hold both shares of a split envelope."""

    def __init__(self) -> None:
        super().__init__(_("ผู้รับผิดชอบเรื่องและผู้เก็บรักษาข้อมูลต้องมิใช่บุคคลเดียวกัน"))


class LastMember(SealError):
    """The last person who can open the envelope (or holds one of its shares) cannot be taken off."""

    def __init__(self) -> None:
        super().__init__(_("ต้องมีผู้รับผิดชอบอย่างน้อยหนึ่งคน โปรดเพิ่มผู้รับผิดชอบคนใหม่ก่อน"))


class ReleaseRefused(SealError):
    """A release that may not be made; the text says why."""


class NoKeys(SealError):
    """The person has no active pair of keys."""

    def __init__(self) -> None:
        super().__init__(_("ท่านยังไม่ได้ตั้งรหัสเปิดผนึก"))


class HasKeys(SealError):
    """The person already has an active pair of keys."""

    def __init__(self) -> None:
        super().__init__(_("ท่านตั้งรหัสเปิดผนึกไว้แล้ว"))


class WeakPassphrase(SealError):
    def __init__(self, least: int) -> None:
        super().__init__(_("รหัสเปิดผนึกต้องมีความยาวอย่างน้อย {n} ตัวอักษร").format(n=least))


class WrongPassphrase(SealError):
    """``left``: attempts that remain before the wait."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(_("รหัสเปิดผนึกไม่ถูกต้อง ท่านลองได้อีก {n} ครั้ง").format(n=left))


class LockedOut(SealError):
    """Too many wrong passphrases; ``minutes`` until the next attempt is taken."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(_("ท่านระบุรหัสไม่ถูกต้องหลายครั้ง โปรดลองใหม่ในอีก {n} นาที").format(n=minutes))


class BadCode(SealError):
    """Not a tracking code: wrong length, wrong letters, or the check character does not fit."""

    def __init__(self) -> None:
        super().__init__(_("เลขที่เรื่องหรือรหัสติดตามเรื่องไม่ถูกต้อง"))


class BadRecoveryKey(SealError):
    """Mistyped, or not a key of this organisation."""

    def __init__(self) -> None:
        super().__init__(_("กุญแจกู้คืนไม่ถูกต้อง โปรดตรวจสอบตัวอักษรทุกกลุ่มอีกครั้ง"))
