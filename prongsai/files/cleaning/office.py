"""Word and Excel files (ECMA-376): properties, times, the author's folder, macros, and the hidden data of pictures inside go.

Names in the content itself (comments, tracked changes) are content, and stay.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from prongsai.files.cleaning import PARTS, UNPACKED, Bomb, NotCleaned
from prongsai.files.cleaning.pictures import clean_picture

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Relationships and content types still name these parts, so they stay, with nothing in them.
EMPTIED = {
    "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}"/>',
    "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docProps/custom.xml": f'{_XML}<Properties xmlns="{_OFFICE}/custom-properties"/>',
}
# Excel writes the folder in which the author saved: C:\Users\somebody\…
_FOLDER = re.compile(rb"<x15ac:absPath\b[^>]*?/>")
# Macros (MS-OFFMACRO2): their parts, what relates to them, and the types by which a program would look for them.
_MACRO_PART = re.compile(r"(?:^|/)(?:vbaProject[^/]*|vbaData\.xml)(?:\.rels)?$", re.IGNORECASE)
_MACRO_SHEET = re.compile(
    r"^xl/(?:macrosheets|dialogsheets)/", re.IGNORECASE
)  # Excel 4.0: cells that are commands
_MACRO_NAMED = re.compile(
    rb"<(?:\w+:)?(?:Relationship|Override)\b[^<>]*?(?:vbaProject|vbaData|wordVbaData)[^<>]*?"
    rb"(?:/>|>\s*</(?:\w+:)?(?:Relationship|Override)>)",
    re.IGNORECASE,
)
_TYPES = "[Content_Types].xml"
_OPEN = b"application/vnd.openxmlformats-officedocument."
_WITHOUT = {
    b"application/vnd.ms-office.vbaProject": b"application/octet-stream",  # of every .bin that says nothing else
    b"application/vnd.ms-word.document.macroEnabled.main+xml": _OPEN + b"wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml": _OPEN
    + b"wordprocessingml.template.main+xml",
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml": _OPEN + b"spreadsheetml.sheet.main+xml",
    b"application/vnd.ms-excel.template.macroEnabled.main+xml": _OPEN + b"spreadsheetml.template.main+xml",
}
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp)$", re.IGNORECASE)
_PICTURE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def clean_office(data: bytes) -> bytes:
    """Raises ``Bomb``, ``NotCleaned`` (locked parts, macros in cells), and what ``zipfile`` raises for a broken one."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        parts = source.infolist()
        # A part never gives more than it says here: zipfile stops at that size.
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Bomb
        if any(part.flag_bits & 1 or _MACRO_SHEET.search(part.filename) for part in parts):
            raise NotCleaned
        for part in parts:
            if _MACRO_PART.search(part.filename):
                continue
            bare = ZipInfo(part.filename)  # 1980-01-01, no comment, no extra field
            bare.compress_type = ZIP_DEFLATED
            target.writestr(bare, b"" if part.is_dir() else _clean(part.filename, source.read(part)))
    return out.getvalue()


def _clean(name: str, content: bytes) -> bytes:
    if name in EMPTIED:
        return EMPTIED[name].encode()
    if name == _TYPES or name.endswith(".rels"):
        return _without_macros(content)
    if name == "xl/workbook.xml":
        return _FOLDER.sub(b"", content)
    if _PICTURE.search(name) and content.startswith(_PICTURE_HEADS):
        return clean_picture(content)
    return content


def _without_macros(content: bytes) -> bytes:
    """The package's list of types, or of relations, without what names a macro. Other than UTF-8 is not looked into."""
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise NotCleaned
    content = _MACRO_NAMED.sub(b"", content)
    for with_macros, without in _WITHOUT.items():
        content = content.replace(with_macros, without)
    if re.search(rb"macroEnabled|vbaProject|xlMacrosheet", content, re.IGNORECASE):
        raise NotCleaned
    return content
