from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.files"
    verbose_name = "เอกสารแนบ"
    default_auto_field = "django.db.models.BigAutoField"
