from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.notices"
    verbose_name = "การแจ้งเตือน"
    default_auto_field = "django.db.models.BigAutoField"
