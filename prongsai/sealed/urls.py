"""The officer's own keys."""

from django.urls import path

from prongsai.sealed import views

app_name = "sealed"

urlpatterns = [
    path("unlock/", views.unlock, name="unlock"),
    path("lock/", views.lock, name="lock"),
    path("create/", views.create, name="create"),
    path("change/", views.change, name="change"),
]
