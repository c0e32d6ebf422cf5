"""Files that the centre sent with a message: for whoever holds the tracking code."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prongsai import files
from prongsai.complaints.models import MessageFile
from prongsai.complaints.views_tracking import tracked_receipt
from prongsai.files.models import ScanState


@never_cache
@require_GET
def matter_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A file that the centre sent with a message. One bad file says so and leads back; the matter stays open (C09)."""
    tracked = tracked_receipt(request)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"))
    receipt, key = tracked
    sent = MessageFile.objects.filter(message__receipt=receipt).exclude(message__released_at=None)
    found = sent.filter(file_id=pk).select_related("file__working_copy").first()
    if found is None:
        raise Http404
    opened = key.open(receipt.correspondence)
    try:
        if found.file.scan_state == ScanState.NOT_SCANNED:
            files.scan_opened(found.file, files.open_stream(found.file, opened))
        return files.serve(found.file, opened)
    except files.FileUnavailable as error:
        return render(request, "complaints/public/file_unavailable.html", {"why": str(error)}, status=404)
