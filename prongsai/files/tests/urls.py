"""A form with files, as a measure would have it: an invalid form is shown again, a valid one keeps its files."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from prongsai import files
from prongsai.config import urls as house
from prongsai.files.fields import SealedFilesField
from prongsai.sealed.models import Envelope


class FilingForm(forms.Form):
    story = forms.CharField()
    files = SealedFilesField(label="ไฟล์", required=False, max_files=3)


@csrf_exempt
def filing(request: HttpRequest, envelope: Any) -> HttpResponse:
    form = FilingForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(form.as_p(), status=422)
    target = Envelope.objects.get(pk=envelope)
    kept = []
    with transaction.atomic():
        for upload in form.cleaned_data["files"]:
            kept.append(files.keep(upload, target, record=("test.case", "1"), kind="evidence"))
        if form.cleaned_data["story"] == "roll back":
            transaction.set_rollback(True)
            return HttpResponse(form.as_p(), status=409)
    return JsonResponse({"kept": [str(file.pk) for file in kept]})


@csrf_exempt
def reading(request: HttpRequest) -> HttpResponse:
    """As an import does: reads the upload, keeps nothing."""
    return HttpResponse(request.FILES["list"].read())


handler400 = house.handler400
urlpatterns = [path("file/<uuid:envelope>/", filing), path("read/", reading), *house.urlpatterns]
