"""What a file is, by its content. Plain Python. Only these kinds are taken in; names and headers prove nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Kind:
    """``endings``: the first one is added to a download whose name has none of them (``x.hta`` → ``x.hta.pdf``)."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    inline: bool = False  # may be shown in the browser: nothing in it runs there


PDF = Kind("pdf", "application/pdf", ("pdf",))
JPEG = Kind("jpeg", "image/jpeg", ("jpg", "jpeg", "jfif"), inline=True)
PNG = Kind("png", "image/png", ("png",), inline=True)
WEBP = Kind("webp", "image/webp", ("webp",), inline=True)
HEIC = Kind("heic", "image/heic", ("heic", "heif"))
MP3 = Kind("mp3", "audio/mpeg", ("mp3",), inline=True)
M4A = Kind("m4a", "audio/mp4", ("m4a", "m4b", "mp4"), inline=True)
MP4 = Kind("mp4", "video/mp4", ("mp4", "m4v"), inline=True)
MOV = Kind("mov", "video/quicktime", ("mov", "qt"))
THREE_GP = Kind("3gp", "video/3gpp", ("3gp", "3g2"))
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
DOCM = Kind("docm", "application/vnd.ms-word.document.macroEnabled.12", ("docm",))
XLSM = Kind("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", ("xlsm",))
TXT = Kind("txt", "text/plain; charset=utf-8", ("txt",))
TXT_874 = Kind("txt-874", "text/plain; charset=windows-874", ("txt",))

KINDS = {
    kind.name: kind
    for kind in (
        PDF,
        JPEG,
        PNG,
        WEBP,
        HEIC,
        MP3,
        M4A,
        MP4,
        MOV,
        THREE_GP,
        DOCX,
        XLSX,
        DOCM,
        XLSM,
        TXT,
        TXT_874,
    )
}
# With macros only the original is kept; what is given out has been converted (M5.2.2.7). Without that it is not taken.
CONVERTED = {DOCM.name: DOCX, XLSM.name: XLSX}
# For the sentence that says what may be attached.
SHOWN = "PDF, JPG, PNG, WEBP, HEIC, MP3, M4A, MP4, MOV, 3GP, DOCX, XLSX, DOCM, XLSM, TXT"

_MAGIC = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"ID3", MP3))
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    b"qt  ": MOV,
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"), MP4
    ),
}
_TEXT_CONTROLS = frozenset(range(32)) - set(b"\t\n\f\r")


def recognise(head: bytes, name: str) -> Kind | None:
    """The kind of a file by its first 8 KiB (``name`` decides only where bytes cannot), or None: not taken."""
    for magic, sort in _MAGIC:
        if head.startswith(magic):
            return sort
    ending = ending_of(name)
    finders: tuple[Callable[[], Kind | None], ...] = (
        lambda: PDF if head[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-") else None,
        lambda: WEBP if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None,
        lambda: _by_brand(head),
        lambda: _by_office_part(head, ending),
        lambda: MP3 if ending in MP3.endings and _is_mpeg_frame(head) else None,
        lambda: _text(head) if ending in TXT.endings else None,
    )
    return next((kind for find in finders if (kind := find())), None)


def fitting_name(name: str, kind: Kind) -> str:
    """``name`` with an ending that belongs to the content, so that no program runs what it is not."""
    return name if ending_of(name) in kind.endings else f"{name}.{kind.endings[0]}"


def ending_of(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".").lower()


def _by_brand(head: bytes) -> Kind | None:
    """ISO base media (ISO/IEC 14496-12): the major brand in the ``ftyp`` box."""
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    return THREE_GP if brand.startswith((b"3gp", b"3g2")) else _BRANDS.get(brand)


def _by_office_part(head: bytes, ending: str) -> Kind | None:
    """Office Open XML: a ZIP with parts in ``word/`` or ``xl/``, whatever their order (each program has its own).

    With macros by its ending or by a part that shows in the head; further in, the conversion takes them out all the same.
    """
    if not head.startswith(b"PK\x03\x04"):
        return None
    parts = set()
    at = 0
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        parts.add(head[at + 30 : at + 30 + length].split(b"/")[0])
        at = head.find(b"PK\x03\x04", at + 4)
    macros = b"vbaProject" in head or ending in CONVERTED
    text, sheet = (DOCM, XLSM) if macros else (DOCX, XLSX)
    if b"word" in parts or b"xl" in parts:
        return text if b"word" in parts else sheet
    # Neither folder is in the first 8 KiB: the common parts say that it is such a document, the name which one.
    common = parts & {b"[Content_Types].xml", b"_rels", b"docProps"} and b"ppt" not in parts
    return {"docx": text, "docm": text, "xlsx": sheet, "xlsm": sheet}.get(ending) if common else None


def _is_mpeg_frame(head: bytes) -> bool:
    """An MPEG audio header: sync, a known version and layer, a bit rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return head[1] & 0x18 != 0x08 and head[1] & 0x06 != 0 and head[2] >> 4 not in (0, 15)


def _text(head: bytes) -> Kind | None:
    if not head or _TEXT_CONTROLS & set(head):
        return None
    for cut in range(4):  # the head may end inside of a character
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return TXT
    try:
        head.decode("cp874")
    except UnicodeDecodeError:
        return None
    return TXT_874
