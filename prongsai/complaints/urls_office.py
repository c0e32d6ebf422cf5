"""Staff pages of measure 5 that the spine does not give, mounted under ``/office/complaints/``."""

from django.urls import include, path

from prongsai.complaints import views_package

app_name = "complaints-office"

urlpatterns = [
    path("intake/", include("prongsai.complaints.desk.urls")),
    path("<uuid:pk>/package/", views_package.referral_package, name="package"),
]
