"""The sender's addresses, mounted by the portal under ``/confidential/``. None of them holds a number or a code."""

from django.urls import path

from prongsai.confidential import views_public

app_name = "confidential"

urlpatterns = [
    path("", views_public.write, name="write"),
    path("send/", views_public.send, name="send"),
    path("thread/", views_public.thread, name="thread"),
    path("thread/open/", views_public.open_thread, name="open"),
    path("thread/content/", views_public.content, name="content"),
    path("thread/send/", views_public.write_again, name="again"),
]
