"""All addresses: the public site in two languages, the office, sign-in, and the health check."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from prongsai.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("prongsai.organisation.urls")),
    path("account/invitation/", include("prongsai.staff.urls")),
    path("account/thaid/", include("prongsai.staff.thaid.urls")),
    path("account/", include("prongsai.signin.urls")),
    path("office/", include("prongsai.office.urls")),
    path("office/complaints/", include("prongsai.complaints.urls_office")),
    path("office/key/", include("prongsai.sealed.urls")),
    path("office/confidential/", include("prongsai.confidential.urls_office")),
    path("api/v1/", include("prongsai.api.urls")),
    *i18n_patterns(
        path("api/", include("prongsai.api.docs_urls")),
        path("", include("prongsai.portal.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "prongsai.ui.views.bad_request"
handler403 = "prongsai.ui.views.permission_denied"
handler404 = "prongsai.ui.views.page_not_found"
handler500 = "prongsai.ui.views.server_error"
