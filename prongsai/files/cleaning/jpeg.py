"""JPEG without its hidden parts, the picture untouched bit by bit (ITU-T T.81, JFIF, Exif 2.32)."""

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP = range(0xE0, 0xF0)
# What the picture needs to look the same: its scale, its colour profile, its colour transform.
KEPT = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))


def strip(data: bytes) -> bytes:
    """Only the segments that draw the picture, up to its end: no Exif, XMP, IPTC, comment, preview or second picture.

    Raises ``ValueError`` for what is not built as the standard says.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    out, at = bytearray(data[:2]), 2
    while True:
        at = _marker(data, at)
        code = data[at + 1]
        if code == EOI:
            return bytes(out + b"\xff\xd9")
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise ValueError("a segment is cut off")
        if code == SOS:
            end = _end_of_scan(data, end)
        if not _is_hidden(code, data[at + 4 : end]):
            out += data[at:end]
        at = end


def _is_hidden(code: int, content: bytes) -> bool:
    if code == COM:
        return True
    return code in APP and not any(code == app and content.startswith(name) for app, name in KEPT)


def _marker(data: bytes, at: int) -> int:
    """Where the next marker is; fill bytes (any number of FF) may stand before it."""
    if data[at : at + 1] != b"\xff":
        raise ValueError("no marker where one must be")
    while data[at + 1 : at + 2] == b"\xff":
        at += 1
    if at + 1 >= len(data):
        raise ValueError("no end")
    return at


def _end_of_scan(data: bytes, at: int) -> int:
    """Entropy-coded data ends before a marker that is neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("no end")
        code = data[at + 1]
        if code not in (0x00, 0xFF) and not 0xD0 <= code <= 0xD7:
            return at
        at += 1 if code == 0xFF else 2
