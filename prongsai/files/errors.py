"""What can go wrong with files. The text of each error is a Thai sentence that a person may be shown."""

from django.utils.translation import gettext as _


class FileUnavailable(Exception):
    """A file cannot be given out; whatever page names it goes on without it (base of the ones below)."""


class BlobMissing(FileUnavailable):
    def __init__(self) -> None:
        super().__init__(_("ไม่พบไฟล์นี้ในที่เก็บไฟล์ โปรดแจ้งผู้ดูแลระบบ"))


class BlobCorrupt(FileUnavailable):
    """Changed, cut or exchanged on the disk, or the key is not this file's."""

    def __init__(self) -> None:
        super().__init__(_("ไฟล์นี้เสียหายหรือถูกแก้ไขในที่เก็บไฟล์ โปรดแจ้งผู้ดูแลระบบ"))


class FileRemoved(FileUnavailable):
    def __init__(self) -> None:
        super().__init__(_("ไฟล์นี้ถูกนำออกแล้ว"))


class FileHarmful(FileUnavailable):
    """A virus was found in it after it had been kept. It stays sealed as it is, and is given to nobody."""

    def __init__(self) -> None:
        super().__init__(_("พบไวรัสในไฟล์นี้ ระบบเก็บไว้โดยปิดผนึกตามเดิม และไม่เปิดให้ดาวน์โหลด"))


class HiddenDataLeft(FileUnavailable):
    """There is no copy without hidden data, so that it is not passed on to people who must not know where it is from."""

    def __init__(self) -> None:
        super().__init__(_("ไฟล์นี้ยังมีข้อมูลแฝงซึ่งระบบลบให้มิได้ จึงส่งต่อมิได้"))


class HandleExpired(ValueError):
    """What a handle stands for is gone: older than a day, already kept, or not a handle of ours."""

    def __init__(self) -> None:
        super().__init__(_("ไฟล์ที่แนบไว้ก่อนหน้านี้หมดเวลาแล้ว โปรดแนบใหม่อีกครั้ง"))
