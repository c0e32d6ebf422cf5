"""Giving a file out. Only a view that has checked the person calls this; there is no public address of a file (G33)."""

from django.http import StreamingHttpResponse

from prongsai.files.models import SealedFile
from prongsai.files.storing import meta_of, open_stream
from prongsai.sealed.opening import OpenEnvelope
from prongsai.thai.filenames import content_disposition

# Whatever is in the file, it gets no scripts, no origin and no network.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox"


def serve(file: SealedFile, opened: OpenEnvelope, *, inline: bool = False) -> StreamingHttpResponse:
    """The decrypted file as a download, or ``inline`` for images, sound and film (others are downloads all the same).

    Raises ``FileUnavailable`` before the response begins. Damage met later breaks the connection before
    ``Content-Length`` is reached, so that the browser knows that the download failed.
    """
    name, kind, _salt = meta_of(file, opened)
    response = StreamingHttpResponse(open_stream(file, opened), content_type=kind.content_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition(name, inline=inline and kind.inline)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
