from django.urls import path

from prongsai.staff.thaid import views

urlpatterns = [
    path("", views.link_page, name="thaid_link"),
    path("login/", views.login, name="thaid_login"),
    path("connect/", views.connect, name="thaid_connect"),
    path("callback/", views.callback, name="thaid_callback"),
    path("unlink/", views.unlink, name="thaid_unlink"),
]
