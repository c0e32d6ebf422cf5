"""Pictures: turned as they are meant to be seen, colour profile kept, everything else that is not the picture left out."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin
from PIL.ExifTags import Base

from prongsai.files.cleaning import PIXELS, Bomb, NotCleaned, jpeg

FORMATS = ("JPEG", "PNG", "WEBP")
KEPT = frozenset({"transparency", "gamma", "dpi"})
JPEG_QUALITY, WEBP_QUALITY = 95, 95

Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked


def clean_picture(data: bytes) -> bytes:
    """Raises ``Bomb``, ``NotCleaned`` (moving pictures), and what Pillow raises for a broken one."""
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            raise Bomb
        if picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
            raise NotCleaned
        turned = picture.getexif().get(Base.Orientation, 1) not in (0, 1)
        if picture.format in ("JPEG", "MPO") and not turned:
            return jpeg.strip(data)
        return _written(picture, data)


def _written(picture: Image.Image, data: bytes) -> bytes:
    """Anew, from its pixels. Orientation is applied first, because what says it goes (C47)."""
    options = _options(picture, data)
    upright = ImageOps.exif_transpose(picture)
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    # What a format's writer takes from ``info`` by itself must not be there.
    upright.info = {key: value for key, value in upright.info.items() if key in KEPT}
    out = BytesIO()
    upright.save(out, **options)
    return out.getvalue()


def _options(picture: Image.Image, data: bytes) -> dict[str, Any]:
    if picture.format == "PNG":
        return {"format": "PNG"}
    if picture.format == "WEBP":
        lossless = b"VP8L" in data[:64]
        return {"format": "WEBP", "lossless": lossless, "quality": 80 if lossless else WEBP_QUALITY}
    sampling = JpegImagePlugin.get_sampling(picture)
    return {"format": "JPEG", "quality": JPEG_QUALITY, **({"subsampling": sampling} if sampling >= 0 else {})}
