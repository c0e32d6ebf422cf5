"""PDF: document information, XMP, applications' own data and thumbnails go, also inside of its pictures. Pages stay."""

from io import BytesIO

import pikepdf
from pikepdf import Name

from prongsai.files.cleaning import NotCleaned, jpeg

HIDDEN = (Name.Metadata, Name.PieceInfo, Name.Thumb, Name.LastModified)


def clean_pdf(data: bytes) -> bytes:
    """Raises ``NotCleaned`` for one that is locked, and what pikepdf raises for a broken one."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise NotCleaned from error
    with pdf:
        # The identity is made of path and time, and ties copies of a document together: a new one, of the content.
        for name in (Name.Info, Name.ID):
            if name in pdf.trailer:
                del pdf.trailer[name]
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
                _strip(thing)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, encryption=False)
        return out.getvalue()


def _strip(thing: pikepdf.Object) -> None:
    for name in HIDDEN:
        if name in thing:
            del thing[name]
    if isinstance(thing, pikepdf.Stream) and _is_jpeg(thing):
        whole = thing.read_raw_bytes()
        try:
            bare = jpeg.strip(whole)
        except ValueError:
            return  # readers are more lenient than the standard; the page is worth more than its picture's comment
        if bare != whole:
            how = thing.get(Name.DecodeParms)  # its colours may depend on it
            known = how if isinstance(how, pikepdf.Dictionary | pikepdf.Array) else None
            thing.write(bare, filter=Name.DCTDecode, decode_parms=known)


def _is_jpeg(stream: pikepdf.Object) -> bool:
    used = stream.get(Name.Filter)
    if isinstance(used, pikepdf.Array):
        return len(used) == 1 and used[0] == Name.DCTDecode
    return used == Name.DCTDecode
