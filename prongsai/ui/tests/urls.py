"""Addresses as the house has them: public ones carry the language, the office's do not."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import get_language

handler403 = "prongsai.ui.views.permission_denied"
handler404 = "prongsai.ui.views.page_not_found"


def language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("ผู้ขอและผู้อนุมัติต้องมิใช่บุคคลเดียวกัน")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("no Case with key 7")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("office/", language),
    path("office/forbidden", forbidden),
    path("office/missing", missing),
    *i18n_patterns(path("", language, name="home"), prefix_default_language=False),
]
