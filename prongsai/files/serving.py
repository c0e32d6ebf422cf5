"""Giving a file out. Only a view that has checked the person calls this; there is no public address of a file (G33)."""

from django.http import StreamingHttpResponse

from prongsai.files.models import SealedFile
from prongsai.files.storing import meta_of, open_stream
from prongsai.files.unsealed import Unsealed
from prongsai.sealed.opening import OpenEnvelope
from prongsai.thai.filenames import content_disposition

# Whatever is in the file, it gets no scripts, no origin and no network.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox"


def serve(
    file: SealedFile, opened: OpenEnvelope | Unsealed, *, inline: bool = False, original: bool = False
) -> StreamingHttpResponse:
    """The decrypted working copy (or the ``original``) as a download; ``inline`` for images, sound and film only.

    Raises ``FileUnavailable`` before the response begins. Damage met later breaks the connection before
    ``Content-Length`` is reached, so that the browser knows that the download failed.
    """
    if not original:
        file = file.given_out
    name, kind, _salt = meta_of(file, opened)
    response = StreamingHttpResponse(open_stream(file, opened), content_type=kind.content_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition(name, inline=inline and kind.inline)
    return shut(response)


def shut(response: StreamingHttpResponse) -> StreamingHttpResponse:
    """Kept by nobody on the way, taken for nothing else, able to do nothing."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
