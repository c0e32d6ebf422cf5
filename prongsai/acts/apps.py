from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.acts"
    verbose_name = "การดำเนินการ"
    default_auto_field = "django.db.models.BigAutoField"
