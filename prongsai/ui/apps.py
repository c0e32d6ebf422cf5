from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.ui"
    verbose_name = "รูปแบบหน้าจอ"
    default_auto_field = "django.db.models.BigAutoField"
