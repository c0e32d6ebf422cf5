from django.apps import AppConfig


class Config(AppConfig):
    name = "prongsai.organisation"
    verbose_name = "องค์กรและบุคคล"
    default_auto_field = "django.db.models.BigAutoField"
