"""Staff pages of measure 5 that the spine does not give, mounted under ``/office/complaints/``."""

from django.urls import path

from prongsai.complaints import views_package

app_name = "complaints-office"

urlpatterns = [path("<uuid:pk>/package/", views_package.referral_package, name="package")]
