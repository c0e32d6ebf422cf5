"""The recipients' addresses, mounted under ``/office/confidential/``."""

from django.urls import path

from prongsai.confidential import views_office

app_name = "confidential-office"

urlpatterns = [
    path("key/", views_office.key, name="key"),
    path("<uuid:pk>/open/", views_office.open_thread, name="open"),
    path("<uuid:pk>/content/<int:number>/", views_office.content, name="content"),
    path("<uuid:pk>/reply/", views_office.reply, name="reply"),
]
