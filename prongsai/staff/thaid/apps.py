from typing import Any

from django.apps import AppConfig


class Config(AppConfig):
    """An app of its own, because allauth finds a provider as ``<app>.provider``."""

    name = "prongsai.staff.thaid"
    label = "thaid"
    verbose_name = "ThaID"

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added

        social_account_added.connect(_record_tie, dispatch_uid="thaid.record_tie")


def _record_tie(sociallogin: Any, **kwargs: Any) -> None:
    from prongsai.staff.thaid.views import record

    record(sociallogin.user, "link_thaid")
