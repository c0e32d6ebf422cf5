"""Whether an upload may be kept: complete, not too large, not empty, of a kind that is taken."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.files import kinds
from prongsai.files.errors import HandleExpired
from prongsai.files.upload import EXPIRED, NOT_STORED, TOO_LARGE, SealedUpload

MIB = 1024 * 1024


def check(upload: SealedUpload) -> kinds.Kind:
    """The kind of the file. Raises ``ValidationError`` with a Thai sentence that names the file."""
    if upload.problem == EXPIRED:
        raise ValidationError(str(HandleExpired()), code=EXPIRED)
    if upload.problem == TOO_LARGE:
        raise error_of(upload, TOO_LARGE, too_large())
    if upload.problem == NOT_STORED:
        raise error_of(upload, NOT_STORED, _("ระบบไม่สามารถรับไฟล์ได้ในขณะนี้ โปรดแนบใหม่อีกครั้ง"))
    if not upload.size:
        raise error_of(upload, "empty", _("ไฟล์ไม่มีข้อมูล โปรดตรวจสอบแล้วแนบใหม่"))
    kind = kinds.recognise(upload.head, upload.name or "")
    if kind is None:
        raise error_of(upload, "file_type", _("ชนิดไฟล์ไม่ได้รับอนุญาต (รับ {kinds})").format(kinds=kinds.SHOWN))
    return kind


def largest() -> int:
    """Bytes of one file."""
    return settings.UPLOAD_FILE_LIMIT


def too_large() -> str:
    return _("ขนาดไฟล์เกิน {n} เมกะไบต์").format(n=f"{largest() / MIB:g}")


def error_of(upload: SealedUpload, code: str, sentence: str) -> ValidationError:
    return ValidationError(f"{upload.name}: {sentence}", code=code)
