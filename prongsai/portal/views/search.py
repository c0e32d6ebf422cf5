"""Search over what is public: clauses, agencies, statements of zero. Matters that people brought are never searched."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.compliance.models import Clause, Statement
from prongsai.compliance.registers import Clauses
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Province
from prongsai.portal.keeping import kept
from prongsai.portal.marks import Piece, highlighted
from prongsai.portal.pages import clause_url, measure_name, province_of, show
from prongsai.registers.language import in_english, pick
from prongsai.registers.listing import search as narrow
from prongsai.thai.text import search_normalise, search_terms

SHOWN = 30
AROUND = 90
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    url: str
    title: list[Piece]
    note: str = ""
    excerpt: tuple[Piece, ...] = ()
    thai: bool = False  # the title is official Thai text
    excerpt_thai: bool = False


@dataclass(frozen=True)
class Group:
    name: str
    hits: list[Hit]
    count: int
    more_url: str = ""


@kept
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:LONGEST]
    province = province_of(request)
    groups: list[Group] = []
    if search_terms(query):
        groups = [_clauses(request.actor, query), _agencies(province, query), _statements(province, query)]  # type: ignore[attr-defined]
    found = [group for group in groups if group.count]
    context = {
        "search_query": query,
        "groups": found,
        "count": sum(group.count for group in found),
        "asked": bool(query),
    }
    return show(request, "search", context, changed=timezone.now(), trail=[(_("ค้นหา"), "")])


def _clauses(actor: Actor, query: str) -> Group:
    """The rows of the public register, so that "all of them" there are as many as counted here."""
    register = Clauses()
    rows = narrow(register.rows(actor), register.search, query).order_by(*register.order)
    hits = [_clause_hit(clause, query) for clause in rows[:SHOWN]]
    more = f"{reverse('portal:register', args=['clauses'])}?{urlencode({'q': query})}"
    return Group(_("ข้อตามประกาศ"), hits, rows.count(), more)


def _clause_hit(clause: Clause, query: str) -> Hit:
    """Shows the text in which something was found: what stands in the paper before what explains it."""
    texts = [(clause.text, True), (clause.printed, True), (clause.duty_th, True), (clause.english, False)]
    if in_english():
        texts.insert(0, (clause.english, False))
    found = ((t, thai) for t, thai in texts if any(piece.marked for piece in highlighted(t, query)))
    text, thai = next(found, texts[0])
    return Hit(
        clause_url(clause, clause.announcement),
        highlighted(f"{clause.code} {clause.title_th}", query),
        measure_name(clause.measure),
        tuple(highlighted(text, query, around=AROUND)),
        thai=True,
        excerpt_thai=thai,
    )


def _agencies(province: Province, query: str) -> Group:
    """A province has some hundred agencies: they are compared here, in the same way as the searched columns."""
    terms = search_terms(query)
    found = []
    for agency in Agency.objects.of(province).active():
        text = search_normalise(f"{agency.code} {agency.name_th} {agency.short_name} {agency.name_en}")
        if all(any(variant in text for variant in variants) for variants in terms):
            found.append(agency)
    hits = [
        Hit(
            reverse("portal:agency", args=[a.pk]),
            highlighted(pick(a.name_th, a.name_en), query),
            str(a.get_kind_display()),
        )
        for a in found[:SHOWN]
    ]
    return Group(_("รายชื่อหน่วยงาน"), hits, len(found), reverse("portal:agencies"))


def _statements(province: Province, query: str) -> Group:
    terms = search_terms(query)
    found = []
    for statement in (
        Statement.objects.filter(province=province).select_related("agency").order_by("-period_to", "pk")
    ):
        subject, agency = statement.get_subject_display(), statement.agency
        text = search_normalise(
            f"{subject} {Statement.Subject(statement.subject).label} {agency.name_th} {agency.name_en}"
        )
        if all(any(variant in text for variant in variants) for variants in terms):
            found.append(statement)
    url = reverse("portal:register", args=["statements"])
    hits = [
        Hit(url, highlighted(str(s.get_subject_display()), query), pick(s.agency.name_th, s.agency.name_en))
        for s in found[:SHOWN]
    ]
    return Group(_("คำรับรองว่าไม่มีเรื่อง"), hits, len(found), url)
