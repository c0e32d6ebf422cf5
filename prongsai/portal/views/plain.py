"""Pages of standing text, and the small files that browsers and crawlers ask for."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.compliance.standing import STATES
from prongsai.organisation.models import Agency
from prongsai.portal.keeping import kept
from prongsai.portal.pages import TEXTS_CHANGED, province_of, show
from prongsai.portal.rings import TONES
from prongsai.registers.language import pick


@kept
def about(request: HttpRequest) -> HttpResponse:
    """What the states mean and where they come from."""
    meanings = {
        "done": _("มีหลักฐานในปีงบประมาณนี้ และไม่มีสิ่งใดค้างกำหนด"),
        "in_progress": _("มีกำหนดเวลาที่ยังมาไม่ถึง"),
        "due_soon": _("มีกำหนดเวลาภายใน 7 วัน"),
        "late": _("มีกำหนดเวลาที่ผ่านไปแล้วโดยยังมิได้ดำเนินการ"),
        "none": _("ยังไม่มีหลักฐานและยังไม่มีกำหนดเวลาในระบบ"),
    }
    states = [(TONES[key], pick(*STATES[key]), meaning) for key, meaning in meanings.items()]
    return show(request, "about", {"states": states}, changed=TEXTS_CHANGED, trail=[(_("เกี่ยวกับเว็บไซต์นี้"), "")])


@kept
def privacy(request: HttpRequest) -> HttpResponse:
    """Says who controls the data: the province, through its anti-corruption centre."""
    centre = (
        Agency.objects.of(province_of(request))
        .active()
        .filter(function=Agency.Function.ANTICORRUPTION_CENTRE)
        .first()
    )
    context = {"centre": centre, "contact": centre.contact if centre else {}}
    return show(request, "privacy", context, changed=TEXTS_CHANGED, trail=[(_("ประกาศความเป็นส่วนตัว"), "")])


@kept
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "accessibility", {}, changed=TEXTS_CHANGED, trail=[(_("การเข้าถึงเว็บไซต์"), "")])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages are for everyone; forms, tracking and lists in every order are not for crawlers."""
    closed = [reverse("complaints:track"), reverse("portal:search"), reverse("account_login"), "/*?"]
    sitemap = request.build_absolute_uri(reverse("portal:sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {sitemap}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("ui/mark.svg"))
