"""Where a link of an invitation leads. No page lists invitations but the office's register."""

from django.urls import path

from prongsai.staff import views

app_name = "staff"

urlpatterns = [
    path("", views.invitation, name="invitation"),
    path("<str:token>/", views.follow, name="invitation-link"),
]
