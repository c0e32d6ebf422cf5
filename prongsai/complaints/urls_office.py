"""Staff pages of measure 5 that the spine does not give, mounted under ``/office/complaints/``."""

from django.urls import include, path

from prongsai.complaints import views_figures, views_package

app_name = "complaints-office"

urlpatterns = [
    path("intake/", include("prongsai.complaints.desk.urls")),
    path("statistics/", views_figures.figures, name="statistics"),
    path("<uuid:pk>/package/", views_package.referral_package, name="package"),
]
