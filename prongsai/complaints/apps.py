from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.complaints"
    verbose_name = "เรื่องร้องเรียน"
    default_auto_field = "django.db.models.BigAutoField"
