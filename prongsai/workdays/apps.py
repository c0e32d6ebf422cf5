from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.workdays"
    verbose_name = "วันทำการ"
    default_auto_field = "django.db.models.BigAutoField"
