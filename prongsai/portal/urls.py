"""Addresses of the public site. Codes of clauses may hold any character (``M6.2.3.(10)``, ``ข้อ ๑/๒``)."""

from django.urls import include, path

from prongsai.portal.views import (
    agencies,
    announcement,
    calendar,
    catalogue,
    clauses,
    evidence,
    feeds,
    home,
    plain,
    registers,
    search,
    sitemaps,
    verify,
)

pages = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("announcement/", announcement.announcement, name="announcement"),
    path("announcement/<str:key>/", announcement.announcement, name="announcement"),
    path("measures/<str:code>/", clauses.measure, name="measure"),
    path("measures/<str:key>/<str:code>/", clauses.measure, name="measure"),
    path("clauses/<str:key>/<path:code>/", clauses.clause, name="clause"),
    path("agencies/", agencies.tree, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("evidence/<int:entry_id>/", evidence.entry, name="evidence"),
    path("evidence/<int:entry_id>/proof.json", evidence.proof, name="proof"),
    path("registers/", registers.index, name="registers"),
    path("registers/<slug:key>/", registers.listing, name="register"),
    path("registers/<slug:key>.csv", registers.export, {"kind": "csv"}, name="register-csv"),
    path("registers/<slug:key>.xlsx", registers.export, {"kind": "xlsx"}, name="register-xlsx"),
    path("registers/<slug:key>.json", registers.export, {"kind": "json"}, name="register-json"),
    path("data/catalog.json", catalogue.catalogue, name="catalogue"),
    path("feeds/evidence.<str:kind>", feeds.evidence, name="feed-evidence"),
    path("feeds/statements.<str:kind>", feeds.statements, name="feed-statements"),
    path("feeds/agencies/<int:pk>.<str:kind>", feeds.agency, name="feed-agency"),
    path("feeds/clauses/<str:key>/<path:code>.<str:kind>", feeds.clause, name="feed-clause"),
    path("calendar.ics", calendar.calendar, name="calendar"),
    path("verify/", verify.verify, name="verify"),
    path("verify/verify.py", verify.program, name="verify-program"),
    path("about/", plain.about, name="about"),
    path("privacy/", plain.privacy, name="privacy"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("robots.txt", plain.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("favicon.ico", plain.favicon, name="favicon"),
]

urlpatterns = [
    path("", include((pages, "portal"))),
    path("complaints/", include("prongsai.complaints.urls")),
    path("confidential/", include("prongsai.confidential.urls")),
    path("protection/", include("prongsai.protection.urls")),
]
