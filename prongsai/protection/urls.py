"""Public addresses of protection, mounted by the portal under ``/protection/``."""

from django.urls import path

from prongsai.protection import views_public

app_name = "protection"

urlpatterns = [
    path("", views_public.policy, name="policy"),
    path("mine/", views_public.mine, name="mine"),
]
