"""What is done with an upload before it is kept: looked at by the scanner, copied without hidden data. Once for each."""

import logging

from django.utils.translation import gettext as _

from prongsai.files import cleaning, scanning
from prongsai.files.checking import check, error_of
from prongsai.files.errors import FileUnavailable
from prongsai.files.kinds import CONVERTED, Kind
from prongsai.files.models import ScanState
from prongsai.files.upload import SealedUpload
from prongsai.files.working import make_working_copy

log = logging.getLogger(__name__)


def examine(upload: SealedUpload) -> Kind:
    """``check``, then scan and working copy, as ``upload.scan`` and ``upload.working``.

    Raises ``ValidationError`` with a sentence that names the file, also for what the scanner finds and for files that are
    huge once they are opened, or whose macros cannot be taken out. A scanner that does not answer, and another file that
    cannot be cleaned, stop nobody.
    """
    kind = check(upload)
    if upload.scan != ScanState.CLEAN:
        upload.scan = _scanned(upload)
    if not upload.examined:
        try:
            upload.working = make_working_copy(upload, kind)
        except cleaning.Bomb as error:
            raise error_of(upload, "bomb", _TOO_LARGE_INSIDE()) from error
        except (OSError, FileUnavailable):
            log.exception("no working copy was made")
        upload.examined = True
    if kind.name in CONVERTED and upload.working is None:
        raise error_of(upload, "macros", _MACROS().format(kind=CONVERTED[kind.name].endings[0]))
    return kind


def _scanned(upload: SealedUpload) -> str:
    try:
        found = scanning.look(upload.chunks())
    except scanning.NotScanned:
        return ScanState.NOT_SCANNED
    except FileUnavailable:
        return ScanState.NOT_SCANNED
    if found:
        raise error_of(upload, "virus", _HARMFUL().format(name=found))
    return ScanState.CLEAN


def _HARMFUL() -> str:
    return _(
        "พบไวรัสในไฟล์นี้ ({name}) ระบบจึงมิได้รับไว้ หากเป็นหลักฐาน โปรดส่งเป็นภาพหน้าจอหรือภาพถ่ายของเอกสารแทน หรือแจ้งไว้ในข้อความ"
    )


def _MACROS() -> str:
    return _(
        "ไฟล์นี้มีชุดคำสั่ง (แมโคร) ซึ่งระบบแยกออกมิได้ จึงมิได้รับไว้ โปรดบันทึกเป็น PDF หรือ .{kind} แล้วแนบใหม่ ข้อมูลอื่นที่กรอกยังอยู่ครบ"
    )


def _TOO_LARGE_INSIDE() -> str:
    return _(
        "เมื่อเปิดแล้วไฟล์มีขนาดใหญ่ผิดปกติ ระบบจึงมิได้รับไว้ โปรดลดขนาดภาพ (ไม่เกิน {n} ล้านพิกเซล) หรือแยกเอกสารเป็นหลายไฟล์"
    ).format(n=cleaning.PIXELS // 1_000_000)
