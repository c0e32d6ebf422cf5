from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.registers"
    verbose_name = "ทะเบียน"
    default_auto_field = "django.db.models.BigAutoField"
