"""What every page of the channel keeps to: only by a secure connection, never cached, and in nobody's count of requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from prongsai.confidential.agefile import LARGEST, NotAge
from prongsai.files.upload import SealedUpload

View = Callable[..., HttpResponseBase]
# The browser itself counts these as secure: what is sent does not leave the machine.
OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def is_own_machine(request: HttpRequest) -> bool:
    return split_domain_port(request.get_host())[0] in OWN_MACHINE


def secret_door(view: View) -> View:
    """403 with the reason over plain HTTP, except on the machine itself (the demonstration)."""

    @wraps(view)
    @never_cache
    @sensitive_post_parameters()
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.is_secure() or is_own_machine(request):
            response = view(request, *args, **kwargs)
        else:
            response = render(
                request,
                "confidential/public/plain_http.html",
                {"outside": request.actor.province.higher_authorities},
                status=403,
            )
        response.unwatched = True  # type: ignore[attr-defined]
        return response

    return guarded


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the request; {} for anything else."""
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def upload_of(request: HttpRequest, name: str) -> bytes:
    """The bytes of an uploaded part. Raises ``NotAge`` when there is none, or it is too large to be taken."""
    upload = request.FILES.get(name)
    if not isinstance(upload, SealedUpload) or upload.problem or upload.size > LARGEST:
        raise NotAge
    return upload.read()


def answer(status: int = 200, **content: Any) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
