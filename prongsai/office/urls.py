"""Addresses of the staff site. The officer's own keys (``key/…``) belong to ``sealed`` and are mounted beside."""

from django.urls import path

from prongsai.office.views import (
    acts,
    dashboard,
    desk,
    documents,
    exports,
    files,
    notices,
    records,
    registers,
    search,
    signed_papers,
)

app_name = "office"

urlpatterns = [
    path("", desk.my_work, name="my-work"),
    path("notices/", notices.inbox, name="notices"),
    path("notices/mail/", notices.by_mail, name="notices-mail"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/read/", notices.read, name="notices-read"),
    path("registers/", registers.index, name="registers"),
    path("registers/<slug:key>/", registers.listing, name="register"),
    path("registers/<slug:key>.csv", registers.export, {"kind": "csv"}, name="register-csv"),
    path("registers/<slug:key>.xlsx", registers.export, {"kind": "xlsx"}, name="register-xlsx"),
    path("registers/<slug:key>/export/", exports.ask, name="export-ask"),
    path("exports/<uuid:pk>/", exports.page, name="export"),
    path("exports/<uuid:pk>/file.xlsx", exports.download, name="export-file"),
    path("exports/<uuid:pk>/cancel/", exports.cancel, name="export-cancel"),
    path("registers/<slug:key>/<uuid:pk>/", records.record, name="record"),
    path(
        "registers/<slug:key>/<uuid:pk>/documents/<slug:document>.<str:kind>",
        documents.document,
        name="document",
    ),
    path("registers/<slug:key>/<uuid:pk>/files.zip", files.every_file, name="record-files"),
    path("act/<str:key>/new/", acts.make, name="make"),
    path("act/<str:key>/<uuid:pk>/", acts.act, name="act"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("files/<uuid:pk>/original/", files.original, name="file-original"),
    path("signed-papers/", signed_papers.scan, name="signed-papers"),
    path("signed-papers/file/", signed_papers.file_scan, name="signed-papers-file"),
    path("dashboard/", dashboard.overview, name="dashboard"),
    path("dashboard/<str:measure>/", dashboard.cell, name="dashboard-measure"),
    path("dashboard/<str:measure>/<int:agency_id>/", dashboard.cell, name="dashboard-cell"),
    path("search/", search.search, name="search"),
]
