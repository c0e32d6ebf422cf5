"""Find out how a Thai text file is encoded: offices send UTF-8, UTF-16 (Excel's "Unicode text") and TIS-620."""

import codecs
import re

_UNREADABLE = "ไม่สามารถอ่านรหัสอักขระของไฟล์ได้ โปรดบันทึกไฟล์เป็น UTF-8 หรือ TIS-620 แล้วลองใหม่"
# A mark that hangs on nothing is the sign of another code page (é in Latin-1 is ้ in TIS-620).
_DANGLING = re.compile("(?<![\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
_THAI = re.compile("[\u0e01-\u0e5b]")


class EncodingError(ValueError):
    """The bytes are not text in an encoding that can be recognised. ``str(error)`` is the Thai sentence to show."""

    def __init__(self) -> None:
        super().__init__(_UNREADABLE)


def decode_bytes(data: bytes) -> tuple[str, str]:
    """Text without its byte-order mark, and the encoding: ``utf-8-sig``, ``utf-16``, ``utf-8`` or ``cp874``.

    cp874 (a superset of TIS-620) is taken only when the result is plausible Thai. Raises :class:`EncodingError`.
    """
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8" if _decodes(data, "utf-8") else "cp874"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise EncodingError from None
    if "\x00" in text or (encoding == "cp874" and not _plausible(text)):
        raise EncodingError
    return text, encoding


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _plausible(text: str) -> bool:
    thai, dangling = len(_THAI.findall(text)), len(_DANGLING.findall(text))
    return thai > 0 and dangling * 20 <= thai
